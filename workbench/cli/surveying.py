"""Commands that survey an edition: statistics, browse."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from workbench.cli.app import app
from workbench.cli.common import AsJson, Docs, draws, opened, print_json, progress_bar, say, show


@app.command()
def statistics(
    context: typer.Context,
    documents: Docs = None,
    json: AsJson = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page with bars as well.", metavar="FILE")] = None,
) -> None:
    """Decisions by document, person, class and suggester, and the share that survived review.

    Survived: of what another person approved, disputed, took back or decided otherwise, what stands and is approved.
    Suggesters: how often their first proposal was taken, beside the probability they gave it.
    """
    from workbench.services import library
    from workbench.services.quality import statistics as counting
    from workbench.services.quality import statistics_page, statistics_report

    with opened(context) as edition:
        wanted = library.named(edition, documents)
        with progress_bar("counting") as bar:
            found = counting.statistics(edition, wanted, bar)
        name = edition.folder.name
    if html is not None:
        html.write_text(statistics_page.page(found, name), "utf-8")
        say(f"the page is in {html}")
    if json:
        print_json(found.record())
        return
    show(statistics_report.in_words(found, bars=draws()))


@app.command()
def browse(
    context: typer.Context,
    port: Annotated[
        int, typer.Option("--port", help="Port of this machine; 0: a free one.", metavar="N", min=0, max=65535)
    ] = 0,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser on it.")] = True,
    write: Annotated[
        Path | None, typer.Option("--write", help="Write the snapshot and its metadata there instead.", metavar="DIR")
    ] = None,
) -> None:
    """Look through a snapshot of the edition in the browser, with Datasette: tables, facets, ready questions.

    Read-only, on this machine alone; Ctrl+C ends it and removes the snapshot. It needs the extra `browse`.
    """
    from workbench.services.browsing import browse_server, browsing
    from workbench.services.clock import now

    if write is not None:
        with opened(context) as edition, progress_bar("preparing") as bar:
            made = browsing.write(edition, write, now(), bar)
        show(f"{made}\n")
        say(f"open it with: datasette serve --immutable {made} --metadata {made.with_name(browsing.METADATA)}")
        return
    import rich

    browse_server.check_installed()
    with (
        browse_server.interruptible(),
        TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True) as folder,
        browse_server.listen(port) as listening,
    ):
        with opened(context) as edition, progress_bar("preparing") as bar:
            made = browsing.write(edition, Path(folder), now(), bar)
        url = f"http://{browse_server.HOST}:{listening.getsockname()[1]}/{made.stem}"
        show(f"{url}\n")
        say("a snapshot of the edition, to look at only; Ctrl+C ends this")
        if open_browser:
            webbrowser.open(url)
        rich.reconfigure(quiet=True)  # Datasette prints hundreds of lines for a query that is mistyped in the browser
        browse_server.serve(made, listening)
    say("ended; the snapshot is removed")
