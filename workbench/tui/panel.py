"""The panel: what is known about the current place. Candidates with their chances, class, why; or who decided what."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from textual.content import Content

from workbench.core.suggestion import Suggestion
from workbench.core.visible import flat, visible
from workbench.i18n import N_, _, shape
from workbench.i18n.evidence import words
from workbench.services import places
from workbench.services.document.desk import Decided, Detail
from workbench.services.looking_back.particulars import particulars
from workbench.tui.commands import keyed
from workbench.tui.unscrolled import Unscrolled

_BARS = " ▏▎▍▌▋▊▉█"
_BAR_CELLS = 8
CANDIDATES = 5
"""So many are shown; no key takes one that is not."""
_WHY = 2
"""Lines that the reason takes, as a rule."""

CLASS_WORDS = {
    "ocr": N_("misread by the machine"),
    "unseen": N_("nobody saw the page: misread, or so written"),
    "uncertain": N_("looks odd"),
    "layout": N_("line or page mechanics"),
    "slip": N_("fault without meaning"),
    "source": N_("fault with meaning"),
    "supply": N_("supplied"),
    "expand": N_("abbreviation expanded"),
    "normalise": N_("house rule"),
}
ACT_WORDS = {
    "accept": N_("accepted"), "edit": N_("edited"), "keep": N_("kept as it stands"),
    "unclear": N_("unclear"), "gap": N_("lost"),
    "blank": N_("left blank"), "supply": N_("supplied"), "add_line": N_("line added"), "set_line": N_("line changed"),
    "delete_line": N_("line taken out"), "textual_note": N_("textual note"), "content_note": N_("content note"),
    "check": N_("to be checked"), "hand": N_("another hand"), "added": N_("put in afterwards"),
    "deleted": N_("struck out"), "tag": N_("name tagged"), "read": N_("line read"), "zone": N_("zone"),
    "leaf": N_("leaf"), "describe": N_("description"), "split": N_("document split"), "join": N_("documents joined"),
    "word": N_("word taken as right"), "keep_all": N_("kept everywhere"),
}  # fmt: skip
"""What was done, by the acts that one's own undo takes back; others are said as they are."""


GROUND_WORDS = {
    "page": N_("the page"), "witness": N_("another witness"), "internal": N_("the text itself"),
    "external": N_("a source outside"), "conjecture": N_("conjecture"),
}  # fmt: skip
CERTAINTY_WORDS = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}
KIND_WORDS = {
    "word": N_("word"), "stray": N_("stray sign"), "hyphen": N_("hyphen"), "case": N_("capital or small letter"),
    "scrap": N_("scrap"), "spacing": N_("spacing"), "sign": N_("punctuation"), "date": N_("date"), "run": N_("words"),
    "variant": N_("two ways of writing"), "homoglyph": N_("mixed alphabets"), "markup": N_("markup left over"),
    "repeated": N_("repeated line"), "name": N_("name"), "agreement": N_("agreement"),
}  # fmt: skip
_CODES = {**shape.HANDS, "person": N_("person"), "place": N_("place"), "body": N_("a body")}


