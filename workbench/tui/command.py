"""What a command is: its keys on both layouts, those that a person moved it to, and how a key is printed.

Each letter key answers on the Latin and on the Russian layout: the twin of a key is the Cyrillic letter on the same
key. No command hangs on punctuation alone, for its place differs between layouts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_RUSSIAN = "йцукенгшщзфывапролдячсмить"
TWINS: dict[str, str] = dict(zip(_LATIN + _LATIN.upper(), _RUSSIAN + _RUSSIAN.upper(), strict=True))
"""Cyrillic letter by the Latin letter of the same key."""
_TWINS_OF = TWINS | {russian: latin for latin, russian in TWINS.items()}


@dataclass(frozen=True, slots=True)
class Command:
    id: str
    """Stable name, by which a keymap can move it."""
    keys: tuple[str, ...]
    """Keys in Textual's notation, the first one shown."""
    action: str
    title: str
    help: str
    group: str
    footer: str = ""
    """A word for the footer; empty keeps it out of there."""
    rank: int = 1
    """How early it gives way where the footer is short: the highest first, of one rank the last one in the table."""

    def binding(self) -> Binding:
        # What is reached through the palette alone is bound too, to no key there is, so that a keymap can give it one.
        keys = ",".join(with_twins(self.keys)) or f"no-key-{self.id}"
        return Binding(keys, self.action, self.title, show=False, id=self.id)


_moved: dict[str, tuple[str, ...]] = {}


def move(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Reach commands by other keys from now on, by their ids; the person's keymap, checked."""
    _moved.clear()
    _moved.update(keys)


def keys_of(command: Command) -> tuple[str, ...]:
    """The keys that reach a command now."""
    return _moved.get(command.id, command.keys)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """What a screen binds."""
    return [c.binding() for c in commands]


def with_twins(keys: Iterable[str]) -> list[str]:
    """Keys with their twins on the other layout, modifiers kept."""
    found: list[str] = []
    for key in keys:
        modifier, plus, letter = key.rpartition("+")
        twin = _TWINS_OF.get(letter)
        found += [key, modifier + plus + twin] if twin else [key]
    return list(dict.fromkeys(found))


def shown(key: str) -> str:
    """A key as help prints it."""
    names = {"enter": "Enter", "escape": "Esc", "tab": "Tab", "space": "Space", "pageup": "PgUp", "pagedown": "PgDn",
             "left": "←", "right": "→", "up": "↑", "down": "↓", "home": "Home", "end": "End",
             "backspace": "Bksp", "delete": "Delete"}  # fmt: skip
    modifier, plus, letter = key.rpartition("+")
    letter = names.get(letter, letter.upper() if letter.startswith("f") and letter[1:].isdigit() else letter)
    if modifier == "ctrl":
        return f"Ctrl+{letter.upper() if len(letter) == 1 else letter}"
    if modifier == "shift":
        return f"Shift+{letter}"
    return modifier + plus + letter
