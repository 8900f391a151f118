"""An entry told on the screen: in a row, in its context, what it changed, who made it, as what and why."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from workbench.core.acts import ACTS
from workbench.core.entry import Decision
from workbench.core.review import CONCERNS
from workbench.core.states import STATE_WORDS
from workbench.core.suggestion import Evidence
from workbench.core.visible import flat, visible
from workbench.i18n import N_, _, quoted, shape
from workbench.i18n.evidence import words as evidence_words
from workbench.services import places
from workbench.services.looking_back.particulars import particulars
from workbench.services.looking_back.placed import Placed
from workbench.services.verdicts import Said
from workbench.tui import panel

ACT_WORDS = {
    **panel.ACT_WORDS,
    "add_line": N_("line added"), "set_line": N_("line rewritten"), "delete_line": N_("line taken out"),
    "textual_note": N_("textual note"), "content_note": N_("content note"), "check": N_("to be checked"),
    "hand": N_("another hand"), "added": N_("added text"), "deleted": N_("deleted text"), "tag": N_("name tagged"),
    "read": N_("line read"), "zone": N_("zone"), "describe": N_("described"), "split": N_("split"),
    "join": N_("joined"), "leaf": N_("leaf"), "rebase": N_("new machine reading"), "state": N_("state"),
    "claim": N_("claimed"), "assign": N_("assigned"), "word": N_("word is right"), "keep_all": N_("kept everywhere"),
    "rule": N_("house rule"), "setting": N_("setting"), "style": N_("house style"), "person": N_("person registered"),
    "approve": N_("approved"), "dispute": N_("disputed"), "comment": N_("comment"), "sample": N_("sample drawn"),
    "sampled": N_("sample answered"), "sign": N_("heads signed"), "revert": N_("taken back"),
}  # fmt: skip
assert ACT_WORDS.keys() == ACTS.keys()
CONCERN_WORDS = {
    "disputed": N_("disputed"), "conflict": N_("decided differently"), "low": N_("of low certainty"),
    "conjecture": N_("a conjecture"), "source": N_("a fault of the document"), "unseen": N_("nobody saw the page"),
    "name": N_("a name, a number, a date"), "bulk": N_("made in bulk"), "internal": N_("by the text itself"),
}  # fmt: skip
assert CONCERN_WORDS.keys() == set(CONCERNS)
_SAID = {"approve": N_("approves"), "dispute": N_("disputes"), "comment": N_("says")}
_ROOM = 18
"""Cells of a row that the place itself is given at least, with what stands after it."""


def word(code: str) -> str:
    """A zone, a hand, a state in words."""
    known: dict[str, str] = {**shape.ZONES, **shape.HANDS, **dict(STATE_WORDS.items())}
    return _(known.get(code, code))


def told_particulars(decision: Decision, names: Mapping[str, str] | None = None) -> str:
    """What is particular to an entry, on one line, in words; `names`: of persons, by id."""
    return flat(particulars(decision.act, decision.data, names or {}, word))


def in_row(placed: Placed, cells: int) -> Content:
    """The place of an entry on one line of so many cells, the place itself always at the same column."""
    before = max(8, (cells - _ROOM) // 3)
    right = Content.assemble(*change(placed), flat(placed.after)).truncate(cells - before, pad=True)
    return Content.assemble(flat(placed.before)[-before:].rjust(before), right)


def in_context(placed: Placed) -> Content:
    """The place of an entry with what stands around it."""
    return Content.assemble(flat(placed.before), *change(placed), flat(placed.after))


def change(placed: Placed) -> list[tuple[str, str]]:
    """What stood there and what stands; where nothing is changed what was said of it."""
    quote = flat(placed.quote) or "∅"
    if placed.value is None:
        said = told_particulars(placed.entry.decision)
        return [(quote, "bold underline"), *([(f" ‹{said}›", "italic $text-accent")] if said else [])]
    return [(quote, "strike $text-error"), (" → ", ""), (flat(placed.value) or "∅", "bold $text-success")]


def made(placed: Placed) -> Content:
    """Who made an entry, when, as what."""
    d = placed.entry.decision
    facts = [_(ACT_WORDS[d.act])]
    facts += [_(panel.CLASS_WORDS[c]) for c in (d.page_class, d.reading_class) if c]
    facts += [_("ground: {ground}").format(ground=_(panel.GROUND_WORDS[d.ground]))] if d.ground else []
    facts += [
        _("certainty: {certainty}").format(certainty=_(panel.CERTAINTY_WORDS[d.certainty]))
    ] if d.certainty else []  # fmt: skip
    when = f", {placed.entry.time[:16].replace('T', ' ')} UTC"
    return Content.assemble(
        (visible(placed.person), "$text-primary"), when, (" · " + " · ".join(facts), "$foreground-muted"),
    )  # fmt: skip


def reason(placed: Placed) -> list[Content]:
    words = placed.entry.decision.reason
    return [Content(visible(quoted(words)))] if words else []


def why(placed: Placed) -> list[Content]:
    """What proposed it, on what evidence."""
    proposed = placed.entry.decision.suggestion
    if proposed is None:
        return []
    evidence = [Evidence.of(str(e.get("code")), **e.get("params", {})) for e in proposed.get("evidence", ())]
    said = "; ".join(evidence_words(e, places.language()) for e in evidence) or _("no reason given")
    who = f"  — {proposed.get('suggester', '')} {proposed.get('version', '')}"
    return [
        Content.assemble(
            (_("why") + "  ", "$foreground-muted"), visible(said), (visible(who), "italic $foreground-muted")
        )
    ]


def told_reviews(said: tuple[Said, ...]) -> list[Content]:
    """What others said of an entry, a line each."""
    lines = []
    for one in said:
        words = f": {one.words}" if one.words else ""
        lines.append(Content(visible(f"{one.person} {_(_SAID[one.act])}{words}")))
    return lines


def headed(title: str, where: str, width: int) -> Content:
    """A title cut to leave room for where it is."""
    cut = Content(visible(title)).truncate(max(1, width - len(where) - 4), ellipsis=True)
    return Content.assemble(cut.stylize("bold"), f"  {where}")
