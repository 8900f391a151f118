"""Errors of recognition with what the page had: the first candidate of the suggestion over the place."""

from __future__ import annotations

import pytest

from tests.suggest.conftest import Look

ERRORS = [
    # letters of one shape, one for one
    ("Совещание прошло в январс месяце.", "январс", "январе"),
    ("Всем райкомам паргии и профсоюзам.", "паргии", "партии"),
    ("Выполнение плана хлебозагогозок в области.", "хлебозагогозок", "хлебозаготовок"),
    ("Председатель колхоза лоложил собранию.", "лоложил", "доложил"),
    ("Направляем вам слисок членов артели.", "слисок", "список"),
    # one for two, two for one
    ("Работа вьіполнена в срок.", "вьіполнена", "выполнена"),
    # Latin among Cyrillic
    ("Прошу выcлать дело.", "выcлать", "выслать"),
    # specks and signs
    ("Решение принято. ‘ Следующий вопрос о севе.", " ‘", ""),
    ("Это сделано в срок, ° и больше не повторится.", " °", ""),
    ("Собрание ^ постановило уволить сторожа.", " ^", ""),
    ("Товарищ ‘Петров доложил о севе.", "‘", ""),
    # words run together
    ("Приказано явиться вечеромна собрание всех членов.", "вечеромна", "вечером на"),
    # Roman months
    ("Письмо от 18/ХП-1933 года получено.", "ХП", "XII"),
    ("Арестован 7/УШ-1937 года.", "УШ", "VIII"),
    # initials
    ("Присутствовали: Петров А.0., Сидоров.", "0", "О"),
]


@pytest.mark.parametrize(("text", "wrong", "right"), ERRORS, ids=[wrong.strip() for _, wrong, _ in ERRORS])
def test_the_first_candidate_is_what_the_page_had(look: Look, text: str, wrong: str, right: str) -> None:
    start = text.index(wrong)
    found = [s for s in look(text) if s.start <= start and start + len(wrong) <= s.end]
    assert found, "nothing is suggested here"
    (one,) = found
    made = text[: one.start] + one.candidates[0].text + text[one.end :]
    assert made == text[:start] + right + text[start + len(wrong) :]


CLEAN = [
    "Председатель колхоза доложил собранию о ходе весеннего сева. Постановили: принять к сведению.",
    "Приказ № 15 от 3 марта 1934 г.: явиться в 10 час. утра. Т. т. Иванов и Петров отсутствуют.",
    "В 1921-22 г.г. служил на мельнице, затем выбыл в г. Тверь. Член РКП(б) с 1919 г.",
    "гр-н Сидоров А. П., 1888 г. р., ур. д. Боровое",
]


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_text_is_left_alone(look: Look, text: str) -> None:
    assert [(s.quote, s.candidates[:1]) for s in look(text) if s.change != "layout"] == []


def test_a_number_with_a_letter_read_as_digits_is_shown_with_its_other_place(look: Look) -> None:
    """Only where the rest is the same: two numbers that share little are two numbers."""
    text = "Отношение № К5081. Копия к делу.\nСм. № 115081 и № 5082, а также № 9081."
    (one,) = [s for s in look(text) if s.kind == "variant"]
    assert (one.quote, one.candidates[0].text, one.change) == ("115081", "К5081", "unseen")


def test_a_word_that_a_person_accepted_is_no_longer_doubted(look: Look) -> None:
    text = "Член артели хрымзюков доложил о делах."
    assert [s.quote for s in look(text)] == ["хрымзюков"]
    assert look(text, accepted_words=frozenset({"хрымзюков"})) == ()


def test_nothing_is_proposed_where_a_person_said_quiet(look: Look) -> None:
    text = "Всем райкомам паргии и профсоюзам."
    start = text.index("паргии")
    assert look(text, quiet_spans=((start, start + 6),)) == ()


def test_what_persons_found_is_learnt(look: Look) -> None:
    """An unlisted confusion that was corrected often enough leads to the right word."""
    text = "Он отправил домой пижьмо."
    before = [c.text for s in look(text) for c in s.candidates]
    learnt = look(text, confusions={"ж": {"с": 40.0}}, decided={"ж": 60.0})
    assert learnt[0].candidates[0].text == "письмо"
    chance = {c.text: c.ppm for c in learnt[0].candidates}["письмо"]
    assert "письмо" not in before or chance > {c.text: c.ppm for s in look(text) for c in s.candidates}["письмо"]


def test_the_page_shows_its_own_confusions(look: Look) -> None:
    """A machine that reads o for e all over the page is understood from the page itself."""
    words = "tho mombors of tho committoo woro askod to comploto thoir roports boforo tho noxt mooting of tho board"
    found = {s.quote: s.candidates[0].text for s in look((words + ". ") * 4, "en") if s.candidates}
    right = {"mombors": "members", "woro": "were", "askod": "asked", "thoir": "their", "boforo": "before"}
    assert {wrong: found.get(wrong) for wrong in right} == right


def test_older_spellings_are_no_errors(look: Look) -> None:
    text = "Онъ пріѣхалъ въ городъ и увидѣлъ новаго начальника, который сидѣлъ за столомъ и читалъ письмо."
    assert [s.quote for s in look(text, "ru-petr1708")] == []
    assert len(look(text, "ru")) > 3
