"""Signatures of the heads: who vouches, with an SSH key, for all that was recorded until then; and whether it holds.

A signature is an entry. Its parents are the heads it signs, so it travels and is merged like all work, and whatever was
decided before it is sealed under it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workbench.core.entry import Decision, Entry
from workbench.core.errors import RefusedError, UsageError, VerifyError
from workbench.i18n import N_, _
from workbench.services import git, persons
from workbench.services.edition import Edition
from workbench.services.persons import Person, author
from workbench.services.places import user_settings
from workbench.services.verification import ssh, verifying
from workbench.store import entries, journal
from workbench.store.verify import Problem, problem

FIRST = "workbench heads 1"
"""The first line of every statement."""

Worth = Literal["known", "sound", "unknown", "invalid", "unchecked"]
"""`known`: by a key of the allowed signers. `sound`: by some key, for nobody said whose are allowed. `unknown`: by one
not among them. `invalid`: not of what it claims. `unchecked`: ssh-keygen is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature that stands."""

    entry: Entry
    person: str
    """Name of the person who recorded it."""
    key: str
    """As ssh shows it: `ED25519 SHA256:…`."""
    worth: Worth
    signer: str
    """Whose key it is by the file of allowed signers, if it is known."""
    reason: str
    """Why it is invalid or unchecked."""
    since: int
    """How many entries came since."""

    @property
    def heads(self) -> tuple[str, ...]:
        return self.entry.parents


def statement(edition: str, heads: tuple[str, ...], lamport: int, count: int) -> str:
    """What is signed: the edition's id, how many entries it has, the place of the last one, and all heads."""
    lines = [FIRST, f"edition {edition}", f"entries {count}", f"lamport {lamport}"]
    return "\n".join([*lines, *(f"head {head}" for head in sorted(heads))]) + "\n"


def sign(edition: Edition, person: Person, key: str) -> Entry:
    """Sign the heads as they are and record it; `key` as `ssh.sign` takes it.

    Raises VerifyError where the journal is not intact, UsageError where there is no such key, RefusedError where it
    does not sign, or something was recorded meanwhile.
    """
    if found := verifying.check(edition).problems:
        raise VerifyError(f"{found[0]}; what is not intact is not signed")
    with edition.reading():
        before = _present(edition.db)
    made = ssh.sign(before, key)
    with edition.writing() as db:
        if _present(db) != before:
            raise RefusedError("something was recorded while it was being signed; sign again")
        return journal.append(db, Decision(act="sign", data={"statement": before, "signature": made}), author(person))


def chosen_key(folder: Path, key: str | None = None) -> str:
    """The key that is named, the one of the settings, the one that git signs with, or the one that ssh would try first.

    Raises UsageError where there is none.
    """
    said = key or user_settings().get("key")
    if isinstance(said, str) and said:
        return said
    of_git = git.configured(folder, "user.signingkey")
    if of_git and (git.configured(folder, "gpg.format") == "ssh" or of_git.startswith(("key::", "ssh-"))):
        return of_git
    found = ssh.default_key()
    if found is None:
        raise UsageError(
            "there is no SSH key to sign with; name one with --key FILE, or make one: ssh-keygen -t ed25519"
        )
    return str(found)


def allowed_signers(folder: Path) -> Path | None:
    """The file of allowed signers: of the settings, else git's."""
    said = user_settings().get("signers") or git.configured(folder, "gpg.ssh.allowedSignersFile")
    return Path(str(said)).expanduser() if said else None


def _present(db: sqlite3.Connection) -> str:
    """The statement of the heads as they are; raises UsageError where there is nothing yet."""
    (name,) = db.execute("SELECT value FROM edition WHERE key = 'id'").fetchone() or ("",)
    (count, lamport) = db.execute("SELECT count(*), max(lamport) FROM entries").fetchone()
    if not count:
        raise UsageError("nothing is recorded yet that could be signed")
    return statement(name, entries.heads(db), lamport, count)


def every(edition: Edition, signers: Path | None = None) -> list[Signature]:
    """All signatures that stand, in the order of the journal; `signers`: a file of allowed signers."""
    if signers is not None and not signers.is_file():
        raise UsageError(f"there is no file of allowed signers {signers}")
    names = persons.names(edition)
    return [_signature(edition.db, entry, names, signers) for entry in entries.signatures(edition.db)]


def _signature(db: sqlite3.Connection, entry: Entry, names: dict[str, str], signers: Path | None) -> Signature:
    (total,) = db.execute("SELECT count(*) FROM entries").fetchone()
    since = entries.unknown_to(db, entry.id)
    worth, signer, reason = _worth(entry, total - 1 - since, signers)
    return Signature(
        entry=entry, person=names.get(entry.person, entry.person), worth=worth, signer=signer, reason=reason,
        key=ssh.fingerprint(str(entry.decision.data["signature"])), since=since,
    )  # fmt: skip


def problems(found: list[Signature]) -> list[Problem]:
    """The signatures that are not what they claim to be."""
    words = N_("the signature {entry} by {person} is not valid: {reason}")
    return [
        problem("signatures", words, entry=one.entry.id[:12], person=one.person, reason=one.reason)
        for one in found if one.worth == "invalid"
    ]  # fmt: skip


def _worth(entry: Entry, count: int, signers: Path | None) -> tuple[Worth, str, str]:
    """What a signature is worth that has so many entries before it; whose it is; why it is worth nothing."""
    said, signature = str(entry.decision.data["statement"]), str(entry.decision.data["signature"])
    name = next((line.removeprefix("edition ") for line in said.splitlines() if line.startswith("edition ")), "")
    if said != statement(name, entry.parents, entry.lamport - 1, count):
        return "invalid", "", _("its statement is not about what was recorded before it")
    try:
        if reason := ssh.signs(said, signature):
            return "invalid", "", reason
        if signers is None:
            return "sound", "", ""
        signer = ssh.signer(said, signature, signers)
        return ("known", signer, "") if signer else ("unknown", "", "")
    except ssh.MissingError as error:
        return "unchecked", "", str(error)
