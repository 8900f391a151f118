"""Word lists: is this a word, how common is it, what is near it."""

from workbench.lexicon.protocol import Lexicon
from workbench.lexicon.registry import languages, open_lexicon

__all__ = ["Lexicon", "languages", "open_lexicon"]
