"""Draws the pictures of the documentation: the program on the demo edition, keys pressed as a person presses them.

.venv/bin/python docs/screens.py            writes docs/images/*.svg
.venv/bin/python docs/screens.py desk …     writes only these
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).parent / "images"
_WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
SCREENS: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "library": ((110, 16), ()),
    "desk": ((120, 30), ("down", "enter", "n", "n")),
    "desk-narrow": ((80, 24), ("down", "enter", "n", "n")),
    "edit": ((120, 30), ("down", "enter", "n", "n", "e", "1")),
    "series": ((120, 24), ("down", "enter", "j", *"линии", "enter", "S")),
    "words": ((120, 24), ("down", "enter", "W", "1")),
    "reading": ((120, 30), ("down", "enter", "r", "j", *"55", "enter", "space", "space", "space")),
    "breaks": ((120, 12), ("down", "enter", "X")),
    "description": ((120, 30), ("down", "enter", "D")),
    "transcribe": (
        (120, 30),
        ("enter", "a", *"Dear Sir,", "enter", *"we have", "enter", *"with its", "enter", *"Yours f"),
    ),
    "image": ((120, 30), ("enter", "i")),
    "checking": ((120, 16), ("down", "enter", "o", "n", "o", "k")),
    "review": ((120, 26), ("R", "down", "down", "space", "space", "up")),
    "review-filter": ((100, 24), ("R", "f")),
    "history": ((120, 26), ("H", "down", "down", "down")),
    "then": ((120, 26), ("down", "enter", "V", "left", "left", "left", "left")),
    "board": ((110, 12), ("b", "down")),
    "conflicts": ((110, 22), ("K",)),
    "returned": ((110, 20), ("y", "down")),
    "sample": ((100, 18), ("S", "enter", "enter", "enter")),
    "collate": ((110, 22), ("down", "C", "1", "1", "down", "down")),
}
"""Name: (columns and rows, keys)."""
_EDITORS = ("review", "review-filter", "history", "then", "board", "conflicts", "returned", "sample", "collate")
"""Drawn on an edition on which three people have worked."""
_LETTER = (
    "Dear Sir,", "we have received your letter of the 3rd instant", "with its enclosures, for which we thank you.",
    "Yours faithfully,", "J. Brown",
)  # fmt: skip
_MISREAD = {"received": "reccived", "enclosures,": "encIosures,"}


async def draw(edition: Path, name: str) -> str:
    """The picture of one screen as SVG, without fonts from the network."""
    import edited
    from textual.widgets import Input, TextArea

    from workbench.services.edition import open_edition
    from workbench.tui.app import WorkbenchApp

    size, keys = SCREENS[name]
    with open_edition(edition) as opened:
        person = "A. Transcriber" if name not in _EDITORS else edited.ANNA if name == "returned" else edited.CLARA
        app = WorkbenchApp(opened, person=person)
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.3)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.2)
            for line in (*app.screen.query(Input), *app.screen.query(TextArea)):
                line.cursor_blink = False
            await pilot.pause()
            return _WEB_FONTS.sub("", app.export_screenshot(title="workbench")).replace("Fira Code, ", "")


def draw_leaf(folder: Path) -> list[list[tuple[str, tuple[int, int, int, int]]]]:
    """The image of the letter, as a file in a folder; its words by lines, each with its box."""
    from PIL import Image, ImageDraw, ImageFont

    folder.mkdir(parents=True, exist_ok=True)
    leaf = Image.new("L", (1200, 1000), 236)
    pen, font = ImageDraw.Draw(leaf), ImageFont.load_default(44)
    lines = []
    for number, line in enumerate(_LETTER):
        at, words = 110.0, []
        for word in line.split():
            pen.text((at, 100 + 90 * number), word, fill=40, font=font)
            left, top, right, bottom = map(round, pen.textbbox((at, 100 + 90 * number), word, font=font))
            words.append((word, (left, top, right, bottom)))
            at += pen.textlength(word + " ", font=font)
        lines.append(words)
    leaf.save(folder / "leaf 12.png")
    return lines


def make_leaf(folder: Path) -> None:
    """An edition of one page image that no machine has read."""
    from workbench.services import adding
    from workbench.services.edition import init

    draw_leaf(folder.parent)
    with init(folder) as edition:
        assert [a.outcome for a in adding.add(edition, [folder.parent / "leaf 12.png"])] == ["added"]


def make_scan(folder: Path) -> None:
    """An edition of the same page as a machine read it, with boxes, and two words wrong."""
    from html import escape

    from workbench.services import adding, library
    from workbench.services.edition import init
    from workbench.services.suggestions import suggesting

    body = []
    for words in draw_leaf(folder.parent):
        spans = "".join(
            f'<span class="ocrx_word" title="bbox {" ".join(map(str, box))}; x_wconf 60">'
            f"{escape(_MISREAD.get(word, word))}</span> "
            for word, box in words
        )
        left, top, right, bottom = words[0][1][0], words[0][1][1], words[-1][1][2], words[0][1][3]
        body.append(f'<span class="ocr_line" title="bbox {left} {top} {right} {bottom}">{spans}</span>')
    page = '<div class="ocr_page" title=\'image "leaf 12.png"; bbox 0 0 1200 1000\'>' + "".join(body) + "</div>"
    (folder.parent / "leaf 12.hocr").write_text(f"<html><body>{page}</body></html>", "utf-8")
    with init(folder) as edition:
        assert [a.outcome for a in adding.add(edition, [folder.parent / "leaf 12.hocr"])] == ["added"]
        suggesting.suggest(edition, library.listings(edition))


def main() -> None:
    """Draw them, each on an edition of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = folder
        import edited

        from workbench.services.demo import make_demo

        makers = {"transcribe": make_leaf, "image": make_scan, **dict.fromkeys(_EDITORS, edited.make)}
        IMAGES.mkdir(exist_ok=True)
        for name in sys.argv[1:] or SCREENS:
            edition = Path(folder) / name / "letters"
            with edited.same_each_time():
                makers.get(name, make_demo)(edition)
                (IMAGES / f"{name}.svg").write_text(asyncio.run(draw(edition, name)), "utf-8")


if __name__ == "__main__":
    main()
