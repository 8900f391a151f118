"""Benchmarks: the pages are the same everywhere, all tools go through one scorer, tables hold what was measured."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from benchmarks import bench, peers, speed, synthetic, tables
from benchmarks.peers import Peer
from benchmarks.quality import Measured, PageSet, measured, sets
from benchmarks.speed import Cost, Timed
from benchmarks.tables import Result
from workbench.core.text import Text

TRUTH = "Всем партии и делам.\nОтвет ждем завтра.\n"
RAW = "Всем паргии и делам.\nОтвет ждем завтро.\n"
KNOWN = {"Всем", "делам", "Ответ"}
ANSWERS = {"паргии": ["партии", "паргии", "парки"], "завтро": ["завтрак", "завтра"], "ждем": []}


def ask(word: str) -> list[str] | None:
    return None if word in KNOWN else ANSWERS[word]


STUB = Peer(name="stub", version="1", ask=ask)


@pytest.fixture
def pages(tmp_path: Path) -> PageSet:
    """A page with two errors."""
    folder = tmp_path / "ru-letters"
    folder.mkdir()
    (folder / "a.raw.txt").write_text(RAW, "utf-8")
    (folder / "a.gt.txt").write_text(TRUTH, "utf-8")
    (found,) = sets([tmp_path])
    return found


def test_synthetic_pages_are_the_same_whatever_order_sets_have() -> None:
    code = "from benchmarks.synthetic import spoiled; print(ascii(spoiled('шила в мешке не утаишь, ' * 90, 'x', 3.0)))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1


def test_synthetic_pages_are_spoiled_by_seed_and_severity(tmp_path: Path) -> None:
    assert synthetic.spoiled(TRUTH * 9, "a", 2.0) != synthetic.spoiled(TRUTH * 9, "b", 2.0)
    made = sets(synthetic.write(tmp_path))
    assert [(s.language, len(s.pages), s.synthetic) for s in made] == [("en", 3, True), ("ru", 3, True)]
    for pages in made:
        rates = {
            Path(page.name).name.partition(".")[0]: measured(
                "none", lambda text: (), replace(pages, pages=(page,)), clock=iter(range(99)).__next__
            ).record["cer"]
            for page in pages.pages
        }
        assert 0 < rates["light"] < rates["medium"] < rates["heavy"] < 0.12


def test_a_peer_is_scored_as_the_engine_is_and_timed_by_the_clock(pages: PageSet) -> None:
    ticks = count(0.0, 0.25)
    found = measured("stub", STUB.suggest, pages, clock=lambda: next(ticks))
    assert found.record["precision"] == pytest.approx(2 / 3)  # ждем is doubted for nothing
    assert found.record["recall"] == 1
    assert (found.record["first"], found.record["first_five"]) == (0.5, 1)
    assert found.record["cer_after"] == found.record["cer"] / 2  # завтрак is as far from the truth as завтро
    assert (found.seconds, found.speed) == (0.25, 28)


def test_a_peer_never_proposes_the_word_itself_and_is_asked_once_about_each() -> None:
    asked: list[str] = []

    def counting(word: str) -> list[str] | None:
        asked.append(word)
        return ["партии", word, "партии"]

    made = Peer(name="stub", version="1", ask=counting).suggest(Text(content="паргии и паргии", reader="plain"))
    assert [(s.start, [c.text for c in s.candidates]) for s in made] == [(0, ["партии"]), (9, ["партии"])]
    assert asked == ["паргии"]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that answers as hunspell does, with a dictionary of one language."""
    script = tmp_path / "hunspell"
    script.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "print('@(#) Ispell (but really Hunspell 9.9.9)', flush=True)\n"
        "answers = {'a': '*', 'вагон': '+ x', 'ъъ': '# ъъ 1',\n"
        "           'северно-заподный': '*\\n& заподный 2 9: западный, запасный'}\n"
        "for line in sys.stdin if sys.argv[-1] == 'qq_QQ' else ():\n"
        "    print(answers[line[1:].strip()], end='\\n\\n', flush=True)\n",
        "utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")


