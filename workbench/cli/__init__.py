"""The command line: data on stdout, words on stderr, documented exit codes.

    0 done    1 findings, differences or a failed line    2 usage    3 no edition or not readable
    4 locked  5 verify failed                             130 interrupted

Commands import what they use when they run, so that `--help` costs nothing.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path


def main() -> None:
    """Entry point of `workbench`."""
    _speak_utf8()
    import sqlite3

    from workbench.core.errors import EditionError, LockedError, UsageError, WorkbenchError

    try:
        wanted = _screen_alone(sys.argv[1:])
        if wanted is not None:
            from workbench.tui.app import run

            sys.exit(run(*wanted))
        from workbench.cli.app import app

        app(prog_name="workbench")
    except WorkbenchError as error:
        _leave(error.title, str(error), error.exit_code)
    except UnicodeEncodeError:
        _leave(UsageError.title, "an argument holds bytes that are no text", UsageError.exit_code)
    except OSError as error:
        _leave(str(error.filename or "input or output"), error.strerror or str(error), EditionError.exit_code)
    except sqlite3.DatabaseError as error:
        kind = LockedError if "locked" in str(error) else EditionError
        _leave(kind.title, f"{error}; what was acknowledged is kept", kind.exit_code)


def _screen_alone(arguments: list[str]) -> tuple[Path, None, str | None] | None:
    """What `run` needs where nothing but the screen is asked for, which then opens without the command line's weight.

    Anything but complete global options is for the command line to understand, or to refuse.
    """
    given = {"-C": "", "--person": ""}
    for name, value in zip(arguments[::2], arguments[1::2], strict=False):
        if name not in given or value.startswith("-"):
            return None
        given[name] = value
    if len(arguments) % 2:
        return None
    return Path(given["-C"]), None, given["--person"] or None


def _speak_utf8() -> None:
    """Standard streams carry UTF-8 whatever the locale is: OCR of any script must come through.

    What is no UTF-8 (an odd file name) leaves as an escape, which JSON understands as well.
    """
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _leave(title: str, words: str, code: int) -> None:
    """One line on stderr, harmless in a terminal, and the exit code."""
    from workbench.core.visible import visible

    sys.stderr.write(visible(f"workbench: {title}: {words}") + "\n")
    sys.exit(code)
