"""Deciding: from what a person asked for to entries of the journal. The one way in for both front ends.

A record is a mapping with the fields that `decide` documents. `class` is short for the one class that a change needs:
`ocr` and `unseen` say something of the page, the others of the reading.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from workbench.core import soundness
from workbench.core.acts import PROPOSED_ZONES
from workbench.core.acts import act as act_of
from workbench.core.classes import PAGE_CLASSES, READING_CLASSES
from workbench.core.description import FIELDS as DESCRIBED
from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError, UsageError
from workbench.core.kinds import LIST, TEXT, Kind, number, text
from workbench.core.rules import RULES
from workbench.core.settings import SETTINGS, check_setting
from workbench.core.style import STYLES, house_style, set_value
from workbench.core.text import LINE_END
from workbench.core.words import N_
from workbench.services import grounds, library
from workbench.services.edition import Edition
from workbench.services.persons import Person, author
from workbench.store import entries, holding, journal, suggestions, texts
from workbench.store.suggestions import Kept

CONTEXT = 24
"""Code points kept on either side of a span, so that it can be found again."""

FIELDS: Mapping[str, Kind] = {
    **{
        name: soundness.FIELDS[name] for name in (
            "act", "start", "end", "page", "reading", "page_class", "reading_class", "ground", "certainty", "reason",
            "supersedes",
        )
    },
    **dict.fromkeys(("transcript", "before", "class", "suggestion"), TEXT),
    "document": Kind("text, or a number in the list", lambda value: text(value) or number(value)),
    **dict.fromkeys(("seen", "also"), LIST),
}  # fmt: skip
"""Fields of a record that are not particular to an act."""
_COMMANDS = frozenset(
    {
        "person", "revert", "rebase", "state", "claim", "assign", "approve", "dispute", "comment", "sample", "sampled",
        "sign",
    }
)  # fmt: skip
"""Acts that have rules of their own, and commands for them."""


def record(edition: Edition, asked: Mapping[str, Any], person: Person, *, batch: str | None = None) -> Entry:
    """Record what one record asks for, within a write transaction; raises RefusedError or UsageError."""
    asked = {name: value for name, value in asked.items() if value is not None}
    decision = decision_from(edition, asked)
    if asked.get("supersedes"):
        supersedes = frozenset(entries.named(edition.db, prefix) for prefix in asked["supersedes"])
    else:
        supersedes = frozenset()
    seen = [entries.named(edition.db, head) for head in asked["seen"]] if "seen" in asked else None
    return journal.append(
        edition.db, decision, author(person), batch=batch, seen=seen, supersedes=supersedes,
        also=frozenset(asked.get("also", ())),
    )  # fmt: skip


def _check_kinds(asked: Mapping[str, object], kinds: Mapping[str, Kind]) -> None:
    """Refuse a value of another kind than its field holds: what is recorded once is read for ever."""
    for name, value in asked.items():
        if name in kinds and not kinds[name].holds(value):
            raise UsageError(f"{name} must be {kinds[name].words}")


def decision_from(edition: Edition, asked: Mapping[str, Any]) -> Decision:
    """The decision that a record asks for, its classes and values filled in."""
    if not isinstance(asked.get("act"), str):
        raise UsageError("a record needs an act")
    _check_kinds(asked, FIELDS)
    answered = _answered(edition, asked)
    asked = _as_zone(asked, answered)
    kind = act_of(asked["act"])
    if asked["act"] in _COMMANDS:
        raise UsageError(f"{asked['act']!r} cannot be asked for in a record")
    fields = kind.fields
    if unknown := asked.keys() - FIELDS.keys() - fields.keys():
        raise UsageError(f"{asked['act']!r} does not take {', '.join(sorted(unknown))}")
    data = {name: asked[name] for name in fields if name in asked}
    place = _place(edition, asked, needed=kind.span)
    if (kind.layer == "document" and asked["act"] != "leaf") or data.get("scope") == "document":
        data["document"] = _document(edition, asked)
    if "other" in data:
        data["other"] = library.resolve(edition, str(data["other"])).id
    _check_kinds(data, fields)
    if asked["act"] == "describe":
        _check_fields(data)
    elif asked["act"] in ("setting", "style"):
        _check_setting(data)
    if not kind.span:
        return Decision(act=asked["act"], reason=asked.get("reason"), ground=asked.get("ground"), data=data)
    values = _values(asked, place, answered)
    return Decision(**place, **values, act=asked["act"], ground=_ground(edition, asked, place, values),
                    certainty=asked.get("certainty"), reason=asked.get("reason"), data=data)  # fmt: skip


def _answered(edition: Edition, asked: Mapping[str, Any]) -> Kept | None:
    """The suggestion that a record answers; None where it names none, or one that is not there."""
    return suggestions.by_id(edition.db, str(asked["suggestion"])) if asked.get("suggestion") else None


def _as_zone(asked: Mapping[str, Any], answered: Kept | None) -> Mapping[str, Any]:
    """To accept a proposed zone is to record it; to keep what stands there is to say that it is text like any other."""
    if asked["act"] not in ("accept", "keep") or answered is None:
        return asked
    proposed = answered.suggestion
    if proposed.candidates or proposed.kind not in PROPOSED_ZONES:
        return asked
    zone = PROPOSED_ZONES[proposed.kind] if asked["act"] == "accept" else {"kind": "body"}
    return {**{k: v for k, v in asked.items() if k not in ("page", "reading", "class")}, "act": "zone", **zone}


def _ground(
    edition: Edition, asked: Mapping[str, Any], place: Mapping[str, Any], values: Mapping[str, Any]
) -> str | None:
    if asked.get("ground") is not None:
        return str(asked["ground"])
    if act_of(asked["act"]).layer != "text":
        return None
    value = values.get("page") if values.get("reading") is None else values["reading"]
    return grounds.ground(edition, place["text"], place["start"], value, values.get("suggestion"))


def _document(edition: Edition, asked: Mapping[str, Any]) -> str:
    if "document" in asked:
        return library.resolve(edition, str(asked["document"])).id
    row = text_of(edition, str(asked.get("transcript", "")))
    at = int(asked.get("start", 0))
    found = holding.document_of(edition.db, row.sha, at)
    if found is None:
        raise UsageError(f"no document holds {row.name} at {at}")
    return found


def text_of(edition: Edition, wanted: str) -> texts.TextRow:
    """The text of a transcript, by file name or the beginning of its SHA-256."""
    if not wanted:
        raise UsageError("a record needs a transcript")
    if len(wanted) == 64:
        return texts.text_row(edition.db, wanted)
    found = [
        t for t in texts.all_texts(edition.db)
        if t.name == wanted or (len(wanted) >= 6 and (t.transcript.startswith(wanted) or t.sha.startswith(wanted)))
    ]  # fmt: skip
    if len(found) != 1:
        raise UsageError(
            f"{wanted!r} names {'no transcript' if not found else 'more than one transcript'} of this edition"
        )
    return found[0]


def _place(edition: Edition, asked: Mapping[str, Any], *, needed: bool) -> dict[str, Any]:
    if not needed:
        return {}
    row = text_of(edition, str(asked.get("transcript", "")))
    start, end = asked.get("start"), asked.get("end")
    if asked["act"] == "split" and end is None:
        end = start
    if not isinstance(start, int) or not isinstance(end, int):
        raise UsageError("a record needs start and end, in code points")
    if not 0 <= start <= end <= row.length:
        raise RefusedError(f"{start}..{end} lies outside {row.name}, which is {row.length} code points long")
    low, high = max(0, start - CONTEXT), min(row.length, end + CONTEXT)
    around = texts.raw(edition.db, row.sha, low, high)
    stands = around[start - low : end - low]
    before = asked.get("before")
    if before is not None and before != stands:
        message = N_("at {start}..{end} of {name} stands {stands!r}, not {before!r}")
        raise RefusedError(message, start=start, end=end, name=row.name, stands=stands, before=before)
    return {
        "text": row.sha, "start": start, "end": end, "quote": stands, "prefix": around[: start - low],
        "suffix": around[end - low :],
    }  # fmt: skip


def _values(asked: Mapping[str, Any], place: Mapping[str, Any], answered: Kept | None) -> dict[str, Any]:
    """Page and reading with their classes, and the suggestion's provenance."""
    kind = act_of(asked["act"])
    page, reading = asked.get("page"), asked.get("reading")
    if kind.layer == "line":
        return _line_values(asked)
    page_class, reading_class = asked.get("page_class"), asked.get("reading_class")
    out: dict[str, Any] = {}
    if asked.get("suggestion"):
        if answered is None or answered.text != place["text"]:
            raise RefusedError(N_("there is no suggestion {id} about this text"), id=asked["suggestion"])
        proposed = answered.suggestion
        out["suggestion"] = proposed.provenance()
        if asked["act"] == "accept":
            if page is None and reading is None:
                if not proposed.candidates:
                    raise RefusedError(N_("this suggestion proposes nothing to accept"))
                page = proposed.candidates[0].text
            if "class" not in asked and page_class is None and reading_class is None:
                asked = {**asked, "class": "ocr" if proposed.change == "uncertain" else proposed.change}
    short = asked.get("class")
    if short is not None:
        if short in PAGE_CLASSES:
            page_class = page_class or short
        elif short in READING_CLASSES:
            reading_class = reading_class or short
        else:
            raise UsageError(f"{short!r} is no class; known: {', '.join((*PAGE_CLASSES, *READING_CLASSES))}")
    if asked["act"] == "supply":
        reading_class = reading_class or "supply"
    if kind.value == "none":
        # A value is handed on to be refused: nobody's answer is dropped without a word.
        return out | {"page": page, "reading": reading, "page_class": page_class, "reading_class": reading_class}
    if reading_class is not None and reading is None:
        page, reading = None, page  # one value with a class of the reading: it is the reading
    elif reading_class is None and page_class != "unseen" and page is None and reading is not None:
        page, reading = reading, None
    if reading_class in ("supply", "expand") and reading is not None and "[" not in place["quote"]:
        reading = reading.replace("[", "").replace("]", "")  # the house style prints the brackets
    if page_class is None and page is not None and page != place["quote"]:
        page_class = "ocr"
    if kind.value == "needed" and page in (None, place["quote"]) and reading in (None, place["quote"]):
        raise RefusedError(N_("{quote!r} would stay as it is; to confirm it, use the act keep"), quote=place["quote"])
    if reading == page:
        reading = None
    return out | {"page": page, "reading": reading, "page_class": page_class, "reading_class": reading_class}


