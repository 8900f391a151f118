"""Measures the suggestions beside what a user would pick instead, and prints the tables.

    python -m benchmarks.bench                     # the synthetic pages only
    python -m benchmarks.bench DATA                # and real ones: DATA holds pairs, or folders of pairs
    python -m benchmarks.bench DATA --write        # into docs/benchmarks.md, too

A folder of pairs NAME.raw.txt / NAME.gt.txt is a set; the part of its name before the first hyphen is the language.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import synthetic
from benchmarks.peers import Peer, hunspell, symspell
from benchmarks.quality import Measured, PageSet, engine, measured, sets
from benchmarks.speed import Cost, cost, lookups, shapes, timed
from benchmarks.tables import OURS, Result, lengths, quality, speed

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def results(found: Sequence[PageSet]) -> list[Result]:
    """All sets measured, memory first: a child's peak is never below its parent's."""
    costs = [cost(pages) for pages in found]
    first = {pages.language: pages for pages in reversed(found)}
    return [_result(pages, cost_, pages is first[pages.language]) for pages, cost_ in zip(found, costs, strict=True)]


def _result(pages: PageSet, cost_: Cost, with_shapes: bool) -> Result:
    sys.stderr.write(f"{pages.name}\n")
    ours, one, other = engine(pages.language), hunspell(pages.language), symspell(pages.language)
    return Result(
        pages=pages, cost=cost_, ours=measured(OURS, ours, pages),
        hunspell=_peer(one, pages), symspell=_peer(other, pages),
        lookups=lookups(pages, other.ask) if other else None,
        shapes=tuple(timed(ours, shapes(pages.raws()))) if with_shapes else (),
    )  # fmt: skip


def _peer(peer: Peer | None, pages: PageSet) -> Measured | None:
    return measured(peer.name, peer.suggest, pages) if peer else None


def machine(peers: Iterable[Peer | None]) -> str:
    """What the figures are of: the processor, Python, the tools and their versions."""
    tools = sorted({f"{p.name} {p.version}" for p in peers if p})
    return "; ".join(
        [f"{_processor()}, {os.cpu_count()} cores", f"{platform.system()}, Python {platform.python_version()}",
         f"workbench {version('ocr-workbench')}", *tools]
    )  # fmt: skip


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def page(found: Sequence[PageSet]) -> str:
    """The machine and the tables."""
    made = results(found)
    peers = [peer(pages.language) for pages in found for peer in (hunspell, symspell)]
    return "\n\n".join([machine(peers), quality(made), speed(made), lengths(made)])


def put(text: str, tables: str, what: str = "measured") -> str:
    """A text with these tables between its markers."""
    begin, close = f"<!-- {what} -->", f"<!-- end of what is {what} -->"
    before, _, rest = text.partition(begin)
    _, end, after = rest.partition(close)
    if not end:
        raise ValueError(f"no {begin} and {close} to write between")
    return f"{before}{begin}\n\n{tables}\n\n{close}{after}"


def write(what: str, tables: str) -> None:
    """Write tables into the page of benchmarks."""
    TARGET.write_text(put(TARGET.read_text("utf-8"), tables, what), "utf-8")


def main() -> None:
    """Print the tables, and write them where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="*")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = page(sets([*options.data, *synthetic.write(Path(folder))]))
    sys.stdout.write(tables + "\n")
    if options.write:
        write("measured", tables)


if __name__ == "__main__":
    main()
