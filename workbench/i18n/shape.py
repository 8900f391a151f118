"""What the kinds of zones, their hands and the places where they are printed are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.i18n import N_, _

ZONES: Mapping[str, str] = {
    "letterhead": N_("letterhead"), "classification": N_("classification"), "return stamp": N_("return stamp"),
    "office number": N_("office number"), "copy number": N_("copy number"), "addressee": N_("addressee"),
    "salutation": N_("salutation"), "body": N_("body"), "closing": N_("closing"), "signature": N_("signature"),
    "dateline": N_("dateline"), "enclosure": N_("enclosure"), "resolution": N_("resolution"),
    "acknowledgement": N_("acknowledgement"), "dispatch note": N_("dispatch note"),
    "marginal note": N_("marginal note"), "folio": N_("folio"), "page number": N_("page number"),
    "running head": N_("running head"),
}  # fmt: skip
HANDS: Mapping[str, str] = {
    "print": N_("printed"), "type": N_("typed"), "ink": N_("in ink"), "pencil": N_("in pencil"),
    "unknown": N_("unknown"),
}  # fmt: skip
PLACES: Mapping[str, str] = {
    "here": N_("printed where it stands"), "above": N_("printed above the text"),
    "after": N_("printed after the signatures"), "out": N_("left out of the text"),
}  # fmt: skip
CERTAINTIES: Mapping[str, str] = {
    "high": N_("certainly"), "medium": N_("probably"), "low": N_("perhaps"),
}  # fmt: skip


def zone(data: Mapping[str, Any], place: str = "here") -> str:
    """A zone in words: its kind, hand, person and day, and where it is printed, if that is elsewhere."""
    parts = [_(ZONES.get(data["kind"], data["kind"]))]
    if data.get("hand") not in (None, "unknown"):
        parts.append(_(HANDS.get(data["hand"], data["hand"])))
    if data.get("person"):
        sure = data.get("person_certainty", "high")
        parts.append(f"{data['person']}{'' if sure == 'high' else ' (' + _(CERTAINTIES.get(sure, sure)) + ')'}")
    parts += [data["dated"]] if data.get("dated") else []
    if data.get("belongs"):
        return " · ".join([*parts, _("printed as a note upon its passage")])
    return " · ".join(parts + ([_(PLACES[place])] if place != "here" else []))
