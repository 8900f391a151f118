"""Errors that a person is meant to read.

WorkbenchError                  title and message for a person
├── UsageError                  what is asked for cannot be done            exit 2
├── RefusedError                a decision that may not be recorded         exit 1
├── UnreadableError             a file that no reader takes                 exit 1
└── EditionError                no edition here, or it cannot be opened     exit 3
    ├── NewerSchemaError        written by a newer program                  exit 3
    ├── LockedError             another process keeps the database busy     exit 4
    └── VerifyError             not intact                                  exit 5
"""

from __future__ import annotations

from typing import ClassVar

from workbench.core.words import N_


class WorkbenchError(Exception):
    """Something a person can act on: `title` names it in a few words, the message says what, to what, and what now.

    The message is English. One that is marked for the catalogues names its `fields` and is given them, `{line}` for
    instance, so that a screen can say it in another language.
    """

    title: ClassVar[str] = N_("Something went wrong")
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str = "", **fields: object) -> None:
        super().__init__(message.format(**fields) if fields else message)
        self.message, self.fields = message, fields


class UsageError(WorkbenchError):
    title = N_("This cannot be done")
    exit_code = 2


class RefusedError(WorkbenchError):
    title = N_("Not recorded")


class UnreadableError(WorkbenchError):
    title = N_("This file cannot be read")


class EditionError(WorkbenchError):
    title = N_("The edition cannot be opened")
    exit_code = 3


class NewerSchemaError(EditionError):
    title = N_("The edition was written by a newer program")


class LockedError(EditionError):
    title = N_("The database is busy")
    exit_code = 4


class VerifyError(EditionError):
    title = N_("Not intact")
    exit_code = 5
