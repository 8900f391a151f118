"""Suggesting: running the engine over texts, with what the edition knows, and keeping what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workbench.core.suggestion import Suggestion
from workbench.core.text import Text
from workbench.lexicon import Lexicon, open_lexicon
from workbench.services import library
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.store import entries, suggestions, texts
from workbench.suggest import Context, Engine, detect_language, words_of
