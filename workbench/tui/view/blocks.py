"""Rows asked of their source in blocks, a few of which are kept."""

from __future__ import annotations

from textual.cache import LRUCache

from workbench.services.document.rows import Row, RowSource

_BLOCK = 16
_KEPT = 32


class RowBlocks:
    """Single rows of a source, without a question for each."""

    def __init__(self, source: RowSource) -> None:
        self._source = source
        self._blocks: LRUCache[int, list[Row]] = LRUCache(_KEPT)

    @property
    def count(self) -> int:
        return self._source.row_count

    @property
    def highest_line(self) -> int:
        return self._source.highest_line

    def row(self, number: int) -> Row:
        """The row, or an empty one where the source has none any more."""
        block, index = divmod(number, _BLOCK)
        rows = self._blocks.get(block)
        if rows is None:
            rows = self._source.rows(block * _BLOCK, min((block + 1) * _BLOCK, self.count))
            self._blocks[block] = rows
        return rows[index] if index < len(rows) else Row(number, (), ())

    def clear(self) -> None:
        """Ask again for everything."""
        self._blocks.clear()

    def renew(self, first: int, last: int) -> None:
        """Ask again for rows `first` to `last`, half open, and for none that lie beside them."""
        for block in list(self._blocks.keys()):
            begin = block * _BLOCK
            rows = self._blocks.get(block) or []
            low, high = max(first, begin), min(last, begin + len(rows))
            if low < high:
                rows[low - begin : high - begin] = self._source.rows(low, high)
