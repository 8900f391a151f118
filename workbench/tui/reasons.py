"""Asking for the reason of a weighty decision: one key for the usual ones, or words of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import N_, _

if TYPE_CHECKING:
    from workbench.services.document.desk import Weighty
    from workbench.tui.app import WorkbenchApp

_TITLES: dict[Weighty, str] = {
    "source": N_("A fault with meaning: on what grounds?"),
    "unseen": N_("Nobody saw the page here: on what grounds?"),
    "earlier": N_("Somebody else decided or approved otherwise: on what grounds?"),
}
_USUAL: dict[Weighty, tuple[str, ...]] = {
    "source": (N_("so in the document"), N_("another place of the text has it right"), N_("after a publication")),
    "unseen": (N_("the sense asks for it"), N_("another place of the text has it so"), N_("after a publication")),
    "earlier": (
        N_("a slip of the earlier decision"),
        N_("seen on the page"),
        N_("another place of the text has it so"),
    ),
}


_ON_THE_PAGE: tuple[tuple[str, str], ...] = (
    ("ocr", N_("“{new}”: the machine misread it")), ("slip", N_("“{old}”, a slip without meaning")),
    ("source", N_("“{old}”, a fault with meaning")),
)  # fmt: skip


async def ask_what_the_page_has(app: WorkbenchApp, old: str, new: str) -> str | None:
    """The class of a change by what the person sees on the page; None when left."""
    from workbench.tui.choosing import Choose

    options = [(name, _(words).format(old=old, new=new)) for name, words in _ON_THE_PAGE]
    return await app.push_screen_wait(Choose(_("What does the page have?"), options))


_GROUNDS = {"seen on the page": "page", "another place of the text has it so": "internal",
            "after a publication": "external"}  # fmt: skip
"""What a usual reason says of the ground."""


def ground_of(reason: str) -> str:
    """The ground that a usual reason names; empty of any other words."""
    return next((ground for words, ground in _GROUNDS.items() if _(words) == reason), "")


async def ask_reason(app: WorkbenchApp, why: Weighty) -> str | None:
    """The reason in words; None when the person left."""
    from workbench.tui.asking import Ask
    from workbench.tui.choosing import Choose

    options = [(_(words), _(words)) for words in _USUAL[why]]
    chosen = await app.push_screen_wait(Choose(_(_TITLES[why]), [*options, ("", _("in words of my own …"))]))
    if chosen == "":
        return await app.push_screen_wait(Ask(_("Why?")))
    return chosen
