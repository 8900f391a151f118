"""Errors that a person is meant to read.

WorkbenchError                  title and message for a person
├── UsageError                  the request cannot be understood            exit 2
├── RefusedError                a decision that may not be recorded         exit 1
├── UnreadableError             a file that no reader takes                 exit 1
└── EditionError                no edition here, or it cannot be opened     exit 3
    ├── NewerSchemaError        written by a newer program                  exit 3
    ├── LockedError             another process keeps the database busy     exit 4
    └── VerifyError             not intact                                  exit 5
"""

from __future__ import annotations

from typing import ClassVar


class WorkbenchError(Exception):
    """Something a person can act on: `title` names it in a few words, the message says what, to what, and what now."""

    title: ClassVar[str] = "Something went wrong"
    exit_code: ClassVar[int] = 1


class UsageError(WorkbenchError):
    title = "This request cannot be understood"
    exit_code = 2


class RefusedError(WorkbenchError):
    title = "Not recorded"


class UnreadableError(WorkbenchError):
    title = "This file cannot be read"


class EditionError(WorkbenchError):
    title = "The edition cannot be opened"
    exit_code = 3


class NewerSchemaError(EditionError):
    title = "The edition was written by a newer program"


class LockedError(EditionError):
    title = "The database is busy"
    exit_code = 4


class VerifyError(EditionError):
    title = "Not intact"
    exit_code = 5
