"""The report of a verification that a person can print and sign: what the edition is, what was checked, what was found.

Two reports of one edition differ in nothing but the date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from workbench import __version__
from workbench.core.states import STATE_WORDS, STATES
from workbench.core.visible import visible
from workbench.i18n import N_, _, ngettext
from workbench.services import library, persons, states
from workbench.services.edition import Edition
from workbench.services.verification.signing import Signature
from workbench.services.verification.verifying import Verified
from workbench.store.verify import Area

AREAS: dict[Area, str] = {
    "schema": N_("Tables, indexes and guards are as the program makes them."),
    "entries": N_("Every entry has the hash of its content and stands where it belongs; the heads follow from them."),
    "texts": N_("The transcripts are those that were received, the texts those that the decisions refer to."),
    "file": N_("The file is sound (PRAGMA integrity_check), and no row names what is not there (foreign_key_check)."),
    "projections": N_("What is kept for speed is what a slow replay of the journal gives."),
    "signatures": N_("The signatures are of what they claim."),
}
"""What holds where an area has no problem."""

WORTH: dict[str, str] = {
    "known": N_("valid; the key of {signer}"),
    "sound": N_("valid; whose the key is was not checked, for no allowed signers are named"),
    "unknown": N_("valid, but the key is not among the allowed signers"),
    "invalid": N_("NOT VALID: {reason}"),
    "unchecked": N_("not checked: {reason}"),
}
"""What a signature is worth."""

_LINE = "_" * 48
"""To write on."""


def report(edition: Edition, found: Verified, signatures: Sequence[Signature], today: str) -> str:
    """The report as plain text in the language in use; `today` is its date."""
    return "\n".join(line.rstrip() for line in _lines(edition, found, signatures, today)) + "\n"


def _lines(edition: Edition, found: Verified, signatures: Sequence[Signature], today: str) -> Iterator[str]:
    title = _("Verification of an edition")
    yield from (title, "=" * len(title), "")
    yield from _table([*_about(edition, found)])
    yield from ("", _("What was checked"), "")
    for area, words in AREAS.items():
        bad = [problem for problem in found.problems if problem.area == area]
        if area == "signatures" and not signatures:
            yield "[-] " + _("Nobody has signed the heads.")
        elif area in found.checked:
            yield f"[{'!' if bad else 'x'}] {_(words)}"
        else:
            yield "[-] " + _(words) + " " + _("(not checked)")
        yield from (f"    - {problem.said()}" for problem in bad)
    result = _("the journal is intact") if found.journal_intact else _("NOT INTACT")
    kept = "" if found.intact or not found.journal_intact else _("; what is kept for speed does not follow from it")
    yield from ("", _("Result") + ": " + result + kept, "")
    yield _("“Intact” says that nothing recorded was changed. It says nothing about whether the text is right.")
    yield from _signed(signatures)
    yield ""
    for line in _table([(_("Date"), today), (_("Name"), _LINE), (_("Signature"), _LINE)]):
        yield from ("", line)
    yield from _documents(edition)


def _table(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max(len(label) for label, _value in rows) + 2
    yield from (f"{label:{width}}{value}" for label, value in rows)


def _about(edition: Edition, found: Verified) -> Iterator[tuple[str, str]]:
    def count(table: str) -> str:
        return str(edition.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    (name,) = edition.db.execute("SELECT value FROM edition WHERE key = 'id'").fetchone() or ("",)
    first, last = edition.db.execute("SELECT min(time), max(time) FROM entries").fetchone()
    yield _("Edition"), name
    yield _("Program"), f"workbench {__version__}"
    for number, head in enumerate(found.heads):
        yield "" if number else _("Heads"), head
    yield _("Entries"), f"{found.entries} ({first[:10]} – {last[:10]})" if first else "0"
    for words, table in ((_("Transcripts"), "transcripts"), (_("Texts"), "texts"), (_("Documents"), "documents")):
        yield words, count(table)
    yield _("Persons"), str(len(persons.everyone(edition)))
    yield _("Conflicts that stand"), count("conflicts")


def _signed(signatures: Sequence[Signature]) -> Iterator[str]:
    if signatures:
        yield from ("", _("Signatures of the heads"), "")
    for one in signatures:
        yield from said(one)


def said(one: Signature) -> Iterator[str]:
    """A signature in words, some lines."""
    since = ngettext("{count} entry since", "{count} entries since", one.since).format(count=one.since)
    yield f"{one.person}, {one.entry.time[:16].replace('T', ' ')} UTC: " + _(WORTH[one.worth]).format(
        signer=one.signer, reason=one.reason
    )
    yield f"    {one.key}; {since}"
    head_ = _("head")
    yield from (f"    {head_} {head}" for head in one.heads)


def _documents(edition: Edition) -> Iterator[str]:
    found = {document: states.standing(edition, document).state for document in library.ids(edition)}
    counts = Counter(found.values())
    yield from ("", _("States of the documents") + ": " + "; ".join(
        f"{_(STATE_WORDS[state])} {counts[state]}" for state in STATES if counts[state]
    ))  # fmt: skip
    for number, (document, state) in enumerate(found.items(), 1):
        yield f"{number:6}  {document}  {_(STATE_WORDS[state])}: {visible(library.heading(edition, document))}"
