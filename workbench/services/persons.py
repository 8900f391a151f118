"""Who decides: persons of an edition, and the ways in which a person makes himself known.

What writes into the journal is imported where somebody writes: the first screen only reads.
"""

from __future__ import annotations

import json
import os
import subprocess
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from workbench.core.entry import Decision
from workbench.core.errors import UsageError
from workbench.core.states import ROLES
from workbench.core.words import N_
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.services.places import user_settings
from workbench.store import schema
from workbench.store.people import one_of

if TYPE_CHECKING:
    from workbench.store.journal import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    name: str
    siglum: str
    role: str
    aliases: tuple[str, ...] = ()
    same_as: str = ""
    """Id of another person whom this one turned out to be."""


def named(flag: str | None = None) -> str | None:
    """The name a person gave: by flag, by WORKBENCH_PERSON, or in the settings."""
    own = user_settings().get("person")
    return flag or os.environ.get("WORKBENCH_PERSON") or (own if isinstance(own, str) else None)


def proposed() -> str | None:
    """git's user.name: only a proposal, to be confirmed once."""
    try:
        run = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout.strip() or None


def everyone(edition: Edition) -> list[Person]:
    """The persons of an edition, those left out that turned out to be another."""
    return sorted((p for p in _all(edition) if not p.same_as), key=lambda p: p.name)


def _all(edition: Edition) -> list[Person]:
    same = "same_as" if schema.has_column(edition.db, "persons", "same_as") else "''"
    rows = edition.db.execute(f"SELECT id, name, siglum, role, aliases, {same} FROM persons")
    return [
        Person(id=i, name=n, siglum=s, role=r, aliases=tuple(json.loads(a)), same_as=o) for i, n, s, r, a, o in rows
    ]


def names(edition: Edition) -> dict[str, str]:
    """Names by id; an id of a person who turned out to be another has the name of that one."""
    found = {p.id: p for p in _all(edition)}
    one = _uniting(found)
    return {i: found.get(one(i), p).name for i, p in found.items()}


def one_id(edition: Edition, person: str) -> str:
    """The id by which a person counts: that of another whom he turned out to be."""
    return counting(edition)(person)


def counting(edition: Edition) -> Callable[[str], str]:
    """`one_id` for many persons."""
    return _uniting({p.id: p for p in _all(edition)})


def _uniting(found: Mapping[str, Person]) -> Callable[[str], str]:
    return partial(one_of, {i: p.same_as for i, p in found.items()})


def ids_of(edition: Edition, person: str) -> frozenset[str]:
    """All ids under which a person decided."""
    found = {p.id: p for p in _all(edition)}
    one = _uniting(found)
    counts_as = one(person)
    return frozenset(i for i in found if one(i) == counts_as)


def find(edition: Edition, who: str) -> Person | None:
    """A person by id, name, siglum or alias."""
    found = {p.id: p for p in _all(edition)}
    hit = next((p for p in found.values() if who in (p.id, p.name, p.siglum) or who in p.aliases), None)
    return found.get(_uniting(found)(hit.id), hit) if hit is not None else None


def known(edition: Edition, who: str) -> Person:
    """A person by any of his names, or by the beginning of one; raises UsageError that lists those who are meant."""
    if (found := _meant(edition, who)) is not None:
        return found
    listed = ", ".join(p.name for p in everyone(edition))
    raise UsageError(f"nobody here is called {who!r}; known: {listed or 'nobody yet'}")


def _meant(edition: Edition, who: str) -> Person | None:
    """The one person that is meant, None where nobody is; raises UsageError where several are."""
    there, found = everyone(edition), find(edition, who)
    alike = [p for p in there if p.name == who != p.id]
    if found is None and who.strip():
        begins = who.casefold()
        alike = [p for p in there if any(part.startswith(begins) for part in (p.name.casefold(), *_words(p.name)))]
    if len(alike) > 1:
        listed = ", ".join(f"{p.name}, {p.id} ({p.siglum}, {p.role})" for p in alike)
        message = N_("{who!r} names {count} persons: {listed}; if they are one: workbench persons same")
        raise UsageError(message, who=who, count=len(alike), listed=listed)
    return found or next(iter(alike), None)


