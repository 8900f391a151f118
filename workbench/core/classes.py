"""What kind of change a decision is, what it rests on, how sure the person is: three different things."""

from __future__ import annotations

from typing import Literal, get_args

PageClass = Literal["ocr", "unseen"]
"""`ocr`: the machine misread. `unseen`: a misreading or the document's own fault, nobody has seen the page."""

ReadingClass = Literal["slip", "source", "supply", "expand", "normalise", "layout"]
"""What the reading text changes that the page has: a fault without or with meaning, something lacking, an abbreviation,
a house rule, the mechanics of lines and pages."""

Ground = Literal["page", "witness", "internal", "external", "conjecture"]
Certainty = Literal["high", "medium", "low"]

PAGE_CLASSES: tuple[str, ...] = get_args(PageClass)
READING_CLASSES: tuple[str, ...] = get_args(ReadingClass)
GROUNDS: tuple[str, ...] = get_args(Ground)
CERTAINTIES: tuple[str, ...] = get_args(Certainty)


def touches_meaning(quote: str, value: str) -> bool:
    """May this difference touch a name, a number or a date? True for any digit, fraction, numeral or capital in it.

    The careful answer: a word that only begins its sentence counts as a name too.
    """
    return any(c.isnumeric() or c.isupper() or c.istitle() for c in quote + value)
