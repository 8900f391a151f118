"""Where a user's own things are kept: settings, state and caches, never in the edition."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import platformdirs

from workbench.i18n import LANGUAGES

APP = "ocr-workbench"


def settings_file() -> Path:
    return Path(platformdirs.user_config_dir(APP)) / "settings.toml"


def state_folder(edition: Path) -> Path:
    """The user's state about one edition, by the edition's path."""
    name = hashlib.sha256(str(edition.resolve()).encode()).hexdigest()[:16]
    return Path(platformdirs.user_state_dir(APP)) / name


def user_settings() -> dict[str, Any]:
    """The user's settings; empty when there are none or they cannot be read."""
    try:
        return tomllib.loads(settings_file().read_text("utf-8"))
    except (OSError, ValueError):  # no TOML, or not even UTF-8
        return {}


def set_user_setting(key: str, value: str) -> None:
    """Keep one setting. The file holds plain `key = "value"` lines, which JSON strings are."""
    settings = user_settings() | {key: value}
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} = {json.dumps(v, ensure_ascii=False)}" for name, v in sorted(settings.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")


USER_SETTINGS: dict[str, tuple[str, ...]] = {
    "person": (), "language": LANGUAGES, "measure": ("off", "on"), "learn": ("on", "off"),
    "images": ("auto", "kitty", "sixel", "halfblocks", "off"), "key": (), "signers": (),
}  # fmt: skip
"""A user's own settings with the values that they can have; none: any."""


def image_setting() -> str:
    """How page images are shown; `auto` where the user says nothing that is known."""
    said = user_settings().get("images")
    return str(said) if said in USER_SETTINGS["images"] else "auto"


def language() -> str:
    """The language of the interface: the user's setting, else the locale's, else English."""
    known = USER_SETTINGS["language"]
    said = user_settings().get("language")
    if said in known:
        return str(said)
    locale = next((v for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(name))), "")
    return next((code for code in known if locale.lower().startswith(code)), "en")


def read_state(edition: Path, name: str) -> dict[str, Any]:
    """A small record of the user's state; empty when there is none."""
    try:
        found = json.loads((state_folder(edition) / f"{name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_state(edition: Path, name: str, record: dict[str, Any]) -> None:
    """Keep a record; where the state folder cannot be written it is simply not kept."""
    try:
        folder = state_folder(edition)
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f"{name}.json.part"
        partial.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        partial.replace(folder / f"{name}.json")
    except OSError:
        return
