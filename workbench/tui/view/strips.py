"""From a row to the Strips that show it: columns, wrapping, and one style for each role.

Every role is told by an attribute as well as by its colour, and no two by the same ones. Reverse is kept for one thing
alone: where the person is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment as Run
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from workbench.services.document.rows import Role, Row
from workbench.tui.view.wrap import Line, wrap

ROLE_CLASSES: dict[Role, str] = {
    "plain": "facing--plain",
    "markup": "facing--markup",
    "open": "facing--open",
    "changed": "facing--changed",
    "kept": "facing--kept",
    "unclear": "facing--unclear",
    "noted": "facing--noted",
    "dropped": "facing--dropped",
    "conflict": "facing--conflict",
    "leaf": "facing--leaf",
}
OTHER_CLASSES = ("facing--place", "facing--gutter", "facing--cursor", "facing--rule", "facing--under")

FACING_CSS = """
FacingView {
    width: 1fr;
    height: 1fr;
    background: $background;
    color: $foreground;

    & > .facing--plain { text-style: none; }
    & > .facing--markup { color: $foreground 60%; text-style: dim; }
    & > .facing--open { color: $text-warning; text-style: underline; }
    & > .facing--changed { color: $text-success 80%; text-style: bold; }
    & > .facing--kept { color: $foreground; text-style: dim underline; }
    & > .facing--unclear { color: $text-primary; text-style: italic; }
    & > .facing--noted { color: $text-primary; text-style: italic underline; }
    & > .facing--dropped { color: $foreground 80%; text-style: dim italic; }
    & > .facing--conflict { color: $text-error; text-style: bold underline; }
    & > .facing--leaf { color: $foreground; text-style: dim bold; }

    & > .facing--place { text-style: bold reverse; }
    & > .facing--gutter { color: $foreground 60%; text-style: dim; }
    & > .facing--cursor { color: $primary; text-style: bold; }
    & > .facing--rule { color: $foreground 20%; }
    & > .facing--under { color: $foreground 95%; text-style: dim; }
}
"""

_CURSOR = "▌"
_UNDER = "└"
_READ = "✓"
_ADDED = "+"
_RULE = " │ "


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles of the theme in force."""

    base: Style
    roles: dict[Role, Style]
    place: Style
    gutter: Style
    cursor: Style
    rule: Style
    under: Style