def _words(name: str) -> list[str]:
    return name.casefold().split()


# the table beside the journal: a name can be corrected, an entry cannot


def rename(edition: Edition, person: Person, name: str) -> None:
    """Call a person otherwise; the old name is known as an alias."""
    name = " ".join(name.split())
    taken = find(edition, name)
    if not name or (taken is not None and taken.id != person.id):
        raise UsageError(f"somebody is called {name!r} already" if name else "a person needs a name")
    _update(edition, person, name=name, aliases=[a for a in dict.fromkeys([*person.aliases, person.name]) if a != name])


def add_alias(edition: Edition, person: Person, alias: str) -> None:
    """Know a person by another name too."""
    if (taken := find(edition, alias)) is not None and taken.id != person.id:
        raise UsageError(f"{alias!r} is {taken.name}")
    _update(edition, person, aliases=[*dict.fromkeys([*person.aliases, alias])])


def set_siglum(edition: Edition, person: Person, siglum: str) -> None:
    if (taken := find(edition, siglum)) is not None and taken.id != person.id:
        raise UsageError(f"the siglum {siglum!r} is {taken.name}'s")
    _update(edition, person, siglum=siglum)


def set_role(edition: Edition, person: Person, role: str) -> None:
    """What a person may do with the states of documents; entries that are there keep the role they were made in."""
    if role not in ROLES:
        raise UsageError(f"{role!r} is no role; known: {', '.join(ROLES)}")
    _update(edition, person, role=role)


def unite(edition: Edition, person: Person, other: Person) -> None:
    """Two turned out to be one: `other` counts as `person` from now on, in reviews too. Entries stay as they are."""
    if person.id == other.id:
        raise UsageError(f"{person.name} is one person already")
    _update(edition, person, aliases=[*dict.fromkeys([*person.aliases, other.name, *other.aliases])])
    _update(edition, other, same_as=person.id, aliases=[])


def erase(edition: Edition, person: Person) -> None:
    """Take a person's names out of the table; what was decided stays, under an id that says nothing."""
    for gone in ids_of(edition, person.id):
        here = next(p for p in _all(edition) if p.id == gone)
        _update(edition, here, name=f"({gone[:6]})", siglum=f"({gone[:6]})", aliases=[])


def _update(edition: Edition, person: Person, **values: object) -> None:
    given = {k: json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for k, v in values.items()}
    with edition.writing() as db:
        db.execute(
            f"UPDATE persons SET {', '.join(f'{k} = ?' for k in given)} WHERE id = ?", (*given.values(), person.id)
        )


def meant_or_new(edition: Edition, who: str) -> Person:
    """Somebody who is here, by any of his names or the beginning of one, else a new person of that name."""
    return _meant(edition, who) or ensure(edition, who)


def ensure(edition: Edition, who: str, *, role: str = "transcriber") -> Person:
    """The person of that name, registered by an entry when new. Within a write transaction."""
    who = " ".join(who.split())
    if not who:
        raise UsageError("a decision needs a person's name")
    known = find(edition, who)
    if known is not None:
        return known
    person = Person(id=uuid.uuid4().hex[:12], name=who, siglum=_siglum(edition, who), role=role)
    edition.db.execute(
        "INSERT INTO persons (id, name, siglum, role) VALUES (?, ?, ?, ?)",
        (person.id, person.name, person.siglum, person.role),
    )
    from workbench.store import journal

    journal.append(edition.db, Decision(act="person", data={"registers": person.id}), author(person))
    return person


def author(person: Person) -> Author:
    """The person as the author of what is written now."""
    from workbench.store.journal import Author

    return Author(person=person.id, role=person.role, now=now())


def _siglum(edition: Edition, name: str) -> str:
    initials = "".join(word[0] for word in name.split() if word[0].isalnum()).upper() or "X"
    taken = {p.siglum for p in everyone(edition)}
    number, siglum = 1, initials
    while siglum in taken:
        number += 1
        siglum = f"{initials}{number}"
    return siglum
