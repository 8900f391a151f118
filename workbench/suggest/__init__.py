"""Text in context to ranked suggestions. Suggesters propose, persons decide."""

from workbench.suggest.engine import Engine, default_suggesters
from workbench.suggest.language import detect_language
from workbench.suggest.protocol import WORD, Context, Suggester

__all__ = ["WORD", "Context", "Engine", "Suggester", "default_suggesters", "detect_language"]
