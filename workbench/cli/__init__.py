"""The command line: data on stdout, words on stderr, documented exit codes.

    0 done    1 findings, differences or a failed line    2 usage    3 no edition or not readable
    4 locked  5 verify failed                             130 interrupted

Commands import what they use when they run, so that `--help` costs nothing.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Entry point of `workbench`."""
    from workbench.cli.app import app
    from workbench.core.errors import WorkbenchError

    try:
        app(prog_name="workbench")
    except WorkbenchError as error:
        sys.stderr.write(f"workbench: {error.title}: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("workbench: interrupted; what was acknowledged is kept\n")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe left: not our fault, and Python must not complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
