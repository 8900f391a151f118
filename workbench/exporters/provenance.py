"""The history as W3C PROV: what came of what, by whose act. Written as PROV-JSON through the library `prov`.

An entry is two things: the act of a person at a time (an activity, `act-…`) and what the act left (an entity,
`entry-…`). The act used a span, which is quoted from a text, which was read from a transcript; and the suggestion that
it answers, which is attributed to its suggester. What takes the place of an entry is a revision of it. What ended it,
as things stand, invalidated it: one act at most, none where it rose again. Reviews and reverts used what they speak of.

Names never change: those of entries, texts, transcripts and images are made of their SHA-256, those of persons of their
ids. The library holds the document whole in memory, so this module is imported where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prov.identifier import QualifiedName
from prov.model import PROV, ProvDocument

from workbench.core.suggestion import PPM
from workbench.exporters.history import Told, compact
from workbench.i18n.words import say

TERMS = "https://github.com/ocr-workbench/ocr-workbench#"
"""Namespace of types and attributes, prefix `wb`; docs/formats.md explains them."""
NAMES = "urn:ocr-workbench:"
"""Namespace of what is described, prefix `id`."""

KINDS: Mapping[str, str] = {
    "text": "Reading", "line": "Line", "inline": "Remark", "zone": "Zone", "read": "ReadMark", "document": "Fact",
    "review": "Review", "memory": "Rule", "revert": "Revert",
}  # fmt: skip
"""Type of the entity that an entry leaves, by its layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a text comes from."""

    length: int
    """Of the text, in code points."""
    encoding: str
    reader: str
    reader_version: str
    transcript: str
    """SHA-256 of the bytes."""
    name: str
    """File name of the transcript."""
    size: int
    """In bytes."""
    images: tuple[str, ...]
    """SHA-256 of the images of its pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The edition whose history is told."""

    id: str
    heads: tuple[str, ...]
    alone: bool
    """May persons approve their own decisions in it?"""
    language: str
    origins: Mapping[str, Origin]
    """Of the texts that are here, by the SHA-256 of the text."""


def write_prov(history: Iterable[Told], whole: Whole) -> Iterator[str]:
    """The document. Of a chosen part of a history, entries outside it are named and not described."""
    graph = _Graph(whole)
    for told in history:
        graph.tell(told)
    yield str(graph.document.serialize(format="json", ensure_ascii=False, indent=1))
    yield "\n"


class _Graph:
    """The document as it grows; each thing is described where it is first met."""

    def __init__(self, whole: Whole) -> None:
        self.document = ProvDocument()
        self._terms = self.document.add_namespace("wb", TERMS)
        self._names = self.document.add_namespace("id", NAMES)
        self._met: set[QualifiedName] = set()
        self._origins = whole.origins
        self._edition = self._name("edition", whole.id)
        self.document.collection(self._edition, self._values(
            heads=" ".join(whole.heads), review="alone" if whole.alone else "others",
            statement=say("frame.alone", whole.language) if whole.alone else None,
        ))  # fmt: skip

    def tell(self, told: Told) -> None:
        """Add an entry."""
        entry, d = told.entry, told.entry.decision
        act, left, time = self._name("act", entry.id), self._name("entry", entry.id), _time(entry.time)
        self.document.activity(act, time, time, self._values(d.act))
        self.document.entity(left, self._values(
            KINDS[d.layer], d.value, page=d.page, reading=d.reading,
            page_class=d.page_class, reading_class=d.reading_class, ground=d.ground, certainty=d.certainty,
            reason=d.reason, data=compact(d.data) if d.data else None, document=told.document, state=told.state,
            verdict=told.verdict,
        ))  # fmt: skip
        self.document.wasGeneratedBy(left, act, time)
        self.document.wasAssociatedWith(act, self._person(told), other_attributes={"prov:role": entry.role})
        if d.place is not None:
            span = self._span(told, *d.place)
            self.document.used(act, span)
            self.document.wasDerivedFrom(left, span, act)
            if d.suggestion is not None:
                self.document.used(act, self._suggestion(entry.id, d.suggestion, span))
        self._follow(told, act, left)

    def _follow(self, told: Told, act: QualifiedName, left: QualifiedName) -> None:
        """Tell what an entry has to do with others."""
        entry, d = told.entry, told.entry.decision
        spoken_of = entry.targets | entry.supersedes if d.act == "revert" else entry.targets
        for other in sorted(spoken_of):
            self.document.used(act, self._name("entry", other))
        for other in sorted(entry.supersedes - spoken_of):
            self.document.wasRevisionOf(left, self._name("entry", other), act)
        if told.ended_by is not None:
            self.document.wasInvalidatedBy(left, self._name("act", told.ended_by))
        if d.carried_from is not None:
            self.document.wasDerivedFrom(left, self._name("entry", d.carried_from), act)
        if d.act == "rebase":
            old, new = self._text(str(d.data["old"])), self._text(str(d.data["new"]))
            self.document.used(act, old)
            self.document.used(act, new)
            self.document.alternateOf(new, old)
        if entry.batch is not None:
            batch = self._name("batch", entry.batch)
            if self._is_new(batch):
                self.document.collection(batch)
            self.document.hadMember(batch, left)

    def _person(self, told: Told) -> QualifiedName:
        name = self._name("person", told.person_id)
        if self._is_new(name):
            self.document.agent(name, {"prov:type": PROV["Person"], "prov:label": told.person})
        return name

    def _software(self, kind: str, called: str, version: str) -> QualifiedName:
        name = self._name(kind, called, version)
        if self._is_new(name):
            about = {"prov:type": PROV["SoftwareAgent"], "prov:label": called, **self._values(version=version)}
            self.document.agent(name, about)
        return name

    def _suggestion(self, answer: str, given: Mapping[str, Any], span: QualifiedName) -> QualifiedName:
        """A suggestion as it was when it was answered: later the suggester may say otherwise."""
        name, first = self._name("suggestion", answer), next(iter(given["candidates"]), None)
        self.document.entity(name, self._values(
            "Suggestion", first and first["text"], kind=given["kind"], probability=first and first["ppm"] / PPM,
            candidates=compact(given["candidates"]), evidence=compact(given["evidence"]), **{"class": given["class"]},
        ))  # fmt: skip
        self.document.wasAttributedTo(name, self._software("suggester", given["suggester"], given["version"]))
        self.document.wasDerivedFrom(name, span)
        return name

    def _span(self, told: Told, text: str, start: int, end: int) -> QualifiedName:
        name, d = self._name("span", text, str(start), str(end)), told.entry.decision
        if self._is_new(name):
            place = self._values("Span", d.quote, start=start, end=end, line=told.line)
            self.document.entity(name, place)
            self.document.wasQuotedFrom(name, self._text(text))
        return name

    def _text(self, sha: str) -> QualifiedName:
        name, origin = self._name("text", sha), self._origins.get(sha)
        if not self._is_new(name):
            return name
        if origin is None:  # of a document that this copy does not hold
            self.document.entity(name, self._values("Text", sha256=sha))
            return name
        about = self._values("Text", sha256=sha, length=origin.length, encoding=origin.encoding)
        self.document.entity(name, about)
        self.document.wasAttributedTo(name, self._software("reader", origin.reader, origin.reader_version))
        self.document.wasDerivedFrom(name, self._transcript(origin))
        for image in dict.fromkeys(origin.images):
            page = self._name("image", image)
            if self._is_new(page):
                self.document.entity(page, self._values("Image", sha256=image))
            self.document.hadPrimarySource(name, page)
        return name

    def _transcript(self, origin: Origin) -> QualifiedName:
        name = self._name("transcript", origin.transcript)
        if self._is_new(name):
            about = self._values("Transcript", sha256=origin.transcript, size=origin.size)
            self.document.entity(name, {"prov:label": origin.name, **about})
            self.document.hadMember(self._edition, name)
        return name

    def _is_new(self, name: QualifiedName) -> bool:
        new = name not in self._met
        self._met.add(name)
        return new

    def _name(self, kind: str, *parts: str) -> QualifiedName:
        """A name that every notation of PROV can write: what is no letter or digit is written as its bytes."""
        return self._names["-".join((kind, *(_ODD.sub(_escaped, part) for part in parts)))]

    def _values(self, kind: str = "", value: str | None = None, /, **attributes: Any) -> dict[Any, Any]:
        """A type and a value of PROV's with attributes of ours, those left out that are None."""
        own: dict[Any, Any] = {"prov:type": self._terms[kind] if kind else None, "prov:value": value}
        own |= {self._terms[name]: given for name, given in attributes.items()}
        return {name: given for name, given in own.items() if given is not None}


_ODD = re.compile(r"[^A-Za-z0-9]")


def _escaped(sign: re.Match[str]) -> str:
    return "".join(f"_{byte:02x}" for byte in sign[0].encode())


def _time(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:  # of a journal that another program wrote
        return None
