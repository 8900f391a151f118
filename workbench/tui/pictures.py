"""Pictures of page images as Strips, made by a worker and kept until they are wanted.

What is wanted is a value: the same one gives the same picture, whoever asks. The screen only ever takes what is ready.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from random import randrange
from threading import Lock
from typing import Literal

from rich.color import Color
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.strip import Strip

from workbench.core.errors import UnreadableError
from workbench.core.text import Box
from workbench.i18n import N_
from workbench.images import framing
from workbench.images.framing import Area, Size
from workbench.images.terminal import Protocol
from workbench.services.images import PageImage

_KEPT = 32
_NUMBERS = count(randrange(1 << 10, 1 << 23))
"""Numbers of pictures in the terminal, beginning somewhere, for other programs send theirs too."""
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What shall be seen of which image, in pixels of that image."""

    path: Path
    frame: int
    page: int
    """Index of the page in its text, from 0."""
    size: Size
    line: Area
    place: Area
    """Where in the line the person is."""
    words: tuple[Area, ...]
    """What gets a frame: nothing where nobody knows where it is."""
    line_height: int
    estimated: bool
    """Nobody measured the line: it should be about here."""


def request(found: PageImage, start: int, end: int) -> Request:
    """The request for a place of a text; where it is in its line is guessed by its letters if no box says it."""
    words = tuple(map(_area, found.at(start, end)))
    line = _area(found.line)
    if found.words:
        line = _evened(line, tuple(map(_area, found.words)), found.line_height)
        near = words or (_area(min(found.words, key=lambda w: abs(w.start - start))),)
        left, right = min(w.x for w in near), max(w.x + w.width for w in near)
        place = Area(left, near[0].y, right - left, near[0].height)
    else:
        share = (start - found.line.start) / max(found.line.end - found.line.start, 1)
        place = line._replace(x=line.x + line.width * min(max(share, 0.0), 1.0), width=0)
    return Request(
        path=found.path, frame=found.frame, page=found.page, size=Size(found.width, found.height), line=line,
        place=place, words=words, line_height=found.line_height, estimated=found.estimated,
    )  # fmt: skip


def _evened(line: Area, words: tuple[Area, ...], height: int) -> Area:
    """The line of a usual height around the middle of its words: specks of the scan stretch the box of a line."""
    middle = sum(w.centre[1] * w.width for w in words) / sum(w.width for w in words)
    return line._replace(y=middle - height / 2, height=height)


