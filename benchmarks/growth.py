"""What else could grow with a journal: what people ask of an edition, on one of a thousand entries and on a big one."""

from __future__ import annotations

SLOW = 1.0
"""Seconds after which somebody at a screen wants to see that something moves."""
