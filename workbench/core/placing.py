"""Where a zone is printed, by its kind, unless the house style says otherwise."""

from __future__ import annotations

from typing import Literal

Place = Literal["here", "above", "after", "out"]
"""Where a zone is printed: where it stands, above the text, after the signatures, or not at all."""

PLACING: dict[str, Place] = {
    "classification": "above",
    "return stamp": "after",
    "resolution": "after",
    "acknowledgement": "after",
    "dispatch note": "after",
    "marginal note": "after",
    "folio": "out",
    "page number": "out",
    "running head": "out",
}
"""Places by zone kind; a kind not listed is printed where it stands. A note upon a passage becomes a textual note."""
