"""The snapshot that editors browse: its questions on a small edition, its words, and that nothing is written."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import someone
from tests.services.reviewed import TEXT, Reviewed, reviewed
from workbench.core.errors import EditionError, UsageError
from workbench.services import deciding, library
from workbench.services.browsing import browse_server, browsing, snapshot
from workbench.services.browsing.browse_queries import QUESTIONS
from workbench.services.browsing.browse_words import HIDDEN, TABLES
from workbench.services.clock import now
from workbench.services.document.desk import Desk
from workbench.services.edition import open_edition
from workbench.services.quality.statistics import statistics

ROOT = Path(__file__).parents[2]
NOW = "2026-01-31T09:00:00.000000Z"
HOSTILE = "<script>alert(1)</script>"

Rows = list[tuple[Any, ...]]
Ask = Callable[..., Rows]


@pytest.fixture
def worked(made_of: Callable[[str], Desk]) -> Reviewed:
    made = reviewed(made_of(TEXT))
    mark = {
        "act": "read", "transcript": "text0.txt", "start": 0, "end": TEXT.index("\n"), "hash": "?",
    }  # fmt: skip
    entry = deciding.record_all(made.edition, [mark], made.anna)[0]
    with made.edition.writing() as db:
        db.execute("INSERT INTO read_lines VALUES (?, 0, ?)", (entry.decision.text, entry.id))
    return made


@pytest.fixture
def folder(worked: Reviewed, tmp_path: Path) -> Path:
    return browsing.write(worked.edition, tmp_path / "out", NOW).parent


@pytest.fixture
def db(folder: Path) -> Iterator[sqlite3.Connection]:
    """The snapshot as Datasette opens it."""
    uri = f"{(folder / snapshot.SNAPSHOT).as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        yield connection


@pytest.fixture
def ask(db: sqlite3.Connection) -> Ask:
    """Asks a question by name for some of its columns."""

    def ask(name: str, *columns: str, **parameters: str) -> Rows:
        (question,) = [q for q in QUESTIONS if q.name == name]
        given = {p: parameters.get(p, "") for p in question.parameters}
        return db.execute(f"SELECT {', '.join(columns)} FROM ({question.sql})", given).fetchall()

    return ask


# the questions, each with what its title promises


def test_who_changed_what_since_a_date(ask: Ask, worked: Reviewed) -> None:
    everything = ask("changed-since", "seq", "person", "raw", "becomes", "state")
    assert len(everything) == 10 and everything[0][1:] == ("Редактор", "вишнн", "Вишни", "live")
    assert everything == sorted(everything, reverse=True), "the newest first"
    last = worked.by_quote["Павел"].time
    assert ask("changed-since", "raw", since=last) == [("вишнн",), ("Павел",)]
    assert ask("changed-since", "raw", since="2999") == []


def test_every_decision_touching_names_or_numbers(ask: Ask) -> None:
    """What was undone too. A word changed in small letters is none of them."""
    assert sorted(ask("names-and-numbers", "raw", "becomes", "state")) == [
        ("4.7", "4.I", "live"),
        ("4.7", "4.VII", "superseded"),
        ("Павел", "Петр", "reverted"),
        ("Смернов", "Смирнов", "live"),
        ("Тверн", "Твери", "live"),
        ("Яблонн", "Яблони", "live"),
        ("вишнн", "Вишни", "live"),
    ]


def test_what_was_decided_on_conjecture(ask: Ask) -> None:
    found = ask("on-conjecture", "person", "raw", "becomes", "certainty", "verdict")
    assert found == [("Борис", "Смернов", "Смирнов", "low", "disputed")]


def test_the_words_changed_most_often_and_to_what(made_of: Callable[[str], Desk], tmp_path: Path) -> None:
    """And how often the same words were left."""
    text = "сад сан сад сан сад сан луг\n"
    desk = made_of(text)
    edition = desk.edition
    anna = someone(desk, "Анна")
    spots = [i for i in range(len(text)) if text.startswith("сан", i)]
    asked: list[dict[str, Any]] = [
        {"act": "edit", "transcript": "text0.txt", "start": spots[0], "end": spots[0] + 3, "page": "сад"},
        {"act": "edit", "transcript": "text0.txt", "start": spots[1], "end": spots[1] + 3, "page": "сад"},
        {"act": "keep", "transcript": "text0.txt", "start": spots[2], "end": spots[2] + 3},
        {"act": "edit", "transcript": "text0.txt", "start": text.index("луг"), "end": len(text) - 1, "page": "лук"},
    ]
    deciding.record_all(edition, asked, anna)
    made = snapshot.take(edition, tmp_path / "most.db")
    (question,) = [q for q in QUESTIONS if q.name == "changed-most"]
    with closing(sqlite3.connect(made)) as db:
        rows = db.execute(f"SELECT raw, becomes, times, left_as_is FROM ({question.sql})").fetchall()
    assert rows == [("сан", "сад", 2, 1), ("луг", "лук", 1, 0)]


def test_approved_disputed_and_unreviewed_by_person(ask: Ask) -> None:
    columns = ("person", "standing", "approved", "disputed", "unreviewed", "overturned")
    assert ask("review-by-person", *columns) == [
        ("Анна", 4, 2, 0, 2, 1),
        ("Борис", 2, 0, 1, 1, 1),
        ("Редактор", 1, 0, 0, 1, 0),
    ]


def test_how_often_a_suggesters_proposals_are_accepted(ask: Ask, worked: Reviewed) -> None:
    """The figures of the statistics."""
    (row,) = statistics(worked.edition, library.listings(worked.edition)).suggesters
    (found,) = ask("suggesters", "suggester", "accepted", "edited", "kept", "open", "was_right", "said")
    assert found[:5] == ("t", row.accepted, row.edited, row.kept, row.open) == ("t", 2, 1, 1, 1)
    assert found[5:] == (pytest.approx(row.calibration.acceptance.value), pytest.approx(row.calibration.mean))


def test_disputes_and_their_reasons(ask: Ask) -> None:
    columns = ("disputed_by", "reason", "decided_by", "raw", "becomes", "state", "verdict")
    assert ask("disputes", *columns) == [
        ("Редактор", "в описи «Смернов»", "Борис", "Смернов", "Смирнов", "live", "disputed")
    ]


def test_batches_the_largest_first(ask: Ask) -> None:
    found = ask("batches", "batch", "decisions", "standing", "persons", "raw_words")
    assert found[0] == ("fruit", 2, 1, "Анна", 2)
    assert [row[1] for row in found] == sorted((row[1] for row in found), reverse=True)


def test_what_nobody_has_read(ask: Ask) -> None:
    """One line was read; the empty one does not wait for a reader."""
    assert ask("unread", "transcript", "line", "raw") == [
        ("text0.txt", n, TEXT.splitlines()[n - 1]) for n in (2, 3, 4, 6)
    ]
    assert len(ask("unread", "line", transcript="text0.txt")) == 4
    assert ask("unread", "line", transcript="other") == []
    assert ask("unread-by-transcript", "transcript", "lines", "unread") == [("text0.txt", 5, 4)]


def test_every_question_has_its_test() -> None:
    asked = Path(__file__).read_text("utf-8")
    assert [q.name for q in QUESTIONS if f'"{q.name}"' not in asked] == []


# the snapshot and its words


def test_every_table_and_column_has_its_words_or_is_hidden(db: sqlite3.Connection) -> None:
    names = {n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert names == TABLES.keys() | set(HIDDEN) and not TABLES.keys() & set(HIDDEN)
    for table, described in TABLES.items():
        columns = [row[1] for row in db.execute(f'PRAGMA table_xinfo("{table}")')]
        assert sorted(columns) == sorted(described.columns), table
        assert {described.more.get("sort", columns[0]), *described.more.get("facets", ())} <= set(columns)


def test_the_snapshot_says_of_each_decision_what_became_of_it(db: sqlite3.Connection, worked: Reviewed) -> None:
    query = "SELECT state, verdict, ended_by, overturned, answer, document, line FROM decisions WHERE entry = ?"

    def row(quote: str) -> tuple[Any, ...]:
        found: tuple[Any, ...] = db.execute(query, (worked.by_quote[quote].id,)).fetchone()
        return found

    assert row("Тверн") == ("live", "approved", None, 0, "accepted", "Письмо", 2)
    assert row("вишнн") == ("superseded", None, "Редактор", 1, "accepted", "Письмо", 3)
    assert row("Павел") == ("reverted", None, "Редактор", 1, None, "Письмо", 1)
    assert row("саде") == ("live", "unreviewed", None, 0, "kept", "Письмо", 2)


def test_the_edition_is_left_as_it_was_even_one_of_an_older_schema(tmp_path: Path) -> None:
    """Every question can be asked of it all the same."""
    folder = tmp_path / "own"
    folder.mkdir()
    shutil.copyfile(ROOT / "corrections.db", folder / "corrections.db")
    before = hashlib.sha256((folder / "corrections.db").read_bytes()).hexdigest()
    with open_edition(folder) as edition:
        made = browsing.write(edition, tmp_path / "out", NOW)
    assert hashlib.sha256((folder / "corrections.db").read_bytes()).hexdigest() == before
    assert [p.name for p in folder.iterdir()] == ["corrections.db"]
    assert sorted(p.name for p in made.parent.iterdir()) == [browsing.METADATA, snapshot.SNAPSHOT]
    with closing(sqlite3.connect(made)) as db:
        for question in QUESTIONS:
            db.execute(question.sql, dict.fromkeys(question.parameters, ""))
        assert db.execute("SELECT count(*) FROM decisions").fetchone() == (62,)


def test_nothing_is_overwritten(worked: Reviewed, folder: Path) -> None:
    with pytest.raises(EditionError, match="nothing is overwritten"):
        browsing.write(worked.edition, folder, NOW)
    (folder / browsing.METADATA).unlink()
    with pytest.raises(EditionError, match="nothing is overwritten"):
        browsing.write(worked.edition, folder, NOW)


def test_a_snapshot_that_fails_leaves_nothing(
    worked: Reviewed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(snapshot, "_add", fail)
    with pytest.raises(EditionError, match="disk is full"):
        snapshot.take(worked.edition, tmp_path / "full.db")
    assert not (tmp_path / "full.db").exists()


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse_server, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'ocr-workbench\[browse\]'"):
        browse_server.check_installed()


# the server


async def test_it_answers_to_its_own_address_only() -> None:
    """A page of the web whose name points to this machine is refused before Datasette hears of it."""
    asked: list[str] = []
    sent: list[Any] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope["type"])

    async def receive() -> None:
        return None

    async def send(message: Any) -> None:
        sent.append(message)

    guarded = browse_server.only_here(inner)
    for host in (b"127.0.0.1:80", b"localhost", b"archive.example", b""):
        await guarded({"type": "http", "headers": [(b"host", host)]}, receive, send)
    await guarded({"type": "lifespan"}, receive, send)
    assert asked == ["http", "http", "lifespan"]
    assert [m["status"] for m in sent if "status" in m] == [421, 421]


def test_it_listens_on_this_machine_alone() -> None:
    with browse_server.listen(0) as one:
        assert one.getsockname()[0] == "127.0.0.1"
        with pytest.raises(UsageError, match=r"cannot be used \([^()]+\); without --port a free one is found"):
            browse_server.listen(one.getsockname()[1])


@pytest.fixture
async def served(folder: Path) -> Any:
    pytest.importorskip("datasette")
    made = browse_server.datasette(folder / snapshot.SNAPSHOT)
    await made.invoke_startup()
    return made


async def test_pages_and_questions_are_answered_and_explained(served: Any, worked: Reviewed) -> None:
    page = unescape((await served.client.get("/snapshot")).text)
    assert f"{worked.edition.folder.name}</h1>" in page
    assert all(q.title in page for q in QUESTIONS) and "Decisions" in page
    table = await served.client.get("/snapshot/decisions")
    assert table.status_code == 200 and "another person ended it" in table.text
    for view in TABLES:
        assert (await served.client.get(f"/snapshot/{view}")).status_code == 200, view
    for question in QUESTIONS:
        answer = await served.client.get(f"/snapshot/{question.name}.json?_shape=array")
        assert answer.status_code == 200 and answer.json(), question.name


async def test_what_is_saved_is_whole_where_a_page_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page says that there is more; a table in a file could not."""
    pytest.importorskip("datasette")
    httpx = pytest.importorskip("httpx")
    monkeypatch.setitem(browsing.PAGES, "max_returned_rows", 3)
    transport = httpx.ASGITransport(app=browse_server.application(folder / snapshot.SNAPSHOT))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1/snapshot") as client:
        assert "returning more than 3 rows" in (await client.get("/changed-since")).text
        for saved in ("/changed-since.csv", "/decisions.csv?_size=max"):
            lines = (await client.get(saved)).text.splitlines()
            assert len(lines) == 1 + 10, saved


