"""Whatever evidence the program gives can be said, in both languages and with all that it tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import workbench
from workbench.core.suggestion import Evidence
from workbench.i18n import LANGUAGES
from workbench.i18n.evidence import EVIDENCE, words


def given() -> Iterator[tuple[str, frozenset[str]]]:
    """Each code in the program's own code, with the names of what it tells."""
    for path in sorted(Path(workbench.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "Evidence.of"):
                continue
            code = node.args[0]
            for one in (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,):
                if isinstance(one, ast.Constant):  # else it was read from a record, which was given here once
                    yield str(one.value), frozenset(str(k.arg) for k in node.keywords)


GIVEN = sorted(set(given()), key=lambda pair: pair[0])


def told(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize(("code", "params"), GIVEN, ids=[code for code, _ in GIVEN])
def test_evidence_is_said_in_every_language(code: str, params: frozenset[str]) -> None:
    """With no gap: the sentence asks for nothing that the evidence does not tell, and leaves nothing out but lists."""
    assert code in EVIDENCE
    values = {name: f"<{name}>" for name in params}
    for language in LANGUAGES:
        sentence = words(Evidence.of(code, **values), language)
        assert sentence != code and "…" not in sentence
    assert told(EVIDENCE[code][0]) == told(EVIDENCE[code][1])


def test_nothing_is_in_the_catalogue_that_nobody_says() -> None:
    assert EVIDENCE.keys() == {code for code, _ in GIVEN}


def test_a_sentence_of_another_version_is_said_as_far_as_it_goes() -> None:
    assert words(Evidence.of("confusion", wrong="и")) == "the machine often reads и for …"
    assert words(Evidence.of("seen-in-a-dream", word="х"), "ru") == "seen-in-a-dream"


def test_braces_in_a_document_are_no_templates() -> None:
    assert "{word}" in words(Evidence.of("unknown-word", word="{word}"))
