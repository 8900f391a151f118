"""Who decides: persons of an edition, and the ways in which a person makes himself known."""

from __future__ import annotations

import os
import subprocess
import uuid
from dataclasses import dataclass

from workbench.core.entry import Decision
from workbench.core.errors import UsageError
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.services.places import user_settings
from workbench.store import journal
from workbench.store.journal import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    name: str
    siglum: str
    role: str


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
    rows = edition.db.execute("SELECT id, name, siglum, role FROM persons ORDER BY name")
    return [Person(id=i, name=n, siglum=s, role=r) for i, n, s, r in rows]


def names(edition: Edition) -> dict[str, str]:
    """Names by id."""
    return {p.id: p.name for p in everyone(edition)}


def find(edition: Edition, who: str) -> Person | None:
    """A person by id, name, siglum or alias."""
    row = edition.db.execute(
        "SELECT id, name, siglum, role FROM persons WHERE id = ?1 OR name = ?1 OR siglum = ?1"
        " OR EXISTS (SELECT 1 FROM json_each(aliases) WHERE value = ?1)",
        (who,),
    ).fetchone()
    return Person(id=row[0], name=row[1], siglum=row[2], role=row[3]) if row else None


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
    journal.append(edition.db, Decision(act="person", data={"registers": person.id}), author(person))
    return person


def author(person: Person) -> Author:
    """The person as the author of what is written now."""
    return Author(person=person.id, role=person.role, now=now())


def _siglum(edition: Edition, name: str) -> str:
    initials = "".join(word[0] for word in name.split() if word[0].isalnum()).upper() or "X"
    taken = {p.siglum for p in everyone(edition)}
    number, siglum = 1, initials
    while siglum in taken:
        number += 1
        siglum = f"{initials}{number}"
    return siglum
