"""Handing documents to somebody on another machine, and taking work back: bundles, and the union of two editions."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from workbench.core.errors import RefusedError, UnreadableError, UsageError
from workbench.core.text import Text
from workbench.readers import read
from workbench.services import library
from workbench.services.edition import DATABASE, TRANSCRIPTS, Edition
from workbench.services.reviewing import conflicts
from workbench.store import bundles, connection, images, interchange
from workbench.store.interchange import Merged

_NO_ARCHIVE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises at an archive that is none, is cut short, or asks for a password."""


def bundle(edition: Edition, documents: Collection[str], output: Path) -> int:
    """Write an edition of some documents: their transcripts and images, and the whole journal, which is one chain.

    `output`: a new folder, or a file `….zip`. How many transcripts it has. Raises UsageError where it is there already.
    """
    if output.exists():
        raise UsageError(f"{output} is there already; name another place")
    shas = {s.text for document in documents for s in library.stretches(edition, document)}
    with tempfile.TemporaryDirectory(prefix="workbench-") as scratch:
        folder = Path(scratch) / output.stem
        (folder / TRANSCRIPTS).mkdir(parents=True)
        with closing(connection.snapshot(edition.db, folder / DATABASE)) as db:
            kept = bundles.keep_only(db, shas)
        for name, data in kept:
            (folder / TRANSCRIPTS / name).write_bytes(data)
        for sha in shas:
            for image in images.of_text(edition.db, sha).values():
                _copy(edition.folder / image.path, folder / image.path)
        output.parent.mkdir(parents=True, exist_ok=True)
        if output.suffix == ".zip":
            made = shutil.make_archive(str(folder), "zip", folder.parent, folder.name)
            shutil.move(made, output)
        else:
            shutil.move(folder, output)
    return len(kept)


def merge(edition: Edition, path: Path) -> Merged:
    """Take another copy's work in: an edition's folder, its database, or a bundle; all of it or nothing.

    Raises EditionError (none there, or from a newer program), RefusedError (another edition, not sound): by name.
    """
    with _unpacked(path) as (database, folder):
        if _is_same_file(database, edition.database):
            raise UsageError("an edition cannot be merged with itself")
        with _opened(database) as theirs, _named(path):
            _rehearse(edition.db, lambda db: interchange.merge(db, theirs))
            with connection.roomy(edition.db), edition.writing() as db:
                merged = interchange.merge(db, theirs, reread=_reread)
        if folder is not None:
            _bring_files(edition, folder, merged)
    return replace(merged, conflicts=len(conflicts.every(edition)))


def import_journal(edition: Edition, data: bytes, name: str) -> Merged:
    """Take a journal file in, all of it or nothing; raises RefusedError that names it and the line that is wrong."""
    with _named(name):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RefusedError(f"it is no journal file, for it is not UTF-8: {error}") from error
        persons, entries = interchange.read_lines(text.split("\n"))
        _rehearse(edition.db, lambda db: interchange.unite(db, persons, entries))
        with edition.writing() as db:
            added, new = interchange.unite(db, persons, entries)
    return Merged(entries=new, transcripts=0, persons=added, conflicts=len(conflicts.every(edition)))


def merge_for_git(ours: Path, theirs: Path) -> Merged:
    """What git asks of a merge driver: leave the union of two files in the first, or the first as it is."""
    db = connection.connect(ours)
    try:
        with _opened(theirs) as other, _named(theirs):
            _rehearse(db, lambda copy: interchange.merge(copy, other))
            connection.upgrade(db)
            with connection.roomy(db), connection.writing(db):
                return interchange.merge(db, other, reread=_reread)
    finally:
        connection.close(db)


@contextmanager
def _named(what: object) -> Iterator[None]:
    """Whatever is refused is refused by name."""
    try:
        yield
    except (RefusedError, sqlite3.DatabaseError) as error:
        raise RefusedError(f"{what}: {error}; nothing of it was taken") from error


def _rehearse(db: sqlite3.Connection, take: Callable[[sqlite3.Connection], object]) -> None:
    """Take it into a copy first where the own edition has an older schema, which the first write brings up to date.

    Else a refusal would leave it changed.
    """
    if connection.is_current(db):
        return
    with (
        tempfile.TemporaryDirectory(prefix="workbench-") as scratch,
        closing(connection.snapshot(db, Path(scratch) / DATABASE)) as copy,
        connection.writing(copy),
    ):
        take(copy)


def _reread(data: bytes, name: str, reader: str, encoding: str) -> Text | None:
    """What this program reads in the bytes of a transcript; None where it reads nothing."""
    try:
        return read(data, name=name, reader=reader, encoding=encoding)
    except UnreadableError:
        return None


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    """Another copy's database, to be read and left as it is, with what waits in a -wal beside it."""
    if connection.is_wal_of_another(database):
        raise RefusedError(f"{database}-wal does not belong to {database.name}; move it away, then merge again")
    theirs = connection.connect(database, read_only=True, untouched=True)
    try:
        yield theirs
    finally:
        theirs.close()


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False  # opening it says why


@contextmanager
def _unpacked(path: Path) -> Iterator[tuple[Path, Path | None]]:
    """The database, and the folder of the edition if there is one."""
    if path.is_dir():
        yield path / DATABASE, path
    elif path.suffix == ".zip" and path.exists():
        with tempfile.TemporaryDirectory(prefix="workbench-") as scratch:
            try:
                with zipfile.ZipFile(path) as archive:
                    archive.extractall(scratch)
            except _NO_ARCHIVE as error:
                raise UnreadableError(f"{path} is no bundle: {error}") from error
            found = sorted(Path(scratch).glob(f"*/{DATABASE}"))
            if not found:
                raise UnreadableError(f"{path} is no bundle: there is no {DATABASE} in it")
            yield found[0], found[0].parent
    else:
        yield path, path.parent if path.name == DATABASE else None


def _bring_files(edition: Edition, folder: Path, merged: Merged) -> None:
    """Bring the transcripts and images that the other copy has and this one lacks; nothing is overwritten."""
    for (name,) in edition.db.execute("SELECT name FROM transcripts") if merged.transcripts else ():
        _copy(folder / TRANSCRIPTS / name, edition.transcripts / name)
    for image in images.every(edition.db):
        if (folder / image.path).is_file():
            _copy(folder / image.path, edition.folder / image.path)


def _copy(source: Path, target: Path) -> None:
    if source.is_file() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
