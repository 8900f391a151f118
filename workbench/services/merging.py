"""Handing documents to somebody on another machine, and taking work back: bundles, and the union of two editions."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from workbench.core.errors import RefusedError, UnreadableError, UsageError
from workbench.services import conflicts, library
from workbench.services.edition import DATABASE, TRANSCRIPTS, Edition
from workbench.store import bundles, connection, images, interchange
from workbench.store.interchange import Merged


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
        if database.resolve() == edition.database.resolve():
            raise UsageError("an edition cannot be merged with itself")
        theirs = connection.connect(database, read_only=True)
        try:
            with connection.roomy(edition.db), edition.writing() as db:
                merged = interchange.merge(db, theirs)
        except (RefusedError, sqlite3.DatabaseError) as error:
            raise RefusedError(f"{path}: {error}; nothing of it was taken") from error
        finally:
            theirs.close()
        if folder is not None:
            _bring_files(edition, folder, merged)
    return replace(merged, conflicts=len(conflicts.every(edition)))


@contextmanager
def _unpacked(path: Path) -> Iterator[tuple[Path, Path | None]]:
    """The database, and the folder of the edition if there is one."""
    if path.is_dir():
        yield path / DATABASE, path
    elif path.suffix == ".zip":
        with tempfile.TemporaryDirectory(prefix="workbench-") as scratch:
            try:
                with zipfile.ZipFile(path) as archive:
                    archive.extractall(scratch)
            except (OSError, zipfile.BadZipFile) as error:
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


def merge_for_git(ours: Path, theirs: Path) -> Merged:
    """What git asks of a merge driver: leave the union of two files in the first."""
    db = connection.connect(ours)
    other = connection.connect(theirs, read_only=True)
    try:
        connection.upgrade(db)
        with connection.roomy(db), connection.writing(db):
            return interchange.merge(db, other)
    finally:
        other.close()
        connection.close(db)