class Panel(Unscrolled):
    """Shows a Detail, laid out when it is painted, for the size that it has then; never asks for one."""

    DEFAULT_CSS = """
    Panel { background: $surface; padding: 0 1; border-top: solid $panel; height: 9; overflow: hidden; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._language = places.language()
        self._detail: Detail | None = None
        self._empty = ""

    def tell(self, detail: Detail | None, empty: str) -> None:
        """Show a place, or the words for none."""
        self._detail, self._empty = detail, empty
        self.refresh()

    def render(self) -> Content:
        detail = self._detail
        if detail is None:
            return Content(self._empty).stylize("$foreground-muted")
        lines = [_head(detail)]
        if detail.place.kind == "line":
            said = keyed(
                "Added by a person: [desk.edit] changes it, [desk.add_line] adds "
                "another after it, [desk.delete_line] takes it out."
            )
            lines.append(Content(said).stylize("$foreground-muted"))
        if detail.suggestion is not None:
            if detail.decided:
                lines.append(Content(_("Decided meanwhile:")).stylize("bold $text-error"))
                lines += [line for decided in detail.decided for line in _decided(detail, decided)]
            room = self.content_size
            over = sum(-(-line.cell_length // max(1, room.width)) for line in lines)
            lines += _candidates(detail.suggestion, detail.proposed_zone, room.width, room.height - over)
            lines += _why(detail.suggestion, self._language)
        elif detail.decided:
            if detail.conflict:
                lines.append(
                    Content(keyed("Decided differently: [desk.keep] or [desk.edit] decides it.")).stylize(
                        "bold $text-error"
                    )
                )
            for decided in detail.decided:
                lines += _decided(detail, decided)
        else:
            lines.append(
                Content(keyed("Nothing suggested. [desk.keep] keeps it, [desk.edit] edits the line.")).stylize(
                    "$foreground-muted"
                )
            )
        lines += _said(detail)
        return Content("\n").join(lines)


def _head(detail: Detail) -> Content:
    quote = " ".join(flat(detail.quote).split())
    if detail.place.kind == "line":
        quote = _("an added line")
    parts: list[Content | tuple[str, str] | str] = [
        (quote[:60] or _("(here)"), "bold"),
        "  ",
        (_("line {number}").format(number=detail.line) if detail.line else _("no raw line"), "$foreground-muted"),
    ]
    if detail.suggestion is not None:
        kind = _(KIND_WORDS.get(detail.suggestion.kind, detail.suggestion.kind))
        parts += [("  ·  ", "$foreground-muted"), (kind, "$text-warning"), ("  ·  ", "$foreground-muted")]
        parts.append((_(CLASS_WORDS.get(detail.suggestion.change, "")), "$foreground-muted"))
    if detail.zone:
        parts += [("  ·  " + _("zone") + ": ", "$foreground-muted"), (visible(detail.zone), "$text-primary")]
    return Content.assemble(*parts)


def _candidates(suggestion: Suggestion, zone: str, width: int, rows: int) -> list[Content]:
    """The candidates, one a line; in two columns where of so many rows none would be left for why."""
    if zone:
        said = [
            keyed("[desk.accept] marks a zone: {zone}").format(zone=zone),
            keyed("[desk.keep] says that it is text like any other"),
        ]
        return [Content(visible(line)).stylize("italic $text-success") for line in said]
    if not suggestion.candidates:
        return [
            Content(keyed("no proposal: [desk.keep] keeps it, [desk.edit] edits the line")).stylize(
                "italic $foreground-muted"
            )
        ]
    shown = suggestion.candidates[:CANDIDATES]
    longest = min(40, max(len(c.text) or 1 for c in shown))
    lines = []
    for number, candidate in enumerate(shown, 1):
        text = flat(candidate.text) or "∅"
        chance = candidate.probability
        style, bar = ("bold $text-success", "$text-success") if number == 1 else ("", "$foreground-muted")
        lines.append(
            Content.assemble(
                (f"{number} ", "bold $text-accent"),
                (text.ljust(longest), style),
                "  ",
                (_bar(chance), bar),
                (f" {chance:4.0%}", "$foreground-muted"),
            )
        )
    column = width // 2
    if len(lines) + _WHY <= rows or max(line.cell_length for line in lines) >= column:
        return lines
    half = (len(lines) + 1) // 2
    columns = zip_longest(lines[:half], lines[half:], fillvalue=Content(""))
    return [Content.assemble(left.pad_right(column - left.cell_length), right) for left, right in columns]


def _bar(chance: float) -> str:
    eighths = round(chance * _BAR_CELLS * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_BARS[rest] if rest else "")).ljust(_BAR_CELLS)


def _why(suggestion: Suggestion, language: str) -> list[Content]:
    said = "; ".join(words(e, language) for e in suggestion.evidence) or _("no reason given")
    who = f"  — {suggestion.suggester}"
    return [
        Content.assemble(
            (_("why") + "  ", "$foreground-muted"), visible(said), (visible(who), "$foreground-muted italic")
        )
    ]


def _decided(detail: Detail, decided: Decided) -> list[Content]:
    d = decided.entry.decision
    change = Content(_(ACT_WORDS.get(d.act, d.act))).stylize("bold")
    if d.page is not None or d.reading is not None:
        before, now = flat(detail.quote), visible(d.value or _("(nothing)"))
        change = Content.assemble(
            change, "  ", (before, "strike $foreground-muted"), " → ", (now, "bold $text-success")
        )  # fmt: skip
    facts = [visible(told) for told in [particulars(d.act, d.data, {})] if told]
    facts += [_(CLASS_WORDS.get(c, c)) for c in (d.page_class, d.reading_class) if c]
    facts += [_("ground: {ground}").format(ground=_(GROUND_WORDS[d.ground]))] if d.ground else []
    facts += [_("certainty: {certainty}").format(certainty=_(CERTAINTY_WORDS[d.certainty]))] if d.certainty else []
    when = decided.entry.time[:16].replace("T", " ")
    lines = [
        change,
        Content(f"{visible(decided.person)}, {when} UTC · " + " · ".join(facts)).stylize("$foreground-muted"),
    ]
    if d.suggestion is not None:
        lines.append(Content(visible(_proposed(d.suggestion))).stylize("$foreground-muted"))
    if d.reason:
        lines.append(Content.assemble((_("because") + "  ", "$foreground-muted"), visible(d.reason)))
    return lines


def _said(detail: Detail) -> list[Content]:
    """Notes, names, hands and what is to be checked, one after the other."""
    said: dict[str, Content] = {}
    for entry in detail.said:
        d = entry.decision
        what = visible(particulars(d.act, d.data, {}, lambda code: _(_CODES.get(code, code))))
        words = (_(ACT_WORDS[d.act]), "$text-accent"), f"  {what}" if what else ""
        said.setdefault(f"{d.act} {what}", Content.assemble(*words))
    return [Content("  ·  ").join(said.values())] if said else []


def _proposed(answered: Mapping[str, Any]) -> str:
    """What a decision answers: who proposed it, and what first."""
    by = _("proposed by {suggester}").format(suggester=answered.get("suggester"))
    candidates = answered.get("candidates") or []
    return f"{by}: {flat(candidates[0]['text']) or '∅'}" if candidates else by
