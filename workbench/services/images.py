"""Images of pages: kept beside the transcripts, attached to pages of a text, found again for a place in it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path, PurePosixPath

from workbench.core.entry import Entry
from workbench.core.errors import RefusedError, UnreadableError, UsageError
from workbench.core.text import Box, Scan, Text
from workbench.images import opening
from workbench.images.framing import Area
from workbench.readers import MAX_BYTES, read
from workbench.services import library
from workbench.services.clock import now
from workbench.services.edition import TRANSCRIPTS, Edition
from workbench.store import images, texts

FOLDER = "images"
"""Within `transcripts/`."""
_MARGIN = 0.06
"""Of a page whose lines nobody has measured, the share that is taken for margin on each side."""
_LINES = 40
"""Lines that a page is taken to have of which nobody knows any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """Where a place of a text is on the image of its page; all boxes are in pixels of that image."""

    path: Path
    frame: int
    """Which picture of the file, from 0."""
    page: int
    """Index of the page in its text, from 0."""
    width: int
    height: int
    line: Box
    """The line that holds the place."""
    words: tuple[Box, ...]
    """The words of that line, as far as the source has boxes of them."""
    line_height: int
    """Of a usual line of this page."""
    estimated: bool
    """The source has no box of this line: it is where the line would be if all were alike."""

    def at(self, start: int, end: int) -> tuple[Box, ...]:
        """The words that a span of the text meets."""
        return tuple(w for w in self.words if (w.start < end and start < w.end) or w.start <= start == end < w.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What an image shows from now on."""

    pages: tuple[int, ...]
    """Numbers of the document's pages, from 1."""
    new: bool
    """False if it was so already."""


# attaching


def pages_of(edition: Edition, document: str) -> tuple[tuple[str, int], ...]:
    """The pages of a document in order, each as (text, index of the page in it)."""
    found: dict[tuple[str, int], None] = {}
    for stretch in library.stretches(edition, document):
        row = texts.text_row(edition.db, stretch.text)
        for page, (start, end) in enumerate(pairwise((*row.page_starts, row.length + 1))):
            if start < max(stretch.end, stretch.start + 1) and stretch.start < end:
                found[stretch.text, page] = None
    return tuple(found)


def attach(edition: Edition, path: Path, document: str, *, page: int | None = None) -> Attached:
    """Let a page of a document, by its number from 1, be shown by an image; None: the first one without an image.

    A file of several pictures shows as many pages. It is copied into the edition. Raises RefusedError where another
    file of its name is there, UnreadableError where it is no image, UsageError where there is no such page.
    """
    pages = pages_of(edition, document)
    if page is not None and not 1 <= page <= len(pages):
        raise UsageError(f"this document has no page {page}, only {len(pages)}")
    if not path.is_file():
        raise UsageError(f"there is no image {path}")
    sizes = opening.sizes(path)
    data = _bytes(path)
    sha = hashlib.sha256(data).hexdigest()
    have = {(text, n): image for text in {t for t, _ in pages} for n, image in images.of_text(edition.db, text).items()}
    shown = [n for n, at in enumerate(pages, 1) if (image := have.get(at)) is not None and image.sha == sha]
    if shown and page in (None, *shown):
        return Attached(pages=tuple(shown), new=False)
    first = page or next((n for n, at in enumerate(pages, 1) if at not in have), 0)
    if not first:
        raise UsageError(f"each page of this document has an image; say which one {path.name} shows: --page N")
    targets = pages[first - 1 : first - 1 + len(sizes)]
    frames = [(text, index, frame) for frame, (text, index) in enumerate(targets)]
    _keep(edition, path, data, frames, sizes)
    return Attached(pages=tuple(range(first, first + len(targets))), new=True)


def attach_beside(edition: Edition, source: Path, text: Text) -> tuple[str, ...]:
    """Attach the images that a text names and that lie beside its file; their names.

    Within the file's own folder only. An image that cannot be kept is no reason to do without the text.
    """
    done: dict[str, None] = {}
    for name in dict.fromkeys(scan.image for scan in text.scans if scan.image):
        path = source.parent / name
        pages = [n for n, scan in enumerate(text.scans) if scan.image == name]
        try:
            if not path.is_file():
                continue
            sizes = opening.sizes(path)
            # One picture shows the first page that names it; the pictures of a file show the pages in order.
            frames = [(text.sha, page, frame) for frame, page in enumerate(pages[: len(sizes)])]
            _keep(edition, path, _bytes(path), frames, sizes)
        except (RefusedError, UnreadableError, OSError):
            continue
        done[name] = None
    return tuple(done)


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError(f"{path.name} has {path.stat().st_size:,} bytes, more than the {MAX_BYTES:,} of one file")
    return path.read_bytes()


def check_name(edition: Edition, path: Path, data: bytes | None = None) -> Path:
    """Where an image is kept; raises RefusedError where another file of its name is there."""
    home = edition.transcripts / FOLDER / path.name
    if home.exists() and home.read_bytes() != (path.read_bytes() if data is None else data):
        raise RefusedError(f"{path.name}: another image of this name is in {home.parent}; rename the file")
    return home


def _keep(
    edition: Edition, path: Path, data: bytes, frames: list[tuple[str, int, int]], sizes: tuple[tuple[int, int], ...]
) -> None:
    """Copy a file and attach its pictures, each given as (text, page, frame)."""
    home = check_name(edition, path, data)
    with edition.writing() as db:
        for text, page, frame in frames:
            width, height = sizes[frame]
            images.keep(
                db,
                images.Image(
                    text=text, page=page, sha=hashlib.sha256(data).hexdigest(),
                    path=str(PurePosixPath(TRANSCRIPTS, FOLDER, path.name)), frame=frame, width=width, height=height,
                ),
                now=now(),
            )  # fmt: skip
        for text in {text for text, *_ in frames}:
            _measure_again(edition, text)
        if not home.exists():
            home.parent.mkdir(parents=True, exist_ok=True)
            home.write_bytes(data)


def _measure_again(edition: Edition, sha: str) -> None:
    """Keep the boxes of a text that was added before they were kept: its bytes are in the edition."""
    row = texts.text_row(edition.db, sha)
    if row.reader in ("plain", "markdown") or images.scans(edition.db, row.id):
        return
    (data,) = edition.db.execute("SELECT bytes FROM transcripts WHERE sha256 = ?", (row.transcript,)).fetchone()
    text = read(data, name=row.name, reader=row.reader, encoding=row.encoding)
    if text.sha == sha:
        images.keep_boxes(edition.db, row.id, text)


# finding


def page_image(edition: Edition, text: str, offset: int) -> PageImage | None:
    """The image of the page that holds an offset of a text, with the boxes of the line there; None where it has none.

    A few rows of the database, no file: fit to be asked at each key.
    """
    row = texts.text_row(edition.db, text)
    page = max(0, bisect_right(row.page_starts, offset) - 1)
    image = images.of_page(edition.db, text, page)
    if image is None:
        return None
    starts = (*row.page_starts, row.length)
    number = texts.line_of(edition.db, row.id, offset)
    begin, *rest = texts.line_starts(edition.db, row.id, number, number + 2) or [0]
    end = rest[0] if rest else row.length
    scan = next(iter(images.scans(edition.db, row.id)[page : page + 1]), Scan())
    found = [_scaled(box, scan, image) for box in images.boxes(edition.db, row.id, begin, max(end, begin + 1))]
    measured = next((box for box in found if box.level == "line"), None)
    if measured is not None:
        line = measured
        usual = round(images.line_height(edition.db, row.id, starts[page], starts[page + 1]) * _down(scan, image))
    else:
        line = _estimated(
            edition, row, image, number, Box(start=begin, end=end, page=page, x=0, y=0, width=1, height=1, level="line")
        )
        usual = line.height
    return PageImage(
        # By its name alone: a database from elsewhere points to nothing outside this folder.
        path=edition.transcripts / FOLDER / PurePosixPath(image.path).name,
        frame=image.frame, page=page, width=image.width, height=image.height, line=line,
        words=tuple(box for box in found if box.level == "word"), line_height=max(usual, 1), estimated=measured is None,
    )  # fmt: skip


def of_entry(edition: Edition, entry: Entry) -> PageImage | None:
    """The image of the line that an entry is about: of an added one where it was said to be on the page."""
    d = entry.decision
    if d.place is None or not texts.has(edition.db, d.place[0]):
        return None
    text, start, _ = d.place
    box = d.data.get("box") if d.layer == "line" else None
    if box is None:
        return page_image(edition, text, start)
    area = Area(box["x"], box["y"], box["width"], box["height"])
    return line_image(edition, text, start, box=area, nth=0, length=max(len(d.page or ""), 1))


def line_image(edition: Edition, text: str, at: int, *, box: Area | None, nth: int, length: int) -> PageImage | None:
    """The image of a line that stands in no raw text, at an offset: the `nth` added one there, `length` code points.

    `box` says where it is on the image; else it is where the machine's line is that it stands before, or where the
    `nth` line of a page usually is.
    """
    row = texts.text_row(edition.db, text)
    if box is None and row.length:
        return page_image(edition, text, at)
    page = max(0, bisect_right(row.page_starts, at) - 1)
    image = images.of_page(edition.db, text, page)
    if image is None:
        return None
    pitch = image.height * (1 - 2 * _MARGIN) / _LINES
    usual = Area(image.width * _MARGIN, image.height * _MARGIN + min(nth, _LINES - 1) * pitch,
                 image.width * (1 - 2 * _MARGIN), pitch)  # fmt: skip
    x, y, width, height = map(round, box or usual)
    line = Box(start=0, end=length, page=page, x=x, y=y, width=max(width, 1), height=max(height, 1), level="line")
    return PageImage(
        path=edition.transcripts / FOLDER / PurePosixPath(image.path).name, frame=image.frame, page=page,
        width=image.width, height=image.height, line=line, words=(), line_height=line.height, estimated=box is None,
    )  # fmt: skip


def next_line(found: Sequence[Area], before: Area | None, nth: int) -> Area | None:
    """Of the lines found on a page the one after a line, or the `nth` where that is not known; None at the end."""
    if before is None:
        return found[nth] if nth < len(found) else None
    return next((area for area in found if area.centre[1] > before.y + before.height), None)


def _down(scan: Scan, image: images.Image) -> float:
    return image.height / scan.height if scan.height else 1.0


def _scaled(box: Box, scan: Scan, image: images.Image) -> Box:
    """A box in pixels of the image, whatever units its page was measured in."""
    across, down = image.width / scan.width if scan.width else 1.0, _down(scan, image)
    return replace(
        box, x=round(box.x * across), y=round(box.y * down), width=max(round(box.width * across), 1),
        height=max(round(box.height * down), 1),
    )  # fmt: skip


def _estimated(edition: Edition, row: texts.TextRow, image: images.Image, number: int, line: Box) -> Box:
    """Where a line would be if all lines of its page were alike and filled it."""
    starts = (*row.page_starts, row.length)
    first = texts.line_of(edition.db, row.id, starts[line.page])
    last = texts.line_of(edition.db, row.id, max(starts[line.page + 1] - 1, starts[line.page]))
    pitch = image.height * (1 - 2 * _MARGIN) / max(last - first + 1, 1)
    top = image.height * _MARGIN + (number - first) * pitch
    left = round(image.width * _MARGIN)
    return replace(line, x=left, y=round(top), width=image.width - 2 * left, height=max(round(pitch), 1))
