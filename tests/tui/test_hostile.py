"""What OCR text may do to a terminal: nothing. The program runs in a terminal of its own and its bytes are read."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.images.pages import saved
from workbench.services import adding, authorities, deciding, images, library, persons
from workbench.services.document.desk import Desk
from workbench.services.edition import Edition, init, open_edition
from workbench.services.exchange import merging
from workbench.services.persons import Person
from workbench.services.reviewing import moving, review
from workbench.services.suggestions import suggesting
from workbench.store import connection

pty = pytest.importorskip("pty")

EVIL = "\x1b]0;stolen\x07\x1b[31m\u202e\u200b\x9b5n[/x]"
HOSTILE = (
    "Заголовок \x1b]0;stolen\x07 и \x1b[2J\x1b[31mкрасное\x1b[0m\n"
    "[@click=app.bell]щелчок[/] [bold]жирно[/bold]\n"
    "назад \u202eвтсет\u202c и \u200bневидимое\u2060 \x9b5n \x1bP+q544e\x1b\\\n"
    "разо-\nрванное слово, дата 3 мая 1931 г., и еще " + "одна " * 30 + "строка\n"
)
ESC, ENTER, DOWN, END = "\x1b", "\r", "\x1b[B", "\x1b[F"

VISITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("QUEUE", ("n", "s", "b", DOWN, "u", "\x12")),
    ("nothing changed yet", ("e", "\x1bOP", ESC, END, "!", ESC)),
    ("Mark", ("m", ESC)),
    ("What is this line?", ("z", ESC)),
    ("is right", ("w", ESC)),
    ("a place", ("y", "1", ESC)),
    ("A leaf begins", ("L", ESC)),
    ("Textual note", ("t", "\x1b[200~evil\x1b]0;stolen\x07\x1b[201~", ENTER)),
    ("What kind of change", ("f", *"жирно", ESC, "c", ESC)),
    ("CHECKING LIST", ("o", "k", "p", ESC, "a", ESC, "d", ESC)),
    ("ticked", ("S", " ", ENTER, ESC, DOWN, "r", ESC, "d", ESC)),
    ("Find", ("f", "к", DOWN, ESC)),
    ("Replace by", ("F", ".", "\t", ENTER, ESC)),
    ("Every sign", ("W", "8", DOWN, "1", DOWN, "2", "f", "к", ESC, ENTER, ESC, "d", ESC)),
    ("DIFFERENCES", ("d", "c", "i", ESC)),
    ("PREVIEW", ("v", "t", "t", "s", ESC)),
    ("LINE AND PAGE ENDS", ("X", DOWN, ESC)),
    ("DESCRIPTION", ("D", DOWN, ESC)),
    ("REVIEW", ("R", DOWN, "d", ESC, ESC)),
    ("HISTORY", ("H", DOWN, END, "f", ESC, ESC)),
    ("AS OF", ("V", "\x1b[D", "r", "n", "d", ESC, ESC)),
    ("READING", ("r", " ", " ", "r")),
    ("Go to", ("j", ESC)),
    ("Accept every suggestion", ("B", ENTER, ESC)),
    ("Page image", ("i", "I", "i", "o", ESC, "i")),
    ("Lines and pages", ("h", ESC)),
    ("LIBRARY", (ESC, DOWN, DOWN, "d", ESC)),
    ("BOARD", ("b", DOWN, ESC)),
    ("CONFLICTS", ("K", DOWN, "e", ESC, ESC)),
    ("WHAT CAME BACK", ("y", DOWN, ESC)),
    ("SAMPLE", ("S", ENTER, ENTER, "e", ESC, ESC)),
    ("COLLATION", ("C", "1", "1", DOWN, ESC)),
    ("words", ("w", "8", ESC)),
)
"""Every screen and question by words that stand on it alone, and the keys that lead there and back."""


def decided(edition: Edition, quote: str, page: str, person: Person) -> str:
    start = HOSTILE.index(quote)
    asked = {"act": "edit", "transcript": "hostile.txt", "start": start, "end": start + len(quote), "page": page}
    return deciding.record_all(edition, [{**asked, "class": "ocr", "reason": EVIL}], person)[0].id


def hostile_edition(folder: Path) -> Path:
    """Whatever a person or a program can put into an edition is hostile: text, names, notes, reasons, image names."""
    source = folder / "hostile.txt"
    source.write_bytes(HOSTILE.encode())
    names = folder / "names.csv"
    names.write_text(f'name,kind,note\n"Заголовок {EVIL}",person,"{EVIL}"\n', "utf-8")
    with init(folder / "edition") as edition:
        assert [a.outcome for a in adding.add(edition, [source], reader="plain")] == ["added"]
        document = library.ids(edition)[0]
        with edition.writing():
            me, other = persons.ensure(edition, "А"), persons.ensure(edition, f"Б {EVIL}")
        authorities.add(edition, names)
        images.attach(edition, saved(folder / "leaf \x1b[31m.png", bars=[(20, 40, 200, 12)]), document)
        (folder / "copy").mkdir()
        connection.snapshot(edition.db, folder / "copy" / "corrections.db").close()
        decided(edition, "слово", f"слова {EVIL}", me)
        with open_edition(folder / "copy") as copy:
            decided(copy, "слово", f"слову {EVIL}", persons.known(copy, f"Б {EVIL}"))
        merging.merge(edition, folder / "copy")
        mine = decided(edition, "дата", f"даты {EVIL}", me)
        review.dispute(edition, [mine], EVIL, other)
        decided(edition, "жирно", f"жирный {EVIL}", other)
        Desk(edition, document).add_line(0, f"вставка {EVIL}", me)
        moving.move(edition, document, "transcribed", me)
        suggesting.suggest(edition, library.listings(edition))
    return folder / "edition"


def drive(folder: Path, home: Path, visits: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[bytes, list[str]]:
    """Run the program on an edition in a terminal of 100 by 30: all it wrote, and the visits that led nowhere."""
    leader, follower = pty.openpty()
    env = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", "HOME": str(home), "LANG": "C.UTF-8"}
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench", "-C", str(folder), "--person", "А", "open", "1"],
        stdin=follower, stdout=follower, stderr=follower, env=env, close_fds=True, start_new_session=True,
    )  # fmt: skip
    os.close(follower)
    written = bytearray()

    def read(quiet: float, most: float) -> None:
        """Until nothing came for `quiet` seconds, `most` at the most."""
        end = time.monotonic() + most
        while time.monotonic() < end and select.select([leader], [], [], quiet)[0]:
            try:
                written.extend(os.read(leader, 65536))
            except OSError:
                return

    lost = []
    try:
        read(3, 30)
        for words, keys in visits:
            before = len(written)
            for key in keys:
                os.write(leader, key.encode())
                read(0.2, 3)
            if words.encode() not in written[before:]:
                lost.append(words)
        os.write(leader, b"\x11")  # Ctrl+Q
        read(1, 10)
        child.wait(20)
    finally:
        if child.poll() is None:
            child.kill()
        os.close(leader)
    return bytes(written), lost


def test_no_sequence_of_an_edition_reaches_the_terminal_on_any_screen(tmp_path: Path, own_home: Path) -> None:
    written, lost = drive(hostile_edition(tmp_path), own_home, VISITS)
    (tmp_path / "written").write_bytes(written)
    for sequence in (b"\x1b]0;stolen", b"stolen\x07", b"\x1b[31m", b"\x1bP+q", "\x9b".encode(), "\u202e".encode(),
                     "\u200b".encode()):  # fmt: skip
        at = written.find(sequence)
        assert at < 0, written[max(0, at - 160) : at + 20]
    assert b"[@click" in written.replace(b"\x1b[0m", b"")
    assert lost == []
