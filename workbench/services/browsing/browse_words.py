"""What the tables and views of an edition mean, in words, for whoever opens them outside of the program.

Every column of what is shown has its words; a test compares them with the schema. What only the program needs is
hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A table or view in words."""

    title: str
    description: str
    columns: dict[str, str]
    more: dict[str, Any]
    """What Datasette is told beyond the words: the order of the rows, what to count beside them."""


def _of(title: str, description: str, columns: dict[str, str], **more: Any) -> Described:
    return Described(title=title, description=description, columns=columns, more=more)


_SPAN = {
    "start": "Where it begins, in code points of the raw text",
    "end": "Where it ends, half open",
    "end_": "Where it ends, half open",
}
_DECISION = {
    "seq": "Number in the order in which entries came into this database",
    "time": "When, in UTC",
    "act": "What was done: accept, edit, keep, unclear, gap, zone, textual_note, approve, revert, …",
    "transcript": "The file as received",
    "line": "Line of the raw text, from 1",
    "ground": "What it rests on: page (image or original seen), witness, internal (the text itself), external,"
    " conjecture",
    "certainty": "How sure the person was: high, medium, low",
    "reason": "Why, in the person's words",
    "suggester": "The rule or model whose suggestion it answers, if any",
    "batch": "Name of the gesture that it was part of, if there were several",
}  # fmt: skip
_STATE = "live (stands), superseded (something else took its place), reverted (taken back)"
_PAGE_CLASS = "ocr: the machine misread; unseen: nobody has seen the page"
_READING_CLASS = "What the reading changes that the page has: slip, source, supply, expand, normalise, layout"

