"""Lines added at the desk: numbered among the rows, changed as decisions, printed, counted, found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.images.pages import saved
from tests.services.conftest import someone
from workbench.core.errors import RefusedError, UsageError
from workbench.services import adding, deciding, images, library, moments, printing, settings
from workbench.services.document import reading
from workbench.services.document.desk import Desk
from workbench.services.document.going import goto
from workbench.services.document.searching import Search
from workbench.services.edition import Edition, init
from workbench.services.reviewing import review
from workbench.services.words import words
from workbench.store import entries, texts, verify

Make = Callable[[str], Desk]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Desk]:
    """A document of one page image that no machine has read."""
    scan = saved(tmp_path / "leaf.png", bars=[(20, 40, 200, 12), (20, 80, 240, 12)])
    with init(tmp_path / "edition") as edition:
        assert [a.outcome for a in adding.add(edition, [scan])] == ["added"]
        yield Desk(edition, library.listings(edition)[0].id)


def shown(desk: Desk) -> list[str]:
    """The reading side of all rows."""
    return ["".join(s.text for s in row.reading) for row in desk.lines.rows(0, desk.lines.row_count)]


def exported(desk: Desk, moment: moments.Moment | None = None) -> str:
    style = settings.style(desk.edition)
    moment = moment or moments.present(desk.edition)
    printed = printing.printed(desk.edition, desk.document, "diplomatic", style, moment)
    return "\n\n".join(block.plain for block in printed.blocks)


def in_conflict(edition: Edition) -> bool:
    return bool(entries.in_conflict(edition.db))


def test_a_page_is_transcribed_from_its_image_alone(page: Desk) -> None:
    nina = someone(page)
    page.add_line(None, "Первая", nina)
    page.add_line(0, "Вторая\n\nЧетвертая", nina)
    assert shown(page) == ["Первая", "Вторая", "∅", "Четвертая"]
    assert [row.line for row in page.lines.rows(0, 4)] == [1, 2, 3, 4]
    assert exported(page) == "Первая\nВторая\n\nЧетвертая"
    (listed,) = library.listings(page.edition)
    assert (listed.lines, listed.decisions, listed.persons) == (4, 4, ("Нина Орлова",))
    assert list(verify.problems(page.edition.db)) == []


def test_lines_among_those_of_the_machine_move_the_rows_and_not_the_numbers(made_of: Make) -> None:
    desk = made_of("один\nдва\nтри\n")
    nina = someone(desk)
    desk.add_line(0, "полтора", nina)
    desk.add_line(3, "четыре", nina)
    desk.add_line(None, "ноль", nina)
    assert shown(desk) == ["ноль", "один", "полтора", "два", "три", "четыре"]
    assert [row.line for row in desk.lines.rows(0, 6)] == [0, 1, 0, 2, 3, 0]
    (row,) = texts.all_texts(desk.edition.db)
    assert [desk.lines.row_of(row.sha, offset) for offset in (0, 5, 9)] == [1, 3, 4]
    assert [desk.line_reading(n) for n in range(6)] == shown(desk)
    assert goto(desk.edition, desk.document, "2") == (row.sha, 5)
    assert shown(desk)[2:4] == [
        "".join(s.text for s in r.reading) for r in desk.lines.rows(2, 4)
    ]  # a range gives the same rows as the whole


def test_raw_lines_are_edited_and_read_as_before_beside_added_ones(made_of: Make) -> None:
    desk = made_of("один\nдба\nтри\n")
    nina = someone(desk)
    desk.add_line(0, "полтора", nina)
    desk.edit_line(2, "два", nina)
    assert shown(desk) == ["один", "полтора", "два", "три"]
    reading.mark_read(desk, 2, nina)
    assert [row.read for row in desk.lines.rows(0, 4)] == [False, True, True, False]
    assert reading.progress(desk) == reading.LinesRead(lines=4, read=2)
    assert [reading.next_unread(desk, row) for row in (-1, 0, 1)] == [0, 3, 3]
    assert reading.next_unread(desk, 3, backwards=True) == 0
    assert [reading.next_line(desk, row) for row in (-1, 0, 1, 2, 3)] == [0, 1, 2, 3, None]
    assert list(desk.decided_lines()) == [(1, "", "полтора"), (2, "дба", "два")]


def test_a_line_is_changed_broken_joined_and_taken_out_and_each_is_taken_back(page: Desk) -> None:
    nina = someone(page)
    page.add_line(None, "первая вторая", nina)
    page.edit_line(0, "первая\nвторая", nina)
    assert shown(page) == ["первая", "вторая"]
    page.join_line(1, nina)
    assert shown(page) == ["первая вторая"]
    page.edit_line(0, "первая вторая третья", nina)
    page.delete_line(0, nina)
    assert shown(page) == []
    for expected in (["первая вторая третья"], ["первая вторая"], ["первая", "вторая"], ["первая вторая"], []):
        page.undo(nina)
        page.lines.lay_out()
        assert shown(page) == expected
    page.redo(nina)
    page.lines.lay_out()
    assert shown(page) == ["первая вторая"]
    assert list(verify.problems(page.edition.db)) == []


@pytest.mark.parametrize(
    ("head", "tail", "joined"),
    [("сева яро-", "вых", "сева яро-вых"), ("сева ", "яровых", "сева яровых"), ("сева", " яровых", "сева яровых"),
     ("", "яровых", "яровых"), ("сева", "", "сева")],
)  # fmt: skip
def test_joined_lines_get_a_blank_between_them_only_where_two_words_would_become_one(
    page: Desk, head: str, tail: str, joined: str
) -> None:
    nina = someone(page)
    page.add_line(None, f"{head}\n{tail}", nina)
    page.join_line(1, nina)
    assert shown(page) == [joined]
    with pytest.raises(RefusedError, match="no line above"):
        page.join_line(0, nina)


def test_what_is_not_an_added_line_is_neither_taken_out_nor_joined(made_of: Make) -> None:
    desk = made_of("один\nдва\n")
    nina = someone(desk)
    desk.add_line(0, "полтора", nina)
    for act in (desk.delete_line, desk.join_line):
        with pytest.raises(RefusedError, match="raw text"):
            act(0, nina)
    with pytest.raises(RefusedError, match="was not added"):
        desk.join_line(1, nina)
    (place,) = desk.places(1)
    with pytest.raises(RefusedError, match="added here"):
        desk.note(place, "примечание", nina)


def test_a_line_that_somebody_else_changed_meanwhile_is_not_overwritten(page: Desk) -> None:
    nina, oleg = someone(page), someone(page, "Олег Белов")
    page.add_line(None, "строка", nina)
    page.point_at(page.place_at(0))
    other = Desk(page.edition, page.document)
    other.edit_line(0, "его", oleg)
    with pytest.raises(RefusedError, match="meanwhile"):
        page.edit_line(0, "её", nina, old="строка")
    page.lines.lay_out()
    with pytest.raises(RefusedError, match="meanwhile"):
        page.delete_line(0, nina)
    assert shown(page) == ["его"]


def test_added_lines_are_searched_counted_and_logged(made_of: Make) -> None:
    desk = made_of("один\nдва\n")
    nina = someone(desk)
    (made,) = desk.add_line(0, "рукопись архива", nina)
    found = Search(desk).next("архива", None)
    assert found is not None and desk.lines.row_of(found.text, found.start) == 1
    counted = words.count(desk.edition, library.listings(desk.edition))
    assert counted.words["архива"] == 1
    (logged,) = printing.log(desk.edition, desk.document, moments.present(desk.edition))
    assert (logged.act, logged.raw, logged.reading, logged.entry) == ("add_line", "", "рукопись архива", made.id)
    assert exported(desk) == "один\nрукопись архива\nдва"


def test_the_projection_gives_what_the_slow_replay_gives(made_of: Make) -> None:
    desk = made_of("один\nдва\n")
    nina = someone(desk)
    desk.add_line(0, "a\nb\nc", nina)
    desk.delete_line(2, nina)
    desk.edit_line(1, "A", nina)
    slow = moments.of_history(desk.edition, entries.history(desk.edition.db))
    assert exported(desk) == exported(desk, slow)


def test_a_line_of_a_document_that_was_split_belongs_to_one_of_the_two(made_of: Make) -> None:
    desk = made_of("один\nдва\n")
    nina = someone(desk)
    desk.add_line(0, "между", nina)
    (row,) = texts.all_texts(desk.edition.db)
    deciding.record_all(desk.edition, [{"act": "split", "transcript": row.sha, "start": 5}], nina)
    first, second = (Desk(desk.edition, d.id) for d in library.listings(desk.edition))
    assert (shown(first), shown(second)) == (["один"], ["между", "два"])
    assert (exported(first), exported(second)) == ("один", "между\nдва")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"page": "a\nb"}, "line end"),
        ({"page": "a", "class": "ocr"}, "takes a page"),
        ({"page": "a", "box": {"x": 1}}, "box"),
        ({}, "needs a page"),
    ],
)
def test_a_line_that_is_none_is_refused(made_of: Make, asked: dict[str, object], said: str) -> None:
    desk = made_of("один\n")
    (row,) = texts.all_texts(desk.edition.db)
    record = {"act": "add_line", "transcript": row.sha, "start": 5, "end": 5, "after": "", **asked}
    with pytest.raises((RefusedError, UsageError), match=said):
        deciding.record_all(desk.edition, [record], someone(desk))


def test_several_pictures_of_one_file_are_pages_of_one_document(tmp_path: Path) -> None:
    from tests.images.pages import paper

    path = tmp_path / "file.tif"
    paper().save(path, save_all=True, append_images=[paper((200, 200)), paper()])
    with init(tmp_path / "edition") as edition:
        assert [a.detail for a in adding.add(edition, [path])] == [
            "to be transcribed, 3 pages; image attached: file.tif"
        ]
        desk = Desk(edition, library.listings(edition)[0].id)
        nina = someone(desk)
        (row,) = texts.all_texts(edition.db)
        for page, at in enumerate(row.page_starts):
            line = {"act": "add_line", "transcript": row.sha, "start": at, "end": at, "after": ""}
            deciding.record_all(edition, [{**line, "page": f"с. {page}"}], nina)
            found = images.line_image(edition, row.sha, at, box=None, nth=0, length=1)
            assert found is not None and (found.page, found.frame) == (page, page)
        desk.lines.lay_out()
        assert [r for r in shown(desk) if r] == ["с. 0", "с. 1", "с. 2"]
        assert exported(desk) == "с. 0\n\nс. 1\n\nс. 2"


def test_two_images_without_words_are_two_texts_and_one_is_known_again(tmp_path: Path) -> None:
    one, two = saved(tmp_path / "1.png"), saved(tmp_path / "2.png", bars=[(1, 1, 5, 5)])
    with init(tmp_path / "edition") as edition:
        outcomes = [a.outcome for a in adding.add(edition, [one, two, one])]
        assert outcomes == ["added", "added", "known"]
        assert len({t.sha for t in texts.all_texts(edition.db)}) == 2
        assert list(verify.problems(edition.db)) == []


def test_of_a_folder_only_the_images_are_taken_when_they_are_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    saved(folder / "1.png")
    (folder / "notes.txt").write_text("слова", "utf-8")
    with init(tmp_path / "edition") as edition:
        outcomes = {a.path.name: a.outcome for a in adding.add(edition, [folder], reader="image")}
        assert outcomes == {"1.png": "added", "notes.txt": "passed-over"}


def test_an_added_line_is_reviewed_amended_and_shown_where_it_is_on_the_page(page: Desk) -> None:
    nina, lev = someone(page), someone(page, "Лев Орлов")
    (first,) = page.add_line(None, "Первая", nina, box={"x": 20, "y": 40, "width": 200, "height": 12})
    edition, listings = page.edition, library.listings(page.edition)
    assert [item.value for item in review.waiting(edition, listings, person=lev)] == ["Первая"]
    amended = review.amend(edition, first, "Первая строка", "так на листе", lev)
    again = review.amend(edition, amended, "Первая же строка", "так на листе", nina)
    assert [item.value for item in review.items(edition, listings)] == ["Первая же строка"]
    page.lines.lay_out()
    assert shown(page) == ["Первая же строка"]
    for entry in (first, amended, again):
        found = images.of_entry(edition, entry)
        assert found is not None and (found.line.x, found.line.y) == (20, 40) and not found.estimated
