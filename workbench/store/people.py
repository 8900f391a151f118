"""Persons beside the journal: those of another copy are taken in, and what this one says of a person stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any


def unite(db: sqlite3.Connection, persons: Iterable[Mapping[str, Any]]) -> int:
    """Take in who is not known here yet; how many these are. Within a write transaction.

    Copies that registered one name each on its own mean one person, as a name does within one copy. That two were said
    to be one is never forgotten. A siglum that somebody else has is told apart by a number.
    """
    rows = db.execute("SELECT id, name, siglum, same_as FROM persons ORDER BY rowid").fetchall()
    names, sigla, same = ({row[0]: row[column] for row in rows} for column in (1, 2, 3))
    persons = list({person["id"]: person for person in persons}.values())
    new = [person for person in persons if person["id"] not in names]
    for person in new:
        who, name, siglum = person["id"], person["name"], person["siglum"]
        namesake = next((i for i, known in names.items() if known == name and not same[i]), "")
        names[who], same[who] = name, namesake
        sigla[who] = siglum if namesake else _free(siglum, set(sigla.values()))
        db.execute(
            "INSERT INTO persons (id, name, siglum, role, aliases, same_as) VALUES (?, ?, ?, ?, ?, ?)",
            (who, name, sigla[who], person["role"], person["aliases"], namesake),
        )
    for person in persons:
        one, other = one_of(same, person["id"]), person.get("same_as", "")
        if other and one_of(same, other) != one:
            same[one] = other
            db.execute("UPDATE persons SET same_as = ? WHERE id = ?", (other, one))
    return len(new)


def one_of(same: Mapping[str, str], person: str) -> str:
    """Whom a person turned out to be in the end. `same`: another for an id, or nothing; a ring has no end."""
    seen: set[str] = set()
    while (other := same.get(person)) and person not in seen:
        seen.add(person)
        person = other
    return person


def _free(siglum: str, taken: set[str]) -> str:
    found, number = siglum, 1
    while found in taken:
        number += 1
        found = f"{siglum}{number}"
    return found
