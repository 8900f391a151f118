"""What comes from elsewhere and is not sound is refused by name, at every entrance, and nothing is changed.

A table of things that are wrong, each made from a copy of the edition in which somebody worked on, and the entrances:
merging a folder, a file or a bundle, git's merge driver, a journal file, and opening itself.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import about, decide, done, lines, one_line, run
from tests.store.workspace import as_before
from workbench.core.entry import canonical, entry_id
from workbench.services.edition import DATABASE, open_edition
from workbench.store import connection, schema

Spoil = Callable[[Path], None]
"""Does something to the folder of an edition."""


@pytest.fixture
def copy(edition: Path, here: Path) -> Path:
    """A copy in which somebody decided, and added a transcript."""
    decide(about("Дорогой", "keep"))
    copy = Path(shutil.copytree(edition, here / "copy"))
    (here / "card.txt").write_text("Поздравляю с праздником.\n", "utf-8")
    done("-C", copy, "add", here / "card.txt")
    done("-C", copy, "--person", "Илья Гончар", "decide", stdin=lines([about("Тверн", page="Твери")]))
    return copy


@pytest.fixture
def untouched(edition: Path, copy: Path) -> Iterator[Path]:
    """The edition, which has to be the same bytes afterwards, with nothing beside it and no file more."""
    before = content(edition)
    yield edition
    assert content(edition) == before


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# what is wrong


def bytes_of(data: bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / DATABASE).write_bytes(data)

    return spoil


def cut(share: float) -> Spoil:
    """Only the beginning is left."""

    def spoil(folder: Path) -> None:
        data = (folder / DATABASE).read_bytes()
        (folder / DATABASE).write_bytes(data[: int(len(data) * share)])

    return spoil


def sql(*statements: str, guards: bool = True) -> Spoil:
    """Change it as somebody would who knows SQLite, guards put back."""

    def spoil(folder: Path) -> None:
        with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as db:
            kept = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in kept:
                db.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                db.execute(statement)
            for _, made in kept if guards else ():
                db.execute(made)

    return spoil


def seal(**values: Any) -> Spoil:
    """Append an entry that has its hash and its place, and says this."""
    body = {"act": "keep", "person": "p", "role": "r", "time": "2090-01-01T00:00:00.000000Z"} | values
    return lambda folder: append(folder, canonical({k: v for k, v in body.items() if v is not None}))


def append(folder: Path, body: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as db:
        head, lamport = db.execute("SELECT id, lamport FROM entries JOIN heads ON entry = id").fetchone()
        new = entry_id([head], body)
        row = (new, head, lamport + 1, body)
        db.execute("INSERT INTO entries (id, parents, lamport, body) VALUES (?, ?, ?, ?)", row)
        db.execute("UPDATE heads SET entry = ?", (new,))


def raw(body: str) -> Spoil:
    return lambda folder: append(folder, body)


def foreign(folder: Path) -> None:
    (folder / DATABASE).unlink()
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        db.execute("CREATE TABLE notes (body TEXT)")


def of_another_edition(folder: Path) -> None:
    shutil.rmtree(folder)
    done("init", folder)
    (folder.parent / "note.txt").write_text("Записка.\n", "utf-8")
    done("-C", folder, "add", folder.parent / "note.txt")
    done("-C", folder, "decide", stdin='{"act":"keep","transcript":"note.txt","start":0,"end":7}\n')


def missing(folder: Path) -> None:
    (folder / DATABASE).unlink()


def a_folder(folder: Path) -> None:
    (folder / DATABASE).unlink()
    (folder / DATABASE).mkdir()


def a_circle_of_links(folder: Path) -> None:
    (folder / DATABASE).unlink()
    (folder / DATABASE).symlink_to(folder / "other")
    (folder / "other").symlink_to(folder / DATABASE)


LAST = "(SELECT max(seq) FROM entries)"
WHEN = ',"time":"2090-01-01T00:00:00.000000Z"}'
SPAN = {"text": "0" * 64, "start": 0, "end": 1, "quote": "x"}

NO_DATABASE: dict[str, tuple[Spoil, str]] = {
    "missing": (missing, "there is no corrections.db"),
    "a folder": (a_folder, "corrections.db"),
    "links in a circle": (a_circle_of_links, "there is no corrections.db"),
    "no bytes": (bytes_of(b""), "not one of the workbench"),
    "a text": (bytes_of(b"a letter, not a database\n" * 99), "not a database"),
    "random bytes": (bytes_of(random.Random(1).randbytes(20_000)), "not a database"),
    "zeros": (bytes_of(bytes(8192)), "corrections.db"),
    "cut in its first page": (cut(0.004), "corrections.db"),
    "of another program": (foreign, "not one of the workbench"),
    "of a newer program": (
        sql("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('workbench', 'm999', '')"),
        "m999",
    ),
}  # fmt: skip
"""Refused by whoever opens it."""

UNSOUND: dict[str, tuple[Spoil, str]] = {
    "cut in the middle": (cut(0.5), ""),
    "of another edition": (of_another_edition, "another edition"),
    "an entry changed": (
        sql(f"UPDATE entries SET body = replace(body, 'Твери', 'Твёри') WHERE seq = {LAST}"), "hash of its content",
    ),
    "an entry of somebody else": (
        sql(f"UPDATE entries SET body = json_set(body, '$.person', 'x') WHERE seq = {LAST}"), "hash of its content",
    ),
    "an entry moved": (sql(f"UPDATE entries SET lamport = lamport + 1 WHERE seq = {LAST}"), "wrong place"),
    "a place of 10^18": (sql(f"UPDATE entries SET lamport = 1000000000000000000 WHERE seq = {LAST}"), "wrong place"),
    "an entry deleted": (sql(f"DELETE FROM entries WHERE seq = {LAST} - 1"), "lacks the entry"),
    "no heads": (sql("DELETE FROM heads"), "heads of the other journal"),
    "older heads": (
        sql(f"UPDATE heads SET entry = (SELECT id FROM entries WHERE seq = {LAST} - 1)"), "heads of the other journal",
    ),
    "heads that are not there": (sql("INSERT INTO heads VALUES ('x')"), "lacks the entry"),
    "bytes of a transcript changed": (
        sql("UPDATE transcripts SET bytes = CAST('x' AS BLOB) WHERE name = 'card.txt'"), "not those that were received",
    ),
    "a transcript gone": (
        sql("PRAGMA foreign_keys = OFF", "DELETE FROM transcripts WHERE name = 'card.txt'"),
        "not those that were received",
    ),
    "a transcript that leads elsewhere": (
        sql("UPDATE transcripts SET name = '../../stolen.txt' WHERE name = 'card.txt'"), "described as none can be",
    ),
    "an image that leads elsewhere": (
        sql("INSERT INTO images SELECT sha256, 0, 'x', '../../stolen.png', 0, 1, 1, 't' FROM texts LIMIT 1"),
        "not in the folder",
    ),
    "an image of no size": (
        sql("INSERT INTO images SELECT sha256, 0, 'x', 'a.png', 0, 'wide', 1, 't' FROM texts LIMIT 1"), "is no int",
    ),
    "a witness changed": (
        sql("INSERT INTO witnesses SELECT sha256, 'x', 'w', CAST('x' AS BLOB), 'x', 't' FROM texts LIMIT 1"),
        "not those that were received",
    ),
    "a name that is a blob": (sql("INSERT INTO authorities VALUES (x'00', 'person', '', '')"), "is no str"),
    "a person without words": (sql("UPDATE persons SET aliases = '5' WHERE name LIKE 'Илья%'"), "person"),
    "a table that is a view": (
        sql("ALTER TABLE texts RENAME TO texts_", "CREATE VIEW texts AS SELECT * FROM texts_"), "its table",
    ),
    "a column more": (sql("ALTER TABLE transcripts ADD COLUMN more TEXT"), "its table transcripts"),
    "an unknown act": (seal(act="dance"), "there is no act 'dance'"),
    "a body that is a list": (raw('["time","2090-01-01T00:00:00.000000Z"]'), "cannot be read"),
    "a body with blanks": (
        raw('{"act": "approve", "person": "p", "role": "r", "time": "2090-01-01T00:00:00.000000Z"}'), "not written as",
    ),
    "a key twice": (
        raw('{"act":"dispute","act":"approve","person":"p","role":"r"' + WHEN), "not written as",
    ),
    "a body as deep as a well": (raw('{"act":"approve","data":' + '{"a":' * 900 + "1" + "}" * 900 + WHEN), ""),
    "a floating point number": (raw('{"act":"comment","data":{"body":1.5},"person":"p","role":"r"' + WHEN), "floating"),
    "a field that nobody knows": (seal(**SPAN, colour="red"), "cannot be read"),
    "no person": (seal(**SPAN, person=None), "it has no person"),
    "no time": (seal(**SPAN, time=None), "it has no time"),
    "a time that is none": (seal(**SPAN, time="tomorrow"), "time is of no kind"),
    "a span beyond all texts": (seal(**SPAN | {"start": 2**60, "end": 2**60 + 1}), "of no kind"),
    "a span that is text": (seal(**SPAN | {"start": "0", "end": "1"}), "cannot be read"),
    "a quote of another length": (seal(**SPAN | {"quote": "long"}), "not as long"),
    "a page that is a number": (seal(**SPAN | {"act": "edit"}, page=5), "page is of no kind"),
    "superseding by a word": (seal(**SPAN, supersedes="x"), "supersedes is of no kind"),
    "a note that is a list": (seal(**SPAN | {"act": "textual_note"}, data={"body": []}), "body is of no kind"),
    "a description that is a word": (
        seal(act="describe", data={"document": "x", "fields": "y"}), "fields is of no kind",
    ),
    "cuts that are words": (
        seal(act="rebase", data={"document": "x", "old": "y", "new": "z", "cuts": ["a"]}), "cuts is of no kind",
    ),
    "a word without its document": (seal(act="word", data={"word": "x", "scope": "document"}), "names it"),
    "a suggestion that is a word": (seal(**SPAN, suggestion="x"), "suggestion is of no kind"),
}  # fmt: skip
"""Opened, and refused when it is looked at."""

BAD = NO_DATABASE | UNSOUND


# entrances


def by_folder(bad: Path) -> list[object]:
    return ["merge", bad]


def by_file(bad: Path) -> list[object]:
    return ["merge", bad / DATABASE]


def by_bundle(bad: Path) -> list[object]:
    return ["merge", zipped(bad)]


def by_git(bad: Path) -> list[object]:
    return ["merge-driver", DATABASE, bad / DATABASE]


def zipped(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                archive.write(one, one.relative_to(folder.parent))
    return path


@pytest.mark.parametrize("entrance", [by_folder, by_file, by_git])
@pytest.mark.parametrize("wrong", BAD, ids=str)
def test_what_is_wrong_is_refused_by_name(
    untouched: Path, copy: Path, wrong: str, entrance: Callable[[Path], list[object]]
) -> None:
    """By the file and the reason; the own database is the same file as before, and so is the other."""
    spoil, reason = BAD[wrong]
    spoil(copy)
    before = content(copy)
    ran = run(*entrance(copy))
    said = one_line(ran)
    assert ran.code in (1, 3) and "copy" in said and reason in said, said
    assert content(copy) == before
    assert not (untouched.parent.parent / "stolen.txt").exists()


@pytest.mark.parametrize("wrong", sorted(UNSOUND.keys() | {"missing", "a text", "of a newer program"}))
def test_a_bundle_taken_back_that_is_not_sound_is_refused(untouched: Path, copy: Path, wrong: str) -> None:
    spoil, reason = BAD[wrong]
    spoil(copy)
    ran = run(*by_bundle(copy))
    said = one_line(ran)
    assert ran.code in (1, 3) and (reason in said or "there is no corrections.db in it" in said), said
    assert "copy.zip" in said or DATABASE in said


@pytest.mark.parametrize("wrong", NO_DATABASE, ids=str)
@pytest.mark.parametrize("words", [["status"], ["browse", "--write", "out"], ["merge", "."]])
def test_what_is_no_edition_is_not_opened(copy: Path, wrong: str, words: list[str]) -> None:
    spoil, reason = NO_DATABASE[wrong]
    spoil(copy)
    before = content(copy)
    ran = run("-C", copy, *words)
    said = one_line(ran)
    assert ran.code == 3 and "copy" in said, said
    assert reason in said or "there is no edition" in said
    assert content(copy) == before


@pytest.mark.parametrize("words", [["list"], ["verify"], ["verify", "--full"], ["browse", "--write", "out"], ["log"]])
def test_an_edition_that_is_cut_is_refused_in_words(copy: Path, words: list[str]) -> None:
    """Whatever the damage is met by, the file is named and stays as it is."""
    for share in (0.3, 0.5, 0.8):
        cut(share)(copy)
        before = content(copy)
        ran = run("-C", copy, *words)
        assert ran.code in (3, 5), ran
        assert "corrections.db" in ran.err.splitlines()[-1] and ran.err.splitlines()[-1].startswith("workbench: ")
        assert content(copy) == before


# archives


@pytest.mark.parametrize("content_", [b"", b"PK\3\4 and no more", b"no archive at all"])
def test_a_bundle_that_is_no_archive_is_refused(untouched: Path, here: Path, content_: bytes) -> None:
    (here / "odd.zip").write_bytes(content_)
    assert "odd.zip is no bundle" in one_line(run("merge", here / "odd.zip"))


def test_an_archive_cut_short_or_of_something_else_is_refused(untouched: Path, copy: Path, here: Path) -> None:
    whole = zipped(copy).read_bytes()
    middle = bytearray(whole)
    middle[200:400] = bytes(200)
    (here / "cut.zip").write_bytes(whole[: len(whole) // 2])
    (here / "hole.zip").write_bytes(middle)
    with zipfile.ZipFile(here / "notes.zip", "w") as archive:
        archive.writestr("notes.txt", "x")
    for name in ("cut.zip", "hole.zip", "notes.zip"):
        assert f"{name} is no bundle" in one_line(run("merge", here / name))


def test_a_path_that_leads_out_of_an_archive_leads_nowhere(untouched: Path, here: Path) -> None:
    with zipfile.ZipFile(here / "out.zip", "w") as archive:
        archive.writestr("../../stolen.txt", "x")
        archive.writestr("edition/corrections.db", b"")
    assert run("merge", here / "out.zip").code
    assert not list(here.parent.rglob("stolen.txt"))


# journal files


@pytest.fixture
def journal(copy: Path) -> list[str]:
    return done("-C", copy, "journal", "export").out.splitlines()


def record(**values: Any) -> str:
    body = canonical({"act": "approve", "person": "p", "role": "r", "time": "2090-01-01T00:00:00.000000Z"} | values)
    return json.dumps({"entry": {"id": entry_id([], body), "parents": [], "lamport": 1, "body": body}})


DEEP = '{"entry": ' + "[" * 100_000


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is no record"), ("5", "is no record"), (DEEP, "is no record"),
        (record(act="dance"), "there is no act 'dance'"), (record(time="x"), "time is of no kind"),
        (record().replace('"lamport": 1', '"lamport": 2'), "wrong place in the order"),
        (record().replace('"lamport": 1', '"lamport": true'), "no place in the order"),
        (record().replace('"lamport": 1', '"lamport": 1e400'), ""),
        (record().replace("2090", "2091"), "hash of its content"),
        ('{"person": {"aliases": "[5]", "id": "a", "name": "A", "role": "r", "siglum": "A"}}', "is no record"),
    ],
)  # fmt: skip
def test_a_journal_file_is_refused_by_its_line(
    untouched: Path, journal: list[str], here: Path, line: str, reason: str
) -> None:
    """Nothing of it is taken, also what came before."""
    (here / "journal.jsonl").write_text("\n".join([*journal, line]) + "\n", "utf-8")
    said = one_line(run("journal", "import", here / "journal.jsonl"))
    assert f"{here / 'journal.jsonl'}: line {len(journal) + 1} of the journal file" in said and reason in said


def test_a_journal_file_without_its_beginning_is_refused(untouched: Path, journal: list[str], here: Path) -> None:
    (here / "journal.jsonl").write_text(journal[-1] + "\n", "utf-8")
    said = one_line(run("journal", "import", here / "journal.jsonl"))
    assert "journal.jsonl: " in said and "which is in neither journal" in said and "nothing of it was taken" in said


def test_what_is_no_text_is_no_journal_file(untouched: Path, copy: Path, here: Path) -> None:
    said = one_line(run("journal", "import", copy / DATABASE))
    assert "corrections.db: it is no journal file" in said
    assert "standard input: it is no journal file" in one_line(run("journal", "import", stdin=b"\xff"))


def test_entries_that_stand_twice_in_a_file_are_taken_once(edition: Path, journal: list[str], here: Path) -> None:
    (here / "journal.jsonl").write_text("\n".join([*journal, *journal]) + "\n", "utf-8")
    assert "took in 2 entries" in done("journal", "import", here / "journal.jsonl").err
    assert done("verify", "--full").code == 0


# what is not wrong


def test_doctored_projections_of_another_copy_change_nothing_here(edition: Path, copy: Path) -> None:
    """Only what was recorded and received is taken; what follows from it is made here."""
    sql(
        "UPDATE standing SET live = 0, effective = 0", "DELETE FROM links", "DELETE FROM conflicts",
        "DELETE FROM reach", "DELETE FROM documents", "DELETE FROM stretches", "DELETE FROM read_lines",
        "INSERT INTO markup SELECT id, 0, 10, 'escape', 'Проклинаю' FROM texts WHERE length < 40",
        "UPDATE lines SET start = start + 1 WHERE line > 0",
    )(copy)  # fmt: skip
    done("merge", copy)
    assert "из Твери" in done("show", "letter").out
    assert done("show", "card", "--text", "raw").out == "Поздравляю с праздником.\n"
    assert "Проклинаю" not in done("show", "card").out
    assert done("verify", "--full").code == 0


def test_a_link_to_another_copy_is_as_good_as_the_copy(edition: Path, copy: Path, here: Path) -> None:
    (here / "link").symlink_to(copy)
    (here / "file.db").symlink_to(copy / DATABASE)
    assert "merged 2 entries" in done("merge", here / "file.db").err
    assert "merged 0 entries" in done("merge", here / "link").err


def test_the_edition_by_another_name_is_itself(untouched: Path, here: Path) -> None:
    (here / "link.db").symlink_to(untouched / DATABASE)
    os.link(untouched / DATABASE, here / "hard.db")
    for name in ("link.db", "hard.db"):
        ran = run("merge", here / name)
        assert ran.code == 2 and "with itself" in one_line(ran)
    (here / "hard.db").unlink()


def test_a_copy_that_somebody_keeps_to_himself_is_said(
    untouched: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 50)
    with closing(sqlite3.connect(copy / DATABASE, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        ran = run("merge", copy)
        assert ran.code == 4 and "copy/corrections.db is kept by" in one_line(ran)


def test_a_wal_that_is_not_the_copy_s_is_not_replayed(untouched: Path, copy: Path, here: Path) -> None:
    """It might be that of another edition, left by a checkout."""
    stranger = Path(shutil.copytree(copy, here / "stranger"))
    with closing(sqlite3.connect(stranger / DATABASE, isolation_level=None)) as other:
        other.execute("PRAGMA user_version = 7")
        (copy / f"{DATABASE}-wal").write_bytes((stranger / f"{DATABASE}-wal").read_bytes())
    before = content(copy)
    said = one_line(run("merge", copy))
    assert "corrections.db-wal does not belong to" in said
    assert content(copy) == before


def test_an_edition_of_an_older_program_is_not_brought_up_to_date_for_nothing(
    edition: Path, copy: Path, here: Path
) -> None:
    """What is refused leaves it as it was, its schema too."""
    with open_edition(edition) as newer:
        older = as_before(newer, here / "older", knowing=schema.KNOWN[:-1])
    shutil.copyfile(older / DATABASE, edition / DATABASE)
    before = content(edition)
    UNSOUND["an entry changed"][0](copy)
    for words in (["merge", copy], ["merge-driver", DATABASE, copy / DATABASE]):
        assert "hash of its content" in one_line(run(*words))
        assert content(edition) == before