def _area(box: Box) -> Area:
    return Area(box.x, box.y, box.width, box.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture, told by all that it follows from."""

    request: Request
    mode: Literal["line", "page"]
    zoom: int
    around: tuple[float, float] | None
    """The middle of a part of the page; None: the page's own."""
    cells: Size
    cell: Size
    """Pixels of a cell; half-blocks have one by two of them."""
    protocol: Protocol
    ground: Colour
    grey: bool

    def window(self) -> Area:
        """The part of the page that is seen."""
        r, room = self.request, self.room
        if self.mode == "page":
            return framing.whole(r.size, room, zoom=self.zoom, around=self.around)
        return framing.of_line(r.line, r.place, r.size, room, line_height=r.line_height, zoom=self.zoom)

    @property
    def room(self) -> Size:
        wide, high = (1, 2) if self.protocol == "halfblocks" else self.cell
        return Size(self.cells.width * wide, self.cells.height * high)


@dataclass(frozen=True, slots=True)
class Picture:
    strips: tuple[Strip, ...]
    number: int = 0
    """Of the picture in the terminal; 0 where there is none."""
    sent: str = ""
    """What sends it there."""


Made = Picture | UnreadableError


class Gallery:
    """Pictures that were made last, and those to be made; for one screen and one worker."""

    def __init__(self) -> None:
        self._made: OrderedDict[Wanted, Made] = OrderedDict()
        self._todo: list[Wanted] = []
        self._at_work = False
        self._lock = Lock()
        self.gone: list[int] = []
        """Numbers of pictures that were let go: the terminal need not keep them."""

    def ready(self, wanted: Wanted) -> Made | None:
        with self._lock:
            if wanted in self._made:
                self._made.move_to_end(wanted)
            return self._made.get(wanted)

    def want(self, all_of: Iterable[Wanted]) -> bool:
        """Want these and nothing else, the first one first; must a worker be started for them?"""
        with self._lock:
            self._todo = [wanted for wanted in dict.fromkeys(all_of) if wanted not in self._made]
            starts = bool(self._todo) and not self._at_work
            self._at_work = self._at_work or starts
            return starts

    def work(self) -> Iterable[Wanted]:
        """Make what is wanted, one after the other; called in the worker."""
        while (wanted := self._next()) is not None:
            try:
                made: Made = make(wanted)
            except UnreadableError as error:
                made = error
            except Exception as error:  # one picture that fails must not be the last one that is made
                made = UnreadableError(
                    N_("{file} cannot be shown: {error}"), file=wanted.request.path.name, error=error
                )
            with self._lock:
                self._made[wanted] = made
                while len(self._made) > _KEPT:
                    _, old = self._made.popitem(last=False)
                    self.gone += [old.number] if isinstance(old, Picture) and old.number else []
            yield wanted

    def _next(self) -> Wanted | None:
        with self._lock:
            self._at_work = bool(self._todo)
            return self._todo.pop(0) if self._todo else None


def make(wanted: Wanted) -> Picture:
    """Open, cut, mark and encode; raises UnreadableError that names the file."""
    from workbench.images import drawing, halfblocks, kitty, opening, sixel

    r, window, protocol = wanted.request, wanted.window(), wanted.protocol
    page = opening.page(r.path, r.frame)
    clear = protocol == "halfblocks" or wanted.mode == "line"
    picture = drawing.draw(page, window, wanted.room, ground=wanted.ground, clear=clear, grey=wanted.grey)
    colours = {"kitty": kitty.COLOURS, "sixel": sixel.COLOURS}.get(protocol, halfblocks.COLOURS)
    marks = r.words if wanted.mode == "line" or r.estimated else (r.line, *r.words)
    picture = drawing.marked(
        picture, window, marks, thick=1 if protocol == "halfblocks" else 2, colours=colours, grey=wanted.grey
    )
    wide, high = wanted.cells
    if protocol == "kitty":
        number = next(_NUMBERS) % (1 << 24)
        style = Style(color=Color.from_rgb(*kitty.colour(number)))
        rows = [
            Strip([Segment(kitty.placeholders(row, wide), style)], wide) for row in range(min(high, kitty.MAX_ROWS))
        ]
        return Picture(tuple(rows), number, kitty.sent(picture, number, wide, high))
    if protocol == "sixel":
        return Picture(tuple(_over(wide, part, wanted.ground) for part in sixel.rows(picture, wanted.cell.height)))
    return Picture(
        tuple(
            Strip([_run(*run) for run in row], wide)
            for row in halfblocks.rows(picture)
        )
    )  # fmt: skip


def _run(cells: int, upper: Colour, lower: Colour) -> Segment:
    return Segment((" " if upper == lower else "▀") * cells, _halves(upper, lower))


@lru_cache(maxsize=4096)
def _halves(upper: Colour, lower: Colour) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))


def _over(wide: int, drawn: str, ground: Colour) -> Strip:
    """Blank cells with a picture drawn over them: the cursor comes back to their beginning, then goes to their end."""
    control = [(ControlType.CURSOR_FORWARD, 0)]  # what is said to take no room
    blank = Segment(" " * wide, Style(bgcolor=Color.from_rgb(*ground)))
    return Strip(
        [Segment("\x1b7", None, control), blank, Segment(f"\x1b8{drawn}\x1b8\x1b[{wide}C", None, control)], wide
    )
