"""One engine for all: opening its lexicons costs more than reading with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.core.suggestion import Suggestion
from workbench.core.text import Text
from workbench.lexicon import open_lexicon
from workbench.suggest import Context, Engine

Look = Callable[..., tuple[Suggestion, ...]]


@pytest.fixture(scope="session")
def look() -> Look:
    """Suggestions for a plain text in a language."""
    engine = Engine()

    def looked(content: str, language: str = "ru", **more: object) -> tuple[Suggestion, ...]:
        text = Text(content=content, reader="plain")
        return engine.suggest(Context(text=text, lexicon=open_lexicon(language), **more))  # type: ignore[arg-type]

    return looked
