"""Files that are no transcripts: refused in one line that names them, and nothing else happens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.core.errors import UnreadableError
from workbench.readers import MAX_BYTES, encoding, read
from workbench.services import adding
from workbench.services.edition import Edition, init

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \r\n\t\n", "is empty"),
    "form feeds": (b"\f\n\f", "is empty"),
    "a mark and nothing": (b"\xef\xbb\xbf", "is empty"),
    "a mark and a line end": (b"\xef\xbb\xbf\r\n", "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a binary file"),
    "an archive": (b"PK\x03\x04\x14\0\x06\0", "is a binary file"),
    "control characters": (bytes(range(1, 32)) * 20, "is a binary file"),
    "a NUL far inside": ("слово ".encode() * 40_000 + b"\0", "is a binary file"),
    "half a code unit": (b"\xff\xfea", "begins as utf-16-le but is not"),
    "a mark that lies": (b"\xef\xbb\xbfabc\xff", "begins as utf-8 but is not"),
    "another alphabet at the end": ("Печь дымит, дров нет.\n".encode("cp1251") * 10_000 + b"\x98", "begins as cp1251"),
}


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[Edition]:
    with init(tmp_path / "edition") as made:
        yield made


def contents(edition: Edition) -> tuple[object, ...]:
    """All that a refused file could have left behind."""
    tables = ("transcripts", "texts", "entries", "suggestions")
    counts = [edition.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    files = sorted(path.name for path in edition.transcripts.iterdir()) if edition.transcripts.exists() else []
    return counts, files


@pytest.mark.parametrize("what", REFUSED)
def test_no_transcript_is_made_of_it(what: str) -> None:
    """The message is one line, begins with the name of the file and says what is wrong."""
    data, why = REFUSED[what]
    with pytest.raises(UnreadableError) as caught:
        read(data, name="scan 7.txt")
    message = str(caught.value)
    assert message.startswith(f"scan 7.txt {why}") and message.isprintable()


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_without_a_name_is_refused_in_a_whole_sentence(what: str) -> None:
    data, why = REFUSED[what]
    with pytest.raises(UnreadableError, match=f"^this file {why}"):
        read(data)


@pytest.mark.parametrize(
    ("data", "codec", "why"),
    [
        ("Печь".encode(), "ascii", "scan.txt is not ascii: "),
        (b"abc", "volapuk-8", "scan.txt is not volapuk-8: unknown encoding"),
        (b"abc", "hex", "scan.txt is not hex: "),
        (b"a\0b", "utf-8", "scan.txt is a binary file"),
        (b"+2AA-", "utf-7", "scan.txt holds the lone surrogate"),
    ],
)
def test_a_wrong_encoding_from_a_person_is_refused(data: bytes, codec: str, why: str) -> None:
    """It is never replaced by a guess, and no letter by a question mark."""
    with pytest.raises(UnreadableError) as caught:
        read(data, name="scan.txt", encoding=codec)
    assert str(caught.value).startswith(why) and str(caught.value).isprintable()


def test_an_unknown_reader_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnreadableError, match="no reader 'punched-cards'; known: plain, markdown"):
        read(b"abc", name="scan.txt", reader="punched-cards")


@pytest.mark.parametrize("broken", [b"\xff", b"\xd0", "ь".encode()[:1] + b"\n"])
def test_damaged_utf8_is_not_taken_for_an_old_encoding(broken: bytes) -> None:
    """A bad byte in good UTF-8 must not turn the whole file into nonsense without a word."""
    good = "Печь дымит, дров нет, учитель хворает.\n".encode() * 5
    with pytest.raises(UnreadableError, match="name one with --encoding"):
        read(good + broken + good, name="scan.txt")


def test_escape_sequences_are_text() -> None:
    """A terminal's colours in a file make it no binary: whoever shows the text makes them visible."""
    text = "цена \x1b[31m40\x1b[0m рублей\n"
    assert read(text.encode(), name="scan.txt").content == text


def test_too_many_bytes_are_refused_before_they_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_BYTES", 1_000)
    with pytest.raises(UnreadableError, match=r"^scan\.txt has 1,001 bytes, more than the 1,000 of one transcript$"):
        read(b"a" * 1_001, name="scan.txt")
    assert len(read(b"a" * 1_000, name="scan.txt").content) == 1_000


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_file_changes_nothing_in_the_edition(edition: Edition, tmp_path: Path, what: str) -> None:
    """Neither a row nor a copy in `transcripts/`; the file itself stays; the files beside it are added."""
    data, why = REFUSED[what]
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(data)
    before = contents(edition)
    (refused,) = adding.add(edition, [bad])
    assert (refused.outcome, refused.detail.startswith(f"bad.txt {why}")) == ("refused", True)
    assert contents(edition) == before
    assert bad.read_bytes() == data
    good.write_text("Печь дымит.\n", "utf-8")
    assert [a.outcome for a in adding.add(edition, [bad, good])] == ["refused", "added"]
    assert [path.name for path in edition.transcripts.iterdir()] == ["good.txt"]


def test_a_gigantic_file_is_refused_by_its_size_alone(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody reads it: a file with a hole is as large as it says."""
    huge = tmp_path / "huge.txt"
    huge.touch()
    os.truncate(huge, MAX_BYTES + 1)
    before = contents(edition)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} was read"))
    (refused,) = adding.add(edition, [huge])
    assert refused.outcome == "refused"
    assert refused.detail == f"huge.txt has {MAX_BYTES + 1:,} bytes, more than the {MAX_BYTES:,} of one transcript"
    assert contents(edition) == before


def test_a_file_that_the_system_keeps_closed_is_refused(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is the system's, in one line with the name of the file."""
    closed = tmp_path / "closed.txt"
    closed.write_text("Печь дымит.\n", "utf-8")
    before = contents(edition)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (refused,) = adding.add(edition, [closed])
    assert (refused.outcome, refused.detail) == ("refused", "closed.txt: Permission denied")
    assert contents(edition) == before
