"""The journal as a file of lines: out and in again the same, and refused by its line where it was touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.workspace import fork, ids, make, projected, put, read, rebuilt, revert
from workbench.core.entry import entry_id
from workbench.core.errors import RefusedError
from workbench.services import persons
from workbench.services.edition import Edition
from workbench.store import entries, interchange, verify

TOUCHED = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def work(edition: Edition) -> None:
    """Two heads brought together, one more entry, one taken back, a person."""
    with edition.writing():
        persons.ensure(edition, "Анна Ивлева")
    put(edition, 0, 2, "X\n“\0\u2028")
    with fork(edition, edition.folder.parent / f"{edition.folder.name}-fork") as other:
        put(other, 11, 13, "Y", who="boris")
        put(edition, 11, 13, "Z")
        with edition.writing() as db:
            interchange.merge(db, other.db)
    revert(edition, {put(edition, 14, 16, "W", batch="one").id})


def take_in(edition: Edition, lines: list[str]) -> tuple[int, int]:
    found = interchange.read_lines(lines)
    with edition.writing() as db:
        return interchange.unite(db, *found)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A journal file."""
    with make(tmp_path_factory.mktemp("journal") / "edition") as edition:
        work(edition)
        return list(interchange.export_lines(edition.db))


def test_a_journal_out_and_in_is_the_same(edition: Edition, tmp_path: Path) -> None:
    """Ids, heads, conflicts, reading; and the lines written again are the lines that were read."""
    work(edition)
    lines = list(interchange.export_lines(edition.db))
    with make(tmp_path / "again") as again:
        assert take_in(again, lines) == (1, len(ids(edition.db)))
        assert ids(again.db) == ids(edition.db)
        assert entries.heads(again.db) == entries.heads(edition.db)
        assert projected(again.db)["conflicts"] == projected(edition.db)["conflicts"]
        assert read(again) == read(edition)
        assert list(interchange.export_lines(again.db)) == lines
        assert persons.everyone(again) == persons.everyone(edition)
        assert not list(verify.problems(again.db))
        assert projected(again.db) == rebuilt(again)


def test_a_journal_file_survives_the_line_ends_of_its_way(lines: list[str], tmp_path: Path) -> None:
    """Written to a file and split at newlines only, whatever the readings hold; blank lines do not count."""
    path = tmp_path / "journal.jsonl"
    path.write_text("\n".join(lines) + "\n\n", "utf-8")
    assert interchange.read_lines(path.read_text("utf-8").split("\n")) == interchange.read_lines(lines)


def test_a_journal_taken_in_twice_is_taken_in_once(edition: Edition) -> None:
    """Nothing is new the second time."""
    work(edition)
    before = projected(edition.db)
    assert take_in(edition, list(interchange.export_lines(edition.db))) == (0, 0)
    assert projected(edition.db) == before


def test_lines_may_come_in_any_order(lines: list[str], edition: Edition) -> None:
    """Parents need not come first."""
    assert take_in(edition, lines[::-1])[1] == len([line for line in lines if line.startswith('{"entry"')])
    assert not list(verify.problems(edition.db))


def test_lines_whose_parents_are_nowhere_are_refused(lines: list[str], edition: Edition) -> None:
    """A journal is closed under parents; the edition stays as it was."""
    first = next(n for n, line in enumerate(lines) if line.startswith('{"entry"'))
    before = projected(edition.db)
    with pytest.raises(RefusedError, match="which is in neither journal"):
        take_in(edition, lines[:first] + lines[first + 1 :])
    assert projected(edition.db) == before
    assert not persons.everyone(edition)


def test_the_newer_part_of_a_journal_is_enough(lines: list[str], edition: Edition) -> None:
    """Where the parents are here already, lines that follow them are taken in."""
    cut = len(lines) - 2
    take_in(edition, lines[:cut])
    assert take_in(edition, lines[cut:]) == (0, 2)
    assert not list(verify.problems(edition.db))


@TOUCHED
@given(st.data())
def test_a_line_changed_by_one_character_is_refused_by_its_number(lines: list[str], data: st.DataObject) -> None:
    """Whichever character of an entry it is; unless the line still says the same."""
    number = data.draw(st.sampled_from([n for n, line in enumerate(lines) if line.startswith('{"entry"')]))
    line = lines[number]
    at = data.draw(st.integers(0, len(line) - 1))
    new = data.draw(st.sampled_from(["", "x", "0", "7", '"', "\\", "}", " ", "е", "\ud800", line[at] * 2]))
    touched = line[:at] + new + line[at + 1 :]
    try:
        same = json.loads(touched) == json.loads(line)
    except ValueError:
        same = False
    if same:
        return
    with pytest.raises(RefusedError, match=f"^line {number + 1} "):
        interchange.read_lines([*lines[:number], touched, *lines[number + 1 :]])


@pytest.mark.parametrize(
    "line",
    [
        "no json", "5", "null", "[]", '"person"', "{}", '{"person": 5}', '{"person": {"id": "a"}}',
        '{"person": {"aliases": "[]", "id": "a", "name": null, "role": "r", "siglum": "A"}}',
        '{"person": {"aliases": "5", "id": "a", "name": "A", "role": "r", "siglum": "A"}}',
        '{"entry": "x"}', '{"entry": {"id": "x"}}',
        '{"entry": {"id": 5, "parents": [], "lamport": 1, "body": "{}"}}',
        '{"entry": {"id": "x", "parents": 5, "lamport": 1, "body": "{}"}}',
        '{"entry": {"id": "x", "parents": [5], "lamport": 1, "body": "{}"}}',
        '{"entry": {"id": "x", "parents": [], "lamport": "1", "body": "{}"}}',
        '{"entry": {"id": "x", "parents": [], "lamport": 1, "body": {}}}',
        '{"entry": {"id": "x", "parents": [], "lamport": 1, "body": "\\ud800"}}',
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused_by_its_line(line: str) -> None:
    """Never a crash, always the number of the line."""
    with pytest.raises(RefusedError, match=r"^line 2 "):
        interchange.read_lines(["", line])


@pytest.mark.parametrize("body", ["{}", "[]", "5", '{"act":"dance","person":"a","role":"r","time":"t"}'])
def test_an_entry_that_hashes_well_and_says_nothing_known_is_refused_by_its_line(body: str) -> None:
    """As a newer program might write it."""
    record = {"id": entry_id([], body), "parents": [], "lamport": 1, "body": body}
    with pytest.raises(RefusedError, match=r"^line 1 "):
        interchange.read_lines([json.dumps({"entry": record})])


def test_a_journal_refused_leaves_the_edition_as_it_was(edition: Edition, lines: list[str]) -> None:
    """The lines before the faulty one are not taken in either."""
    put(edition, 0, 2, "mine")
    before = list(interchange.export_lines(edition.db)), projected(edition.db)
    touched = lines[-1].replace('"lamport": ', '"lamport": 1')
    with pytest.raises(RefusedError, match=f"^line {len(lines)} .* has a wrong place in the order"):
        take_in(edition, [*lines[:-1], touched])
    assert (list(interchange.export_lines(edition.db)), projected(edition.db)) == before