def _line_values(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What an added line reads: one line, which may be empty."""
    page = asked.get("page")
    if page is not None and LINE_END.search(page):
        raise UsageError(N_("an added line holds no line end: add another line"))
    if asked.get("reading") is not None or asked.get("class") or asked.get("suggestion"):
        raise UsageError(f"{asked['act']!r} takes a page, and neither a reading nor a class nor a suggestion")
    return {"page": page}


def _check_fields(data: Mapping[str, Any]) -> None:
    fields = data.get("fields")
    if not isinstance(fields, Mapping):
        raise UsageError("a description needs its fields")
    if unknown := fields.keys() - DESCRIBED.keys():
        raise UsageError(f"no such field: {', '.join(sorted(unknown))}; known: {', '.join(DESCRIBED)}")


def _check_setting(data: Mapping[str, Any]) -> None:
    """A setting that no program understands would make every text unprintable."""
    if not {"key", "value"} <= data.keys():
        return  # the decision says what it lacks
    if "style" not in data:
        check_setting(data["key"], data["value"])
    else:
        set_value(house_style("archival" if data["style"] == "*" else data["style"]), data["key"], data["value"])


def record_all(
    edition: Edition, asked: Sequence[Mapping[str, Any]], person: Person, *, batch: str | None = None
) -> list[Entry]:
    """All of them in one transaction, or none."""
    with edition.writing():
        return [record(edition, one, person, batch=batch) for one in asked]


def put_setting(edition: Edition, key: str, value: str, person: Person) -> None:
    """Set one of the settings, rules and marks; raises UsageError for an unknown key or value."""
    group, _, rest = key.partition(".")
    if key in SETTINGS:
        asked: dict[str, object] = {"act": "setting", "key": key, "value": value}
    elif group == "rule" and rest in RULES and value in ("on", "off"):
        asked = {"act": "rule", "rule": rest, "version": RULES[rest].version, "on": value == "on"}
    elif group == "style" and rest.partition(".")[0] in STYLES:
        name, _, inner = rest.partition(".")
        asked = {"act": "style", "style": name, "key": inner, "value": value}
    else:
        raise UsageError(f"{key}={value} is no setting; see: workbench settings")
    record_all(edition, [asked], person)


def undo(edition: Edition, person: Person) -> tuple[Entry, list[Entry]] | None:
    """Take back the person's last unit; the revert and what it took back, or None where there is nothing."""
    with edition.writing() as db:
        unit = journal.last_unit(db, person.id)
        if not unit:
            return None
        return journal.revert(db, unit, author(person)), list(entries.select(db, unit))


def redo(edition: Edition, person: Person) -> tuple[Entry, list[Entry]] | None:
    """Take the person's last undo back; the entry and what came back, or None."""
    with edition.writing() as db:
        last = journal.last_undo(db, person.id)
        if last is None:
            return None
        targets = entries.one(db, last).targets
        return journal.revert(db, [last], author(person)), list(entries.select(db, targets))


def revert_all(edition: Edition, ids: Collection[str], person: Person, *, reason: str = "") -> Entry:
    """Take entries back, whoever made them, as one entry, which `undo` takes back; who decided reads the reason."""
    with edition.writing() as db:
        return journal.revert(db, ids, author(person), batch=journal.new_batch(), reason=reason.strip())


def revert(edition: Edition, wanted: str, person: Person, *, reason: str = "") -> Entry:
    """Take back an entry (by the beginning of its id) or a batch (by its name), whoever made it."""
    with edition.writing() as db:
        meant = journal.unit(db, wanted) or [entries.named(db, wanted)]
        return journal.revert(db, meant, author(person), batch=journal.new_batch(), reason=reason.strip())