def palette(widget: Widget) -> Palette:
    """The styles as the stylesheet has them for this widget now."""
    style = widget.get_component_rich_style
    return Palette(
        base=widget.rich_style,
        roles={role: style(name) for role, name in ROLE_CLASSES.items()},
        # Dim would fade the one thing to be found at a glance.
        place=style("facing--place", partial=True) + Style(dim=False),
        gutter=style("facing--gutter"),
        cursor=style("facing--cursor"),
        rule=style("facing--rule"),
        under=style("facing--under"),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """How the width is shared out, in cells."""

    width: int
    """The whole of it."""
    digits: int
    """Of the line numbers; a cursor sign stands before them, a sign of reading and a blank after."""
    raw: int
    reading: int
    """Both are the full text width if one stands under the other."""
    facing: bool

    @property
    def gutter(self) -> int:
        return self.digits + 3


def columns(width: int, highest_line: int, facing_from: int) -> Columns:
    """The columns of a view of that width over lines with numbers up to `highest_line`."""
    digits = max(3, len(str(highest_line)))
    room = width - digits - 3 - 1  # text that touches the edge is hard to read
    if width < facing_from:
        return Columns(width, digits, max(room, 1), max(room, 1), facing=False)
    raw = max((room - len(_RULE)) // 2, 1)
    return Columns(width, digits, raw, max(room - len(_RULE) - raw, 1), facing=True)


@dataclass(frozen=True, slots=True)
class Laid:
    """A row wrapped for its columns."""

    row: Row
    raw: tuple[Line, ...]
    reading: tuple[Line, ...]
    facing: bool
    marks: frozenset[str]

    def height(self, current: bool) -> int:
        """Screen lines; in the narrow layout the current row has its raw text under it."""
        if self.facing:
            return max(len(self.raw), len(self.reading))
        return len(self.reading) + (len(self.raw) if current else 0)


def lay(row: Row, shape: Columns) -> Laid:
    """The row wrapped for these columns."""
    marks = frozenset(segment.mark for segment in (*row.raw, *row.reading) if segment.mark is not None)
    raw = wrap(row.raw, shape.raw) if row.raw or shape.facing else ()  # nothing stands under what nothing was read of
    return Laid(row, raw, wrap(row.reading, shape.reading), shape.facing, marks)


def strip(laid: Laid, sub: int, shape: Columns, styles: Palette, *, current: bool, mark: str | None) -> Strip:
    """One screen line of a row, as wide as the view; segments of `mark` are the current place."""
    written = _Writer(styles, mark)
    under = sub - len(laid.reading)
    line = laid.row.number + 1 if laid.row.line is None else laid.row.line
    number = (str(line) if line else _ADDED) if sub == 0 else ""
    if not laid.facing and under == 0:
        number = _UNDER
    written.put(_CURSOR if current else " ", styles.cursor)
    read = _READ if laid.row.read and sub == 0 else " "
    written.put(f"{number:>{shape.digits}}{read} ", styles.cursor if current and sub == 0 else styles.gutter)
    if laid.facing:
        written.line(laid.raw, sub, shape.raw)
        written.put(_RULE, styles.rule)
        written.line(laid.reading, sub, shape.reading)
    elif under < 0:
        written.line(laid.reading, sub, shape.reading)
    else:
        written.line(laid.raw, under, shape.raw, plain=styles.under)
    return Strip(written.runs).adjust_cell_length(shape.width, styles.base)


def blank(shape: Columns, styles: Palette) -> Strip:
    """A screen line below the last row."""
    return Strip.blank(shape.width, styles.base)


class _Writer:
    """Runs of a Strip, joined where the style is the same: what is written is what a terminal pays for."""

    def __init__(self, styles: Palette, mark: str | None) -> None:
        self.runs: list[Run] = []
        self._styles = styles
        self._mark = mark

    def put(self, text: str, style: Style) -> None:
        if self.runs and self.runs[-1].style == style:
            self.runs[-1] = Run(self.runs[-1].text + text, style)
        else:
            self.runs.append(Run(text, style))

    def line(self, lines: Sequence[Line], index: int, width: int, *, plain: Style | None = None) -> None:
        """A wrapped line, or nothing if there are fewer, filled up to the width."""
        shown = lines[index] if index < len(lines) else Line((), 0)
        for piece in shown.pieces:
            role = piece.segment.role
            style = plain if plain is not None and role == "plain" else self._styles.roles[role]
            if self._mark is not None and piece.segment.mark == self._mark:
                style += self._styles.place
            self.put(piece.text, style)
        if shown.cells < width:
            self.put(" " * (width - shown.cells), self._styles.base)


def differences(old: Sequence[Strip], new: Sequence[Strip], width: int) -> list[Region]:
    """The regions where two screens of one width differ, cut at the ends of runs."""
    found: list[Region] = []
    for y, now in enumerate(new):
        before = old[y] if y < len(old) else None
        if now is before:
            continue
        left, right = _span(before, now, width) if before is not None else (0, width)
        if left >= right:
            continue
        if found and found[-1].bottom == y and (found[-1].x, found[-1].right) == (left, right):
            found[-1] = Region(left, found[-1].y, right - left, found[-1].height + 1)
        else:
            found.append(Region(left, y, right - left, 1))
    return found


def _span(before: Strip, now: Strip, width: int) -> tuple[int, int]:
    """The cells from the first run that differs to the last one."""
    old, new = list(before), list(now)
    if old == new:
        return 0, 0
    shared = min(len(old), len(new))
    first = 0
    left = 0
    while first < shared and old[first] == new[first]:
        left += new[first].cell_length
        first += 1
    last = 0
    right = width
    while last < shared - first and old[-1 - last] == new[-1 - last]:
        right -= new[-1 - last].cell_length
        last += 1
    return left, right
