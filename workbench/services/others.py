"""What others decide while one works: entries that came into the database by another connection."""

from __future__ import annotations

from workbench.core.entry import Entry
from workbench.services.edition import Edition
from workbench.store import entries


class Others:
    """Asks, often and cheaply (some microseconds), whether anybody else wrote."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._version = self._data_version()
        self._last = entries.last_seq(edition.db)

    def _data_version(self) -> int:
        # It changes with every commit of another connection, never with one's own; within a read it stands still.
        return int(self._edition.db.execute("PRAGMA data_version").fetchone()[0])

    def news(self) -> list[Entry] | None:
        """Entries since the last question, one's own among them; None where nobody else wrote anything."""
        version = self._data_version()
        if version == self._version:
            return None
        self._version = version
        found = list(entries.since(self._edition.db, self._last))
        self._last = entries.last_seq(self._edition.db)
        return found
