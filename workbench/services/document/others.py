"""What others write while one works: entries and suggestions that came into the database by another connection."""

from __future__ import annotations

from workbench.core.entry import Entry
from workbench.services.edition import Edition
from workbench.store import entries, suggestions


class Others:
    """Asks, often and cheaply (some microseconds), whether anybody else wrote."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._version = self._data_version()
        self._last = self._written()

    def _data_version(self) -> int:
        # It changes with every commit of another connection, never with one's own; within a read it stands still.
        return int(self._edition.db.execute("PRAGMA data_version").fetchone()[0])

    def _written(self) -> tuple[int, int]:
        return entries.last_seq(self._edition.db), suggestions.newest_run(self._edition.db)

    def news(self) -> list[Entry] | None:
        """Entries since the last question, one's own among them; None where nobody else wrote anything that shows."""
        version = self._data_version()
        if version == self._version:
            return None
        self._version = version
        before, self._last = self._last, self._written()
        return None if self._last == before else list(entries.since(self._edition.db, before[0]))
