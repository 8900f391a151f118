"""Asking for the reason of a weighty decision: one key for the usual ones, or words of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import N_, _

if TYPE_CHECKING:
    from workbench.services.desk import Weighty
    from workbench.tui.app import WorkbenchApp

_TITLES: dict[Weighty, str] = {
    "source": N_("A fault with meaning: on what grounds?"),
    "unseen": N_("Nobody saw the page here: on what grounds?"),
    "earlier": N_("Somebody else decided otherwise here: on what grounds?"),
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


_GROUNDS = {"seen on the page": "page", "another place of the text has it so": "internal"}
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
