"""Surveying on the command line: statistics, and browsing a snapshot."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from time import sleep
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.cli.program import PERSON, about, decide, done, one_line, process, run
from workbench.cli.common import bar_beside_rows, draws, print_json, progress_bar


def test_statistics_count_what_survived_review(edition: Path) -> None:
    (entry,) = decide(about("Тверн", page="Твери"))
    done("--person", "Редактор", "review", "approve", entry)
    (record,) = done("statistics", "--json").records
    assert [(r["name"], r["judged"], r["survived"], r["survival"]) for r in record["persons"]] == [(PERSON, 1, 1, 1.0)]
    assert record["persons"][0]["survival_interval"][0] < 0.3
    assert [r["survival"] for r in record["documents"]] == [None, 1.0]
    assert "100% (21% to 100%) of 1" in done("statistics", "letter").out
    assert done("statistics", "bill", "--json").records[0]["total"]["decisions"] == 0


def test_statistics_as_a_page(edition: Path) -> None:
    ran = done("statistics", "--html", "page.html")
    assert "page.html" in ran.err and ran.out.startswith("Documents")
    assert (edition / "page.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(("terminal", "encoding", "drawn"), [
    (True, "UTF-8", True), (True, "utf8", True), (True, "ANSI_X3.4-1968", False), (True, "cp1251", False),
    (False, "UTF-8", False),
])  # fmt: skip
def test_bars_are_drawn_where_the_terminal_can(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, encoding: str, drawn: bool
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    monkeypatch.setattr("locale.getencoding", lambda: encoding)
    assert draws() is drawn


def test_statistics_of_a_document_that_is_not_there(edition: Path) -> None:
    ran = run("statistics", "nothing")
    assert ran.code == 2 and "'nothing'" in one_line(ran)


# browsing


def test_a_snapshot_is_written_without_a_server(edition: Path) -> None:
    ran = done("browse", "--write", "out")
    assert ran.out == "out/snapshot.db\n" and "datasette serve --immutable" in ran.err
    assert sorted(p.name for p in (edition / "out").iterdir()) == ["metadata.json", "snapshot.db"]
    again = run("browse", "--write", "out")
    assert again.code == 3 and "nothing is overwritten" in one_line(again)
    assert sorted(p.name for p in edition.iterdir() if p.is_file()) == [
        ".gitattributes",
        ".gitignore",
        "corrections.db",
    ]


def test_without_the_extra_browsing_says_what_to_install(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.services.browsing.browse_server.find_spec", lambda _: None)
    ran = run("browse", "--no-open")
    assert ran.code == 2 and "pip install 'ocr-workbench[browse]'" in one_line(ran)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_browsing_ends_cleanly_and_leaves_nothing(edition: Path, here: Path, ending: signal.Signals) -> None:
    pytest.importorskip("datasette")
    temporary = here / "temporary"
    temporary.mkdir()
    running = process("browse", "--no-open", env={"TMPDIR": str(temporary)})
    assert running.stdout is not None
    url = running.stdout.readline().decode().strip()
    assert url.startswith("http://127.0.0.1:")
    with urlopen(f"{url}/review-by-person.json", timeout=20) as answer:
        assert json.load(answer)["ok"]
    with pytest.raises(HTTPError, match="400"):
        urlopen(f"{url}?sql=selct", timeout=20)
    assert len(list(temporary.iterdir())) == 1
    running.send_signal(ending)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 0, err.decode()
    assert err.decode().splitlines()[1:] == ["ended; the snapshot is removed"]
    assert out == b"", "a mistyped query is answered in the browser alone"
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("terminal", [True, False])
def test_rows_that_nobody_sees_have_a_bar_beside_them(
    edition: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    """On a terminal they are seen themselves."""
    told: list[tuple[int, int]] = []

    @contextmanager
    def bar(words: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda done, total: told.append((done, total))

    monkeypatch.setattr("workbench.cli.common.progress_bar", bar)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    with bar_beside_rows("listing") as seen:
        seen(0, 1)
    assert told == ([] if terminal else [(0, 1)])
    told.clear()
    done("list")
    done("board")
    assert told == [(0, 2), (1, 2)] * 2


def test_rows_go_where_they_would_go_without_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bar appears by itself, and must not draw what is written meanwhile to its own terminal."""

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    monkeypatch.setattr("workbench.cli.common.PATIENCE", 0.01)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("listing") as bar:
        while "listing" not in terminal.getvalue():
            sleep(0.01)
        bar(1, 2)
        print_json({"number": 1})
    assert capsys.readouterr().out == '{"number": 1}\n'
    assert "number" not in terminal.getvalue()