@pytest.mark.usefixtures("program")
def test_answers_of_hunspell_are_read_by_part() -> None:
    peer = peers.hunspell("qq")
    assert peer is not None
    assert peer.version == "9.9.9"
    assert peer.ask("вагон") is None
    assert peer.ask("ъъ") == []
    assert peer.ask("северно-заподный") == ["северно-западный", "северно-запасный"]
    assert peer.ask("вагон") is None
    assert peers.hunspell("zz") is None


def test_lines_without_a_program_or_a_list_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert peers.hunspell("yy") is None
    assert peers.symspell("yy") is None


@pytest.fixture
def result(pages: PageSet) -> Result:
    """Measured with a clock of our own, so that each figure is known."""
    ticks = count(0.0, 0.5)
    ours = measured("workbench", lambda text: (), pages, clock=lambda: next(ticks))
    slow = Measured(tool="stub", record=ours.record | {"f1": 0.4321, "better_same_worse": [3, 1, 4]}, seconds=3.5)
    shapes = (
        Timed(shape="short", characters=1000, words=10, seconds=0.1),
        Timed(shape="long", characters=2000, words=20, seconds=0.7),
    )
    return Result(
        pages=pages, cost=Cost(start=0.31, peak=321.0), ours=ours, hunspell=slow, symspell=None, lookups=140.0,
        shapes=shapes,
    )  # fmt: skip


def row(text: str, start: str) -> list[str]:
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {start} "))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_tables_hold_what_was_measured(result: Result) -> None:
    found = tables.quality([result])
    assert "0.432" in found
    assert "3/1/4" in found
    assert "symspellpy is left out" in found
    assert "Hunspell is left out" not in found
    assert row(tables.speed([result]), "ru-letters")[1:] == ["7", "14", "2", "7.0", "140", "10.0", "0.31", "321"]
    assert row(tables.lengths([result]), "ru")[-3:] == ["0.10", "100.00", "1.00"]
    assert "| 0.70 | 350.00 | 3.50 |" in tables.lengths([result])


def test_a_bound_is_judged_by_the_worst_set(result: Result) -> None:
    other = replace(result, pages=replace(result.pages, name="ru-other"), cost=Cost(start=0.6, peak=90.0))
    found = tables.speed([result, other])
    assert row(found, "seconds to start, at most")[2:] == ["0.60", "ru-other", "**no**"]
    assert row(found, "MB, at most")[2:] == ["321.00", "ru-letters", "**no**"]
    assert row(found, "times hunspell, at least")[-1] == "yes"
    without = replace(result, hunspell=None, lookups=None)
    assert "times hunspell, at least" not in tables.speed([without])


def test_pages_that_the_prior_saw_and_made_up_ones_are_marked(result: Result) -> None:
    assert "In-sample" not in tables.quality([result])
    assert "Synthetic" not in tables.quality([result])
    seen = replace(result, pages=replace(result.pages, name="ru-typed"))
    made_up = replace(result, pages=replace(result.pages, name="ru-synthetic"))
    found = tables.quality([seen, made_up])
    assert "| ru-typed † |" in found
    assert "| ru-synthetic ‡ |" in found
    assert "In-sample" in found
    assert "Synthetic" in found


def test_lengths_double_and_odd_texts_have_no_lines() -> None:
    first, second, third, *odd = (text for _, text in speed.shapes(["раз два три.", "четыре пять и шесть "]))
    assert [first, second] == ["раз\nчетыр", "раз дв\nчетыре пят"]
    assert len(third) == 12 + 20 + 1
    assert [len(text.split()) == 1 for text in odd] == [True, True, False]
    assert all("\n" not in text for text in odd)


def test_tables_go_between_the_markers_and_nowhere_else() -> None:
    page = bench.TARGET.read_text("utf-8")
    once = bench.put(page, "| 1 |")
    assert bench.put(once, "| 2 |") == once.replace("| 1 |", "| 2 |")
    assert page.partition("<!--")[0] == once.partition("<!--")[0]
    with pytest.raises(ValueError, match="write between"):
        bench.put("nothing", "| 1 |")
