"""Adding transcripts: files and folders into an edition, each whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workbench.core.errors import RefusedError, UnreadableError, UsageError
from workbench.core.text import Text
from workbench.images import opening
from workbench.readers import MAX_BYTES, image, read
from workbench.services import images, library
from workbench.services.clock import now
from workbench.services.edition import Edition
from workbench.store import projections, texts, witnesses


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one file."""

    path: Path
    outcome: Literal["added", "known", "passed-over", "refused"]
    detail: str = ""
    """Why it was passed over or refused; for an added file what the reader noticed."""


_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".jp2", ".bmp", ".gif")


def is_image(path: Path) -> bool:
    """Is it an image of a page, by its name?"""
    return path.name.lower().endswith(_IMAGES) and not path.name.startswith(".")


def passed_over(path: Path) -> str:
    """Why a file of a folder is no transcript: dot, swap and backup files, images; empty when it may be one."""
    name = path.name
    if name.startswith((".", "#", "~$")):
        return "hidden or temporary"
    if name.endswith(("~", ".swp", ".swo", ".bak", ".orig", ".tmp", ".part", ".db", ".db-wal", ".db-shm")):
        return "swap, backup or database file"
    if is_image(path):
        return "an image: attached where a file of OCR names it, or with --image; --reader image takes it as a page"
    return ""


def gather(paths: Iterable[Path], *, wordless: bool = False) -> Iterator[tuple[Path, str]]:
    """Files to add, each with the reason to pass it over; folders are walked in order of name.

    `wordless`: of a folder the images, to be transcribed from nothing, and nothing else.
    """
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file():
                    hidden = any(part.startswith(".") for part in inner.relative_to(path).parts[:-1])
                    reason = passed_over(inner) or ("in a hidden folder" if hidden else "")
                    if wordless:
                        reason = "" if is_image(inner) and not hidden else reason or "no image"
                    yield inner, reason
        elif path.exists():
            yield path, ""
        else:
            raise UsageError(f"there is no {path}")


def add(
    edition: Edition,
    paths: Iterable[Path],
    *,
    reader: str | None = None,
    encoding: str | None = None,
) -> Iterator[Added]:
    """Add files and folders; each file in a transaction of its own, its copy kept in `transcripts/`."""
    for path, reason in gather(paths, wordless=reader == "image"):
        if reason:
            yield Added(path=path, outcome="passed-over", detail=reason)
            continue
        try:
            yield _add_one(edition, path, reader=reader, encoding=encoding)
        except (UnreadableError, RefusedError) as error:
            yield Added(path=path, outcome="refused", detail=str(error))
        except OSError as error:
            yield Added(path=path, outcome="refused", detail=f"{path.name}: {error.strerror or error}")


def _add_one(edition: Edition, path: Path, *, reader: str | None, encoding: str | None) -> Added:
    if any("\ud800" <= char <= "\udfff" for char in path.name):
        raise UnreadableError("the name of this file is not UTF-8; rename it")
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError(
            f"{path.name} has {path.stat().st_size:,} bytes, more than the {MAX_BYTES:,} of one transcript"
        )
    name, data = path.name, path.read_bytes()
    if is_image(path):
        name, data, reader = _as_transcript(path, data)
    known = edition.db.execute(
        "SELECT name FROM transcripts WHERE sha256 = ?", (hashlib.sha256(data).hexdigest(),)
    ).fetchone()
    if known:
        return Added(path=path, outcome="known", detail=f"already here as {known[0]}")
    text = read(data, name=name, reader=reader, encoding=encoding)
    home = edition.transcripts / name
    if home.exists() and home.read_bytes() != data:
        raise RefusedError(f"{name}: another transcript of this name is in {edition.transcripts}; rename the file")
    if edition.db.execute("SELECT 1 FROM transcripts WHERE name = ?", (name,)).fetchone():
        raise RefusedError(f"{name}: the edition has another transcript of this name; rename the file")
    if is_image(path):
        images.check_name(edition, path)
    with edition.writing() as db:
        texts.add_transcript(db, name=name, data=data, text=text, now=now())
        projections.text_added(db, text.sha)
        if not home.exists():
            edition.transcripts.mkdir(exist_ok=True)
            home.write_bytes(data)
    attached = images.attach_beside(edition, path, text)
    shown = f"; image{'s' if len(attached) > 1 else ''} attached: {', '.join(attached)}" if attached else ""
    return Added(path=path, outcome="added", detail=_noticed(text) + shown)


def _as_transcript(path: Path, data: bytes) -> tuple[str, bytes, str]:
    """(name, bytes, reader) of what stands for an image that no machine has read; raises UnreadableError."""
    pages = len(opening.sizes(path))
    described = image.describe(path.name, hashlib.sha256(data).hexdigest(), pages)
    return path.name + image.SUFFIX, described.encode("utf-8"), image.NAME


def add_witness(edition: Edition, path: Path, document: str, *, encoding: str | None = None) -> bool:
    """Attach another reading of a document's text; False if it is attached already.

    It is kept whole in the database, is no transcript, and nothing is decided about it: its differences become evidence
    and candidates at the next search for suggestions. Raises UnreadableError, RefusedError.
    """
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError(
            f"{path.name} has {path.stat().st_size:,} bytes, more than the {MAX_BYTES:,} of a witness"
        )
    data = path.read_bytes()
    read_as = read(data, name=path.name, encoding=encoding)
    shas = dict.fromkeys(s.text for s in library.stretches(edition, document))
    if any(read_as.sha == sha for sha in shas):
        raise RefusedError(f"{path.name} is the text of this document itself, no other witness")
    with edition.writing() as db:
        added = [witnesses.add(db, sha, name=path.name, data=data, read=read_as, now=now()) for sha in shas]
    return any(added)


def _noticed(text: Text) -> str:
    if text.reader == image.NAME:
        pages = len(text.page_starts)
        return f"to be transcribed, {pages} page{'s' if pages != 1 else ''}"
    said = [f"{text.reader}, {text.encoding}, {len(text.line_starts)} line{'s' if len(text.line_starts) != 1 else ''}"]
    kinds: dict[str, int] = {}
    for mark in text.markup:
        kinds[mark.kind] = kinds.get(mark.kind, 0) + 1
    if kinds:
        said.append("left out as markup: " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
    odd = [n for n in text.notices if n.code.startswith("unbalanced")]
    if odd:
        said.append(f"{len(odd)} unbalanced mark{'s' if len(odd) > 1 else ''} kept as text")
    return "; ".join(said)


def changed_sources(edition: Edition) -> list[str]:
    """Files in `transcripts/` that are no longer what was imported, a sentence each. Nothing is read anew."""
    said = []
    for name, sha, size in edition.db.execute("SELECT name, sha256, size FROM transcripts ORDER BY name"):
        path = edition.transcripts / name
        if not path.exists():
            said.append(f"{name} is no longer in {TRANSCRIPTS_NAME}; the edition keeps the bytes that were imported")
        elif path.stat().st_size != size or hashlib.sha256(path.read_bytes()).hexdigest() != sha:
            said.append(f"{name} was changed after its import; decisions rest on the bytes that were imported")
    return said


TRANSCRIPTS_NAME = "transcripts/"
