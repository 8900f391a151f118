"""A keymap of one's own: which keys reach a command, from `keys.toml` in the user's configuration folder.

    [desk]
    keep = "k"
    next = ["n", "space"]

A name is a command's id. Each letter brings its twin on the other layout along. What cannot hold is left out and
named: an unknown command, a key that two commands of one screen would share, punctuation alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.core.errors import UnreadableError
from workbench.i18n import _
from workbench.services import places
from workbench.tui import commands
from workbench.tui.command import Command, with_twins
from workbench.tui.commands import SCREENS

_KEY = re.compile(r"(?:(?:ctrl|shift)\+)*(?:[^\W_]|[a-z]+\d*)")
_NAMED = frozenset(
    {"enter", "escape", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up",
     "down", "left", "right", *(f"f{n}" for n in range(1, 13))}
)  # fmt: skip


_TYPED = frozenset({"line", "find", "description"})
"""Where letters are text."""
PANE_KEYS = frozenset({"up", "down", "pageup", "pagedown", "home", "end", "ctrl+home", "ctrl+end"})
"""What the text, or the list of a screen, answers before any command is asked."""
_WITH_LISTS = frozenset(
    {
        "library",
        "series",
        "words",
        "diff",
        "printed",
        "checking",
        "breaks",
        "review",
        "history",
        "past",
        "board",
        "conflicts",
        "returned",
        "collate",
    }
)


def path() -> Path:
    return places.settings_file().with_name("keys.toml")


def read(file: Path) -> dict[str, tuple[str, ...]]:
    """Keys by command id; nothing where there is no file. Raises UnreadableError."""
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UnreadableError(_("{file}: {error}; the keys are as they come").format(file=file, error=error)) from error
    found: dict[str, tuple[str, ...]] = {}
    for group, entries in tables.items():
        for name, keys in entries.items() if isinstance(entries, dict) else ():
            found[f"{group}.{name}"] = tuple(map(str, keys)) if isinstance(keys, list) else (str(keys),)
    return found


def checked(wanted: Mapping[str, Sequence[str]]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """What of a keymap can hold, and what cannot, in words that name both sides."""
    known = {c.id: c for table in (*SCREENS.values(), commands.EVERYWHERE) for c in table}
    problems = [_("there is no command {name}").format(name=name) for name in wanted if name not in known]
    good: dict[str, tuple[str, ...]] = {}
    for name, keys in wanted.items():
        if name not in known:
            continue
        bad = [said for key in keys if (said := _wrong(known[name], key))] if keys else [_("no key is given")]
        problems += [f"{name}: {said}" for said in bad]
        if not bad:
            good[name] = tuple(keys)
    while clash := _clash(good):
        key, moved, other = clash
        del good[moved]
        said = _("{key} is wanted for {moved}, and reaches {other} already; {moved} stays where it was")
        problems.append(said.format(key=key, moved=moved, other=other))
    return good, problems


def _wrong(command: Command, key: str) -> str:
    """Why a key cannot reach a command; empty if it can."""
    letter = key.rpartition("+")[2]
    if not _KEY.fullmatch(key) or (len(letter) > 1 and letter not in _NAMED):
        return _("{key!r} is no key that every layout has").format(key=key)
    screen = command.id.partition(".")[0]
    if (
        screen in _TYPED
        and key not in command.keys
        and not (key.startswith("ctrl+") or letter[1:].isdigit() or letter == "escape")
    ):
        return _("{key!r} is typed there; take a function key, or one with ctrl").format(key=key)
    if screen != "page_image" and key in PANE_KEYS and key not in command.keys:
        return _("{key!r} moves in the text or the list").format(key=key)
    if screen in _WITH_LISTS and key == "enter" and key not in command.keys:
        return _("'enter' chooses in the list")
    return ""


def _clash(good: Mapping[str, Sequence[str]]) -> tuple[str, str, str] | None:
    """(key, moved command, other command) of the first two commands of one screen that would share a key."""
    for table in SCREENS.values():
        taken: dict[str, str] = {}
        # Those that stay where they are come first: one that is moved gives way.
        for command in sorted((*commands.EVERYWHERE, *table), key=lambda c: c.id in good):
            for key in with_twins(good.get(command.id, command.keys)):
                if key in taken and taken[key] != command.id and command.id in good:
                    return key, command.id, taken[key]
                taken.setdefault(key, command.id)
    return None
