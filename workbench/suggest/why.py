"""Why a change is proposed, as evidence: from the kind of the change and the letters that differ."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from workbench.core.suggestion import Evidence
from workbench.lexicon.named import NamedLexicon
from workbench.suggest.cores import Cores
from workbench.suggest.page import Chunk, decompose


def why(kind: str, quote: str, text: str | None, cores: Cores, chunk: Chunk) -> tuple[Evidence, ...]:
    """Evidence for reading `text` where the machine has `quote`; no text where nothing fits."""
    return (*_of_change(kind, quote, text, cores), *_of_others(chunk, cores))


def _of_others(chunk: Chunk, cores: Cores) -> Iterator[Evidence]:
    """What the witnesses have for a chunk where they differ, and the machine's own doubt."""
    for name, reading in cores.collation.differing(chunk):
        if reading:
            yield Evidence.of("witness-reads", name=name, reading=reading)
        else:
            yield Evidence.of("witness-lacks", name=name)
    if (percent := cores.collation.unsure(chunk)) is not None:
        yield Evidence.of("machine-unsure", percent=percent)


def _of_change(kind: str, quote: str, text: str | None, cores: Cores) -> tuple[Evidence, ...]:
    word = decompose(quote, cores.page.letters)[1]
    if kind == "word" or text is None:
        return tuple(_of_word(word or quote, text, cores))
    if kind == "case":
        return (Evidence.of("capital" if text[:1].isupper() else "no-capital"),)
    if kind == "spacing":
        if len(text) < len(quote):
            return (Evidence.of("blank-before-sign"),)
        return (Evidence.of("run-together"),)
    if kind == "scrap":
        return (Evidence.of("margin-scrap"),)
    if kind == "hyphen":
        return (Evidence.of("lost-hyphen"), Evidence.of("joined-known"))
    if kind == "sign":
        return (Evidence.of("sign-misread", wrong=_signs(quote), right=_signs(text)),)
    return (Evidence.of("stray-mark"),)


def _of_word(word: str, text: str | None, cores: Cores) -> list[Evidence]:
    low = word.lower()
    if not cores.known(low):
        evidence = [Evidence.of("unknown-word", word=word)]
    elif cores.zipf(low) == 0:
        evidence = [Evidence.of("rare-word", word=word)]
    else:
        evidence = [Evidence.of("other-word", word=word)]
    if text is None:
        return evidence
    new = decompose(text, cores.page.letters)[1]
    ops = [op for op in Levenshtein.opcodes(low, new.lower()) if op.tag != "equal"]
    if len(ops) == 1 and ops[0].tag == "replace":
        i, j, k, m = ops[0].src_start, ops[0].src_end, ops[0].dest_start, ops[0].dest_end
        evidence.append(Evidence.of("confusion", wrong=low[i:j], right=new.lower()[k:m]))
    elif ops:
        evidence.append(Evidence.of("near-known"))
    if isinstance(cores.lexicon, NamedLexicon) and new.lower() in cores.lexicon.forms:
        evidence.append(Evidence.of("in-authority", name=new))
    if cores.context.seen(new):
        evidence.append(Evidence.of("in-edition", word=new))
    return evidence


def _signs(text: str) -> str:
    return "".join(c for c in text if not c.isalnum() and not c.isspace()) or text.strip()
