"""What is particular to an entry, on one line: the kind of a zone, the body of a note, a state, whose work it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def particulars(act: str, data: Mapping[str, Any], names: Mapping[str, str], word: Callable[[str], str] = str) -> str:
    """Empty where the values say all; `names`: of persons, by id; `word`: the word of a code (`folio`, `approved`)."""
    match act:
        case "zone" | "hand" | "added" | "deleted":
            hand = data.get("hand")
            said = [data.get("kind"), hand if hand != "unknown" else None]
            return " · ".join([*(word(str(one)) for one in said if one), *filter(None, [data.get("person")])])
        case "unclear" | "gap":
            return str(data.get("extent", ""))
        case "textual_note" | "content_note" | "check" | "comment":
            return str(data.get("body", ""))
        case "tag":
            return f"{word(data['kind'])}: {data['name']}"
        case "leaf":
            return str(data["leaf"]) + ("?" if data.get("doubtful") else "")
        case "state":
            return word(str(data["state"]))
        case "claim":
            return f"→ {str(data['until'])[:16].replace('T', ' ')} UTC"
        case "assign":
            whose = str(data["person"])
            return names.get(whose, whose) or word("nobody")
        case "person":
            return names.get(str(data["registers"]), str(data["registers"]))
        case "describe":
            return " · ".join(f"{name}={value}" for name, value in sorted(data["fields"].items()))
        case "word" | "keep_all":
            return str(data.get("word", data.get("pattern", "")))
        case "rule":
            return f"{data['rule']}={word('on' if data['on'] else 'off')}"
        case "setting" | "style":
            return f"{data['key']}={data['value']}"
        case "sampled":
            return f"{str(data['sample'])[:8]} {data['line'] + 1}: {data.get('truth', '✓')}"
        case "sign":
            heads = (line.removeprefix("head ") for line in str(data["statement"]).splitlines()[4:])
            return " ".join(head[:12] for head in heads)
    return ""
