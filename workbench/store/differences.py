"""What differs between a projection and what follows from the journal: counted, a few of it named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.i18n import N_
from workbench.store.verify import Problem, problem

_EXAMPLES = 3


class Differences:
    """What differs in one projection."""

    def __init__(self, name: str) -> None:
        self._name, self._count = name, 0
        self._examples: list[str] = []

    def add(self, what: str) -> None:
        self._count += 1
        if self._count <= _EXAMPLES:
            self._examples.append(what)

    def differ(self, key: str, kept: Iterable[object], wanted: Iterable[object]) -> None:
        """What is kept under a key is not what should be."""
        self.add(f"{key[:12]}: {_shown(kept)}, not {_shown(wanted)}")

    def compare(self, kept: Iterable[tuple[object, ...]], wanted: Iterable[tuple[object, ...]]) -> None:
        """Rows that are kept and should not be (+), and rows that lack (-)."""
        rows, lacking = set(kept), set(wanted)
        for row in sorted(rows ^ lacking, key=repr):
            self.add(f"{'+' if row in rows else '-'} {_shown(row)}")

    def problems(self) -> Iterator[Problem]:
        if self._count:
            words = N_("{projection}: what is kept does not follow from the journal, {count} times ({examples})")
            examples = "; ".join(self._examples) + ("; …" if self._count > _EXAMPLES else "")
            yield problem("projections", words, projection=self._name, count=self._count, examples=examples)


def _shown(row: Iterable[object]) -> str:
    return " ".join(str(int(value) if isinstance(value, bool) else value)[:12] for value in row)
