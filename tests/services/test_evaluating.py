"""Evaluation: counts that a person can check by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.core.errors import UsageError
from workbench.core.suggestion import Candidate, Suggestion
from workbench.core.text import Text
from workbench.services.evaluation import evaluating
from workbench.services.evaluation.evaluating import Pair, evaluate, kind_of, pairs
from workbench.services.evaluation.evaluation_report import in_words

RAW = "Всем паргии и ‘ делам.\nОтвет ждем завтро.\n"
TRUTH = "Всем партии и делам.\nОтвет ждем завтра.\n"
ANSWERS = {"паргии": ("партии", 950_000), "Ответ": ("Отчет", 600_000), " ‘": ("", 920_000)}


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """A page with three errors, of which two are found and one right word is doubted."""

    def check_text(data: bytes, *, name: str, language: str | None) -> tuple[Text, tuple[Suggestion, ...], str]:
        content = data.decode()
        made = [
            Suggestion(
                start=content.index(quote), end=content.index(quote) + len(quote), quote=quote, kind="word",
                change="ocr", suggester="t", version="1", candidates=(Candidate(text=text, ppm=ppm),),
            )
            for quote, (text, ppm) in ANSWERS.items() if quote in content
        ]  # fmt: skip
        return Text(content=content, reader="plain"), tuple(sorted(made, key=lambda s: s.start)), "ru"

    monkeypatch.setattr(evaluating, "check_text", check_text)
    (tmp_path / "a.raw.txt").write_text(RAW, "utf-8")
    (tmp_path / "a.gt.txt").write_text(TRUTH, "utf-8")
    return Pair(name="a", raw=tmp_path / "a.raw.txt", truth=tmp_path / "a.gt.txt")


def test_counts_by_hand(pair: Pair) -> None:
    record = evaluate([pair], language="ru", threshold=0.9).record()
    units = len(" ".join(TRUTH.split()))
    assert record["places"] == 3
    assert record["precision"] == pytest.approx(2 / 3)
    assert record["recall"] == record["first"] == record["first_five"] == pytest.approx(2 / 3)
    assert record["cer"] == pytest.approx(4 / units)  # г, ‘ with its blank, о
    assert record["cer_after"] == pytest.approx(1 / units)
    assert record["better_same_worse"] == [1, 0, 0]
    assert record["alarms"] == pytest.approx(1000 / len(RAW.split()))
    assert {kind: n["places"] for kind, n in record["kinds"].items()} == {"letters": 2, "signs": 1}
    assert [cell["count"] for cell in record["calibration"]] == [0, 0, 0, 0, 0, 0, 1, 0, 0, 2]
    assert record["calibration_error"] == pytest.approx((0.6 + 2 - 1.87) / 3, abs=1e-6)


def test_a_threshold_that_accepts_a_wrong_answer_makes_it_worse(pair: Pair) -> None:
    low = evaluate([pair], language="ru", threshold=0.5).record()
    high = evaluate([pair], language="ru", threshold=1.0).record()
    assert low["cer_after"] > evaluate([pair], language="ru", threshold=0.9).record()["cer_after"]
    assert high["cer_after"] == high["cer"]


def test_intervals_are_drawn_over_documents_and_always_the_same(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "b.raw.txt").write_text(TRUTH, "utf-8")
    (tmp_path / "b.gt.txt").write_text(TRUTH, "utf-8")
    found = pairs(tmp_path, None)
    record = evaluate(found, language="ru", threshold=0.9).record()
    assert record == evaluate(found, language="ru", threshold=0.9).record()
    low, high = record["intervals"]["cer"]
    assert low <= record["cer"] <= high
    assert low == 0
    assert "2 documents" in in_words(record, 0.9)


def test_several_processes_give_the_same(tmp_path: Path) -> None:
    for name, raw in (("a", RAW), ("b", TRUTH), ("c", RAW.replace("завтро", "завтра"))):
        (tmp_path / f"{name}.raw.txt").write_text(raw, "utf-8")
        (tmp_path / f"{name}.gt.txt").write_text(TRUTH, "utf-8")
    found = pairs(tmp_path, None)
    one = evaluate(found, language="ru", threshold=0.9, jobs=1).record()
    assert one == evaluate(found, language="ru", threshold=0.9, jobs=2).record()


def test_folders_without_pairs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no pairs"):
        pairs(tmp_path, None)
    with pytest.raises(UsageError, match="needs a truth"):
        pairs(tmp_path / "a.txt", None)


@pytest.mark.parametrize(
    ("raw", "true", "kind"),
    [("вдом", "в дом", "space"), ("дом.", "дом", "signs"), ("Дом", "дом", "case"), ("ъь", "", "extra"),
     ("", "и", "missing"), ("19З4", "1934", "digits"), ("дам", "дом", "letters"), ("до м и", "дома", "words")],
)  # fmt: skip
def test_kinds_of_errors(raw: str, true: str, kind: str) -> None:
    assert kind_of(raw, true) == kind
