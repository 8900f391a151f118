"""Commands that survey an edition: statistics, browse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.app import app
from workbench.cli.common import AsJson, Docs, draws, opened, print_json, say, show


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
    from workbench.services import library, statistics_page, statistics_report
    from workbench.services import statistics as counting

    with opened(context) as edition:
        wanted = [library.resolve(edition, d) for d in documents] if documents else library.listings(edition)
        found = counting.statistics(edition, wanted)
        name = edition.folder.name
    if html is not None:
        html.write_text(statistics_page.page(found, name), "utf-8")
        say(f"the page is in {html}")
    if json:
        print_json(found.record())
        return
    show(statistics_report.in_words(found, bars=draws()))
