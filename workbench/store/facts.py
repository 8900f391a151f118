"""What the full verification remembers of each entry: a few numbers, and the links of those that are linked.

Gathered while the journal is walked. A million entries take some 40 MB, and each link 500 bytes.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from workbench.core.acts import ACTS
from workbench.core.ancestry import Ancestry
from workbench.core.standing import Link
from workbench.store.verify import Row

NONE = -1
"""For a number that an entry does not have."""
# Keys of a canonical body are sorted: the act is the first, the last ones are supersedes, targets, text and time.
_ACT = b'{"act":"'
_TEXT = b',"text":"'
_TIME = b'","time":"'


class Numbers(dict[bytes, int]):
    """Values numbered as they come, from 0; nothing has the number NONE."""

    def __init__(self) -> None:
        super().__init__({b"": NONE})

    def __missing__(self, value: bytes) -> int:
        self[value] = number = len(self) - 1
        return number

    def names(self) -> list[str]:
        """The values by number."""
        return [value.decode("utf-8", "replace") for value, number in self.items() if number != NONE]


class Facts:
    """Entries by their position on the walk, from 0."""

    def __init__(self) -> None:
        self.seqs, self.lamports = array("q"), array("q")
        self.acts, self.texts = Numbers(), Numbers()
        self.act_of, self.text_of = array("i"), array("i")
        self.starts, self.ends = array("q"), array("q")
        self.links: dict[str, Link] = {}
        """Of entries that supersede or revert."""
        self.unlike: list[int] = []
        """Numbers of those that `standing` does not repeat as they are."""
        self.spoken_of: dict[str, tuple[str, ...]] = {}
        """What other entries, reviews, name as their targets."""
        self.ancestry = Ancestry()
        """By `seq`."""

    def begin(self, seq: int, parents: Sequence[int]) -> None:
        self.ancestry.begin(seq, parents)

    def take(self, rows: Sequence[Row]) -> None:
        """Remember entries, column by column."""
        seqs, _, _, lamports, bodies, starts, ends, repeated = zip(*rows, strict=True)
        self.seqs.extend(seqs)
        self.lamports.extend(lamports)
        self.starts.extend(starts)
        self.ends.extend(ends)
        self.unlike.extend([seq for seq, same in zip(seqs, repeated, strict=True) if not same])
        acts = [body[8 : body.find(b'"', 8)] if body[:8] == _ACT else _named(body, "act") for body in bodies]
        texts = [
            body[-103:-39] if body[-112:-103] == _TEXT and body[-39:-29] == _TIME
            else _named(body, "text") if b'"text":' in body else b"" for body in bodies
        ]  # fmt: skip
        self.act_of.extend(map(self.acts.__getitem__, acts))
        self.text_of.extend(map(self.texts.__getitem__, texts))
        linked = [
            one for one in zip(rows, acts, texts, bodies, strict=True)
            if (one[3][-113:-112] if one[2] else one[3][-39:-38]) == b"]" or one[1] == b"revert"
        ]  # fmt: skip
        for row, act, text, body in linked:
            self._link(row, act == b"revert", body[: -112 if text else -38])

    def _link(self, row: Row, reverts: bool, body: bytes) -> None:
        """Remember what an entry says of others; its body ends with that."""
        named = dict(_lists(body))
        name, supersedes, targets = row[1].decode(), named.get(b"supersedes", ()), named.get(b"targets", ())
        if supersedes or reverts:
            self.links[name] = Link(row[3], name, reverts, supersedes, targets if reverts else ())
        if targets and not reverts:
            self.spoken_of[name] = targets

    def unknown(self) -> Iterator[int]:
        """Numbers of entries of acts that this program does not know."""
        odd = {number for number, act in enumerate(self.acts.names()) if act not in ACTS}
        if odd:
            yield from (seq for seq, act in zip(self.seqs, self.act_of, strict=True) if act in odd)

    @cached_property
    def gaps(self) -> bool:
        """Are numbers left out, once all are there? Only who opens the file with another program leaves one out."""
        return bool(self.seqs) and (self.seqs[0], self.seqs[-1]) != (1, len(self.seqs))

    def position(self, seq: int) -> int:
        """Where the entry of a number stands on the walk."""
        return bisect_left(self.seqs, seq) if self.gaps else seq - 1


def _lists(body: bytes) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """The lists of ids with which a body ends, by their keys."""
    while body.endswith(b"]"):
        at = body.rfind(b"[")
        key = body.rfind(b',"', 0, at)
        ids = body[at + 1 : -1].decode("ascii", "replace")
        yield body[key + 2 : at - 2], tuple(ids[1:-1].split('","')) if ids else ()
        body = body[:key]


def _named(body: bytes, key: str) -> bytes:
    """A value of a body that does not have it where it stands in nearly all of them."""
    return str(_parsed(body).get(key, "")).encode("utf-8", "replace")


def _parsed(body: bytes) -> dict[str, Any]:
    """A body as JSON; empty where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
