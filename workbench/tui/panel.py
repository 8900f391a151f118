"""The panel: what is known about the current place. Candidates with their chances, class, why; or who decided what."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from workbench.core.suggestion import Suggestion
from workbench.core.visible import visible
from workbench.i18n.evidence import words
from workbench.services import places
from workbench.services.desk import Decided, Detail, zone_words

_BARS = " ▏▎▍▌▋▊▉█"
_BAR_CELLS = 8

CLASS_WORDS = {
    "ocr": "misread by the machine",
    "unseen": "misread, or the document's own fault: nobody saw the page",
    "uncertain": "looks odd",
    "layout": "line or page mechanics",
    "slip": "fault without meaning",
    "source": "fault with meaning",
    "supply": "supplied",
    "expand": "abbreviation expanded",
    "normalise": "house rule",
}
ACT_WORDS = {
    "accept": "accepted", "edit": "edited", "keep": "kept as it stands", "unclear": "unclear", "gap": "lost",
    "blank": "left blank", "supply": "supplied",
}  # fmt: skip


class Panel(Static):
    """Shows a Detail; never asks for one."""

    DEFAULT_CSS = """
    Panel { background: $surface; padding: 0 1; border-top: solid $panel; height: 9; overflow: hidden; }
    """

    def on_mount(self) -> None:
        self._language = places.language()

    def tell(self, detail: Detail | None, empty: str) -> None:
        """Show a place, or the words for none."""
        if detail is None:
            self.update(Content(empty).stylize("$foreground-muted"), layout=False)
            return
        lines = [_head(detail)]
        if detail.suggestion is not None:
            lines += _candidates(detail.suggestion)
            lines += _why(detail.suggestion, self._language)
        elif detail.decided:
            if detail.conflict:
                lines.append(Content("Decided differently: choose, or type an answer.").stylize("bold $text-error"))
            for decided in detail.decided:
                lines += _decided(detail, decided)
        else:
            lines.append(
                Content("Nothing suggested. s keeps it, a types an answer, e edits the line.").stylize(
                    "$foreground-muted"
                )
            )
        lines += [Content.assemble(("note  ", "$foreground-muted"), visible(note)) for note in detail.notes]
        self.update(Content("\n").join(lines), layout=False)


def _head(detail: Detail) -> Content:
    quote = " ".join(visible(detail.quote.replace("\n", "⏎")).split())
    parts: list[Content | tuple[str, str] | str] = [
        (quote[:60] or "(here)", "bold"),
        "  ",
        (f"line {detail.line}", "$foreground-muted"),
    ]
    if detail.suggestion is not None:
        kind = detail.suggestion.kind
        parts += [("  ·  ", "$foreground-muted"), (kind, "$text-warning"), ("  ·  ", "$foreground-muted")]
        parts.append((CLASS_WORDS.get(detail.suggestion.change, detail.suggestion.change), "$foreground-muted"))
    if detail.zone:
        parts += [("  ·  zone: ", "$foreground-muted"), (visible(detail.zone), "$text-primary")]
    return Content.assemble(*parts)


def _candidates(suggestion: Suggestion) -> list[Content]:
    if zone := zone_words(suggestion):
        said = f"Enter marks this as a zone: {zone}.  s says it is text like any other"
        return [Content(said).stylize("italic $text-success")]
    if not suggestion.candidates:
        return [Content("no proposal: look at it, keep it or type an answer").stylize("italic $foreground-muted")]
    shown = suggestion.candidates[:5]
    width = min(40, max(len(visible(c.text)) for c in shown))
    lines = []
    for number, candidate in enumerate(shown, 1):
        text = visible(candidate.text.replace("\n", "⏎"))
        chance = candidate.probability
        style, bar = ("bold $text-success", "$text-success") if number == 1 else ("", "$foreground-muted")
        lines.append(
            Content.assemble(
                (f"{number} ", "bold $text-accent"),
                (text.ljust(width), style),
                "  ",
                (_bar(chance), bar),
                (f" {chance:4.0%}", "$foreground-muted"),
            )
        )
    return lines


def _bar(chance: float) -> str:
    eighths = round(chance * _BAR_CELLS * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_BARS[rest] if rest else "")).ljust(_BAR_CELLS)


def _why(suggestion: Suggestion, language: str) -> list[Content]:
    said = "; ".join(words(e, language) for e in suggestion.evidence) or "no reason given"
    who = f"  — {suggestion.suggester} {suggestion.version}"
    return [Content.assemble(("why  ", "$foreground-muted"), visible(said), (visible(who), "$foreground-muted italic"))]


def _decided(detail: Detail, decided: Decided) -> list[Content]:
    d = decided.entry.decision
    change = Content(ACT_WORDS.get(d.act, d.act)).stylize("bold")
    if d.page is not None or d.reading is not None:
        value = d.page if d.reading is None else d.reading
        before = (visible(detail.quote.replace("\n", "⏎")), "strike $foreground-muted")
        change = Content.assemble(change, "  ", before, " → ", (visible(value or "(nothing)"), "bold $text-success"))
    facts = [CLASS_WORDS.get(c, c) for c in (d.page_class, d.reading_class) if c]
    facts += [f"ground: {d.ground}"] if d.ground else []
    facts += [f"certainty: {d.certainty}"] if d.certainty else []
    when = decided.entry.time[:16].replace("T", " ")
    lines = [
        change,
        Content(f"{visible(decided.person)}, {when} UTC · " + " · ".join(facts)).stylize("$foreground-muted"),
    ]
    if d.suggestion is not None:
        lines.append(Content(f"proposed by {visible(str(d.suggestion.get('suggester')))}").stylize("$foreground-muted"))
    if d.reason:
        lines.append(Content.assemble(("because  ", "$foreground-muted"), visible(d.reason)))
    return lines