async def test_writing_is_refused(served: Any, folder: Path) -> None:
    before = (folder / snapshot.SNAPSHOT).read_bytes()
    for statement in ("delete from entries", "insert into heads values ('x')", "pragma user_version = 1", "vacuum"):
        assert (await served.client.get("/snapshot.json", params={"sql": statement})).status_code == 400
    assert (await served.client.post("/snapshot/disputes", data={})).status_code >= 400
    assert not served.get_database("snapshot").is_mutable
    assert (folder / snapshot.SNAPSHOT).read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == [browsing.METADATA, snapshot.SNAPSHOT]


async def test_what_a_text_or_a_title_says_is_never_run(made_of: Callable[[str], Desk], tmp_path: Path) -> None:
    pytest.importorskip("datasette")
    worked = reviewed(made_of(TEXT), title=HOSTILE)
    made = browsing.write(worked.edition, tmp_path / HOSTILE.replace("/", "_"), now())
    told = made.with_name(browsing.METADATA)
    words = json.loads(told.read_text("utf-8"))
    words["title"] = words["databases"]["snapshot"]["title"] = HOSTILE
    told.write_text(json.dumps(words), "utf-8")
    served = browse_server.datasette(made)
    await served.invoke_startup()
    for path in ("/", "/snapshot", "/snapshot/decisions", "/snapshot/documents", "/snapshot/changed-since"):
        assert HOSTILE not in (await served.client.get(path)).text
