"""The clock of the services: UTC, in the notation of the journal."""

from __future__ import annotations

from datetime import UTC, datetime

FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""Of the times that entries carry."""


def now() -> str:
    """The time as entries carry it: `2026-01-31T09:00:00.000000Z`."""
    return f"{datetime.now(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"  # as FORMAT, but quicker


def stamp() -> str:
    """The time as file names carry it: `20260131T090000`."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