TABLES: dict[str, Described] = {
    "decisions": _of(
        "Decisions",
        "Begin here. One row a decision about a text, its lines, zones, tags and notes, with what became of it."
        " Made for this snapshot from the journal.",
        {
            **_DECISION,
            "person": "Who decided",
            "document": "Title of the document it lies in",
            "raw": "What the machine read there",
            "becomes": "What the reading text has instead; empty where nothing was changed",
            "class": "Classes of the change (ocr, unseen, slip, source, supply, expand, normalise, layout), or the act",
            "state": _STATE,
            "verdict": "What others say of it while it stands: approved, disputed, unreviewed",
            "ended_by": "Who took it back or decided otherwise",
            "overturned": "1: another person ended it",
            "concerns": "Why it wants a second look: disputed, conflict, low, conjecture, internal, source, unseen,"
            " name, bulk",
            "names": "1: it may touch a name, a number or a date (a capital, digit or numeral is in it)",
            "answer": "What it says to the suggestion: accepted (its first proposal), edited, kept (what stood there)",
            "probability": "What the suggester gave its first proposal, where this puts it to the test",
            "was_right": "1: that proposal stands; 0: it was not taken, or another person overturned it",
            "entry": "Id of the entry in the journal: the hash that seals it",
        },
        sort_desc="seq", facets=["person", "class", "ground", "state", "verdict"], size=100,
    ),
    "reviews": _of(
        "Reviews",
        "What others said of decisions, one row a decision; reviews that were taken back are left out. Made for this"
        " snapshot from the journal.",
        {
            "decision": "The decision it speaks of",
            "time": "When, in UTC",
            "person": "Who reviewed",
            "act": "approve, dispute or comment",
            "words": "The reason of a dispute, the words of a comment",
            "entry": "Id of the review in the journal",
        },
        sort_desc="time", facets=["person", "act"],
    ),
    "history": _of(
        "History",
        "Every entry of the journal as `workbench log` prints it: decisions, reviews, descriptions, settings, and what"
        " took them back.",
        {
            **_DECISION,
            "person": "Who",
            "role": "The role in which the person decided",
            "quote": "The raw text that it is about",
            "page": "What the page has, as decided; empty: as the raw text",
            "reading": "What the reading text shows; empty: the same as the page",
            "page_class": _PAGE_CLASS,
            "reading_class": _READING_CLASS,
            "data": "What is particular to the act, as JSON: kind of a zone, words of a note, fields of a description",
            "state": _STATE,
            "id": "The hash that seals the entry",
        },
        facets=["person", "act"],
    ),
    "open_suggestions": _of(
        "Open suggestions",
        "What is proposed and nobody has answered yet. A suggestion decides nothing.",
        {
            "transcript": "The file as received",
            "line": "Line of the raw text, from 1",
            "raw": "What the machine read there",
            "proposed": "The first candidate",
            "probability": "How likely the first candidate is",
            "kind": "The kind of problem: word, homoglyph, hyphen, variant, spacing, …; or the zone proposed",
            "class": "The class of change that accepting it would record",
            "suggester": "The rule or model that proposes it",
            "version": "Version of the suggester",
            "candidates": "All candidates with their probabilities in parts per million, as JSON",
            "evidence": "Why, as codes with parameters; the program has the words",
            "start": _SPAN["start"],
            "end": _SPAN["end"],
            "id": "Name of the suggestion",
        },
        facets=["suggester", "kind"],
    ),
    "progress": _of(
        "Progress",
        "How far each document is.",
        {
            "document": "Id of the document",
            "title": "Its title, or the name of its file",
            "suggestions": "Suggestions about it",
            "open": "Those that nobody has answered",
            "decisions": "Decisions about its text and its added lines that stand",
            "persons": "Who made what stands",
            "last_decision": "When something was last decided, in UTC",
        },
    ),
    "documents": _of(
        "Documents",
        "Archival units: one or more stretches of one or more transcripts.",
        {
            "id": "Id of the document",
            "position": "Its place in the list, from 0",
            "title": "Its title, or the name of its file",
            "description": "What identifies it, as JSON: archive, fond, opis, delo, leaves, author, date, …",
        },
        sort="position",
    ),
    "stretches": _of(
        "Stretches",
        "Which parts of which texts a document consists of.",
        {
            "document": "Id of the document",
            "position": "Order within the document, from 0",
            "text": "SHA-256 of the text",
            "start": _SPAN["start"],
            "end_": _SPAN["end_"],
        },
    ),
    "transcripts": _of(
        "Transcripts",
        "The files as received.",
        {
            "sha256": "SHA-256 of the bytes",
            "name": "Name of the file",
            "size": "How many bytes",
            "bytes": "The whole file, exactly as it came: shown as a download, read as text in the table lines",
            "added_at": "When it was taken in, in UTC",
        },
    ),
    "texts": _of(
        "Texts",
        "What a reader of the program made of each file.",
        {
            "id": "Number used by lines",
            "sha256": "SHA-256 of the text, by which decisions name it",
            "transcript": "SHA-256 of the file",
            "reader": "What read the file: plain, markdown, hocr, page, alto, tsv, image",
            "reader_version": "Version of that reader",
            "encoding": "Encoding of the file, as detected",
            "newline": "What a line end means in the source",
            "length": "Code points",
            "line_count": "Lines",
            "page_starts": "Where pages begin, as JSON",
            "page_names": "What the source calls its pages, as JSON",
            "renditions": "Emphasis of the source, as JSON",
            "notices": "What the reader reports, as JSON",
        },
    ),
    "lines": _of(
        "Lines",
        "The raw texts, line by line, exactly as read.",
        {
            "text_id": "The text",
            "line": "Number of the line, from 0",
            "start": _SPAN["start"],
            "content": "The line with its line end",
        },
    ),
    "read_lines": _of(
        "Read lines",
        "Lines that a person vouches for as they read now; a later change makes a line unread.",
        {"text": "SHA-256 of the text", "line": "Number of the line, from 0", "entry": "The read mark in the journal"},
    ),
    "persons": _of(
        "Persons",
        "Who worked on the edition.",
        {
            "id": "Id by which entries name the person",
            "name": "Name",
            "siglum": "Short name",
            "role": "Role",
            "aliases": "Other names, as JSON",
            "same_as": "Id of another person whom this one turned out to be; empty for nobody",
        },
    ),
    "entries": _of(
        "The journal",
        "What is true: append-only, each entry sealed with its parents by a hash. The table decisions and the view"
        " history are easier to read.",
        {
            "seq": "Number in the order in which entries came into this database",
            "id": "The hash that seals the entry",
            "parents": "Ids of the entries that it knew of",
            "lamport": "One more than the largest of its parents' numbers",
            "body": "The entry as it was hashed, as JSON",
            "act": _DECISION["act"],
            "person": "Id of the person",
            "role": "The role in which the person decided",
            "time": "When, in UTC",
            "text": "SHA-256 of the text that the span lies in",
            "span_start": _SPAN["start"],
            "span_end": _SPAN["end"],
            "quote": "The raw text of the span",
            "page": "What the page has, as decided; empty: as the raw text",
            "reading": "What the reading text shows; empty: the same as the page",
            "page_class": _PAGE_CLASS,
            "reading_class": _READING_CLASS,
            "ground": _DECISION["ground"],
            "certainty": _DECISION["certainty"],
            "reason": _DECISION["reason"],
            "suggester": _DECISION["suggester"],
            "data": "What is particular to the act, as JSON",
            "batch": _DECISION["batch"],
        },
        sort_desc="seq",
    ),
    "suggestions": _of(
        "Suggestions",
        "Everything that the last search of each text proposed, answered or not.",
        {
            "id": "Name of the suggestion",
            "run": "The search that found it",
            "text": "SHA-256 of the text",
            "start": _SPAN["start"],
            "end_": _SPAN["end_"],
            "quote": "The raw text of the span",
            "kind": "The kind of problem, or the zone proposed",
            "class": "The class of change that accepting it would record",
            "suggester": "The rule or model that proposes it",
            "version": "Version of the suggester",
            "candidates": "All candidates with their probabilities in parts per million, as JSON",
            "probability": "Of the first candidate, in parts per million",
            "evidence": "Why, as codes with parameters",
            "closed_by": "The entry that answered or silenced it; empty: open",
        },
        facets=["suggester", "kind"],
    ),
    "conflicts": _of(
        "Conflicts",
        "Pairs of entries that contradict each other and did not know of each other.",
        {"one": "Id of an entry", "other": "Id of another"},
    ),
    "authorities": _of(
        "Authority lists",
        "Names of persons, places and bodies that the edition was given.",
        {
            "name": "The name",
            "kind": "person, place or body",
            "note": "Who or what that is",
            "source": "Where it is from",
        },
    ),
    "witnesses": _of(
        "Witnesses",
        "Other copies, OCR or publications of a text, which weigh in where it is doubted.",
        {
            "text": "SHA-256 of the text",
            "sha256": "SHA-256 of the bytes",
            "name": "Name of the file",
            "bytes": "The whole file, exactly as it came: shown as a download",
            "content": "Its text",
            "added_at": "When it was taken in, in UTC",
        },
    ),
}  # fmt: skip

HIDDEN: tuple[str, ...] = (
    "_sqlite_migrations", "boxes", "confidences", "edition", "heads", "images", "links", "markup", "merged", "placed",
    "reach", "runs", "scans", "standing",
)  # fmt: skip
"""What only the program needs: still there for whoever asks, in no list."""
