"""The words of the program in a person's language. Messages are their own English; gettext catalogues hold the others.

`_` looks a message up, `ngettext` one that counts, `N_` marks a message that is looked up later. The language is chosen
once, at the start, by `use`; until then everything is English.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from workbench.core.errors import WorkbenchError
from workbench.core.words import N_

__all__ = ["LANGUAGES", "N_", "_", "in_words", "ngettext", "use"]

LANGUAGES = ("en", "ru")
"""What the interface speaks; English needs no catalogue."""

_LOCALE = Path(__file__).parent / "locale"
_current: gettext.NullTranslations = gettext.NullTranslations()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("workbench", _LOCALE, languages=[language], fallback=True)


def use(language: str) -> None:
    """Speak this language from now on; one that has no catalogue is English."""
    global _current  # noqa: PLW0603  what the whole interface speaks is one thing
    _current = gettext.NullTranslations() if language == "en" else _catalogue(language)


def _(message: str) -> str:
    """The message in the language in use; an empty one stays empty, or the catalogue's header would be shown."""
    return _current.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form for a count; `{count}` in it is the caller's to fill in."""
    return _current.ngettext(one, many, count)


def quoted(words: str) -> str:
    """Words in the marks of quotation of the language in use."""
    return _("“{words}”").format(words=words)


def in_words(error: object) -> str:
    """What an error says, in the language in use where its message is in the catalogues; other values as they are."""
    if not isinstance(error, WorkbenchError):
        return str(error)
    if not error.fields:
        return _(error.message)
    fields = {name: in_words(value) if isinstance(value, Exception) else value for name, value in error.fields.items()}
    return _(error.message).format(**fields)
