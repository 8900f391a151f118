"""Documents: archival units made of stretches of texts, folded from the entries of the document layer.

At first each text is one document. `split` cuts one at an offset, `join` appends another to it, `describe` sets fields,
`rebase` puts a new text of the same page in the place of an old one, `leaf` says where a leaf begins. The fold is
total: what cannot be applied (after a merge, say) is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbench.core.entry import Entry


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span of one text."""

    text: str
    start: int
    end: int

    def last(self, length: int) -> int:
        """The last offset that belongs to it; `length`: of its text, in code points.

        What lies where two stretches meet belongs to the one that begins there; at the end of the text none begins.
        """
        return self.end - (self.end < length)

    def holds(self, offset: int, length: int) -> bool:
        """Does what begins at an offset belong to it?"""
        return self.start <= offset <= self.last(length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A leaf of the archival file begins here."""

    text: str
    start: int
    end: int
    """The folio number as it stands in the text, taken out of it; zero width where the number does not stand there."""
    at: int
    """Where the leaf begins, if not at the number."""
    leaf: str
    """As cited: `117`, `117 об.`, `[118?]`."""
    doubtful: bool
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An archival unit."""

    id: str
    """First 12 hexadecimal digits of its text, or of the entry that split it off."""
    stretches: tuple[Stretch, ...]
    description: dict[str, str] = field(default_factory=dict)


def fold_documents(texts: Iterable[tuple[str, int]], entries: Iterable[Entry]) -> tuple[Document, ...]:
    """Documents of texts (sha, length in code points), after the effective entries in the order of the journal."""
    documents = {sha[:12]: Document(id=sha[:12], stretches=(Stretch(sha, 0, length),)) for sha, length in texts}
    todo = [*reversed(documents)]
    tails: dict[str, list[str]] = {}
    """By document those split off from it, the last one last: it stands next to it."""
    for entry in entries:
        data = entry.decision.data
        document = documents.get(str(data.get("document")))
        if document is None:
            continue
        match entry.decision.act:
            case "describe":
                described = describe(document.description, data["fields"])
                documents[document.id] = replace(document, description=described)
            case "split":
                for part in _split(document, entry):
                    documents[part.id] = part
                    if part.id != document.id:
                        tails.setdefault(document.id, []).append(part.id)
            case "rebase":
                documents = _rebased(documents, entry)
            case "join":
                other = documents.get(str(data["other"]))
                if other is not None and other.id != document.id:
                    joined = (*document.stretches, *other.stretches)
                    documents[document.id] = replace(document, stretches=joined)
                    del documents[other.id]
    found = []
    while todo:
        one = todo.pop()
        if one in documents:
            found.append(documents[one])
        todo += tails.get(one, ())
    return tuple(found)


def describe(description: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, str]:
    """A description after one more entry about it: what is set to nothing is unknown again."""
    return {name: value for name, value in {**description, **fields}.items() if value}


def _rebased(documents: Mapping[str, Document], entry: Entry) -> dict[str, Document]:
    """A new text in the place of an old one, for all documents that it belongs to; the new one's own document goes."""
    data = entry.decision.data
    cuts = dict(data["cuts"])
    known = {s.text for d in documents.values() for s in d.stretches}
    if data["new"] not in known or data["old"] not in known:
        return dict(documents)
    found = {}
    for document in documents.values():
        if document.id == data["new"][:12]:
            continue
        stretches = tuple(
            Stretch(data["new"], cuts[s.start], cuts[s.end])
            if s.text == data["old"] and s.start in cuts and s.end in cuts else s for s in document.stretches
        )  # fmt: skip
        found[document.id] = replace(document, stretches=stretches)
    return found


def _split(document: Document, entry: Entry) -> tuple[Document, ...]:
    """The two parts, or the document as it is where it cannot be cut there."""
    text, at = entry.decision.text, entry.decision.start
    for number, stretch in enumerate(document.stretches):
        if stretch.text == text and at is not None and stretch.start < at < stretch.end:
            head = (*document.stretches[:number], replace(stretch, end=at))
            tail = (replace(stretch, start=at), *document.stretches[number + 1 :])
            return replace(document, stretches=head), Document(id=entry.id[:12], stretches=tail)
    return (document,)


def leaves(entries: Iterable[Entry]) -> tuple[Leaf, ...]:
    """Leaves of the live `leaf` entries, by place."""
    found = []
    for entry in entries:
        d = entry.decision
        if d.act == "leaf" and d.place is not None:
            text, start, end = d.place
            found.append(
                Leaf(
                    text=text, start=start, end=end, at=int(d.data.get("from", start)), leaf=d.data["leaf"],
                    doubtful=bool(d.data.get("doubtful", False)), entry=entry.id,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda leaf: (leaf.text, leaf.at, leaf.start)))
