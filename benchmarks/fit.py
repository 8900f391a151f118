"""Fits the shipped prior, and says how well such a prior does on what it was not fitted on.

    python -m benchmarks.fit DATA                  # leave one source out, scored; nothing is written
    python -m benchmarks.fit DATA --write          # fit on all of it and write workbench/suggest/prior.json
    python -m benchmarks.fit DATA --measure        # then: leave out again, into docs and suggest/measured.json

DATA is a folder of pairs NAME.raw.txt / NAME.gt.txt; the part of NAME before the first hyphen is the source. The prior
in the repository is fitted on 24 pages of Russian typescript: reports of 1936-1941 (official documents), M. Gorky's
articles of 1917-18 and a story by A. Chekhov (public domain), a play by V. Mayakovsky (CC0). No other language and no
other set was looked at for fitting.

Each place of a page gives one example: its options with their features, and which of them is right. The weights are
those of a multinomial logit with a Gaussian prior, by L-BFGS: the same data give the same weights. The rates of
confusions that an example sees are counted on the other sources only, as in use. Each true text is an example too, read
as raw. What witnesses and confidences add is fitted last, over weights that stay: a second reading NAME.raw-*.txt and
Tesseract's table NAME.tsv of the same page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.pairs import Pair, counted, load, text_of
from workbench.core.alignment import aligned
from workbench.lexicon import Lexicon, open_lexicon
from workbench.suggest import Context
from workbench.suggest.channel import Channel
from workbench.suggest.cores import Cores
from workbench.suggest.model import GIVEN
from workbench.suggest.options import Slot
from workbench.suggest.page import decompose
from workbench.suggest.signs import Signs

PRIOR = Path(__file__).parents[1] / "workbench" / "suggest" / "prior.json"
_L2 = 0.33
_STRENGTH = 150.0
"""So many readings of a letter the listed confusions weigh as much as."""
_SMALL = 0.01
COLLATED = ("also.", "sure.")
"""Features of witnesses and of confidences: fitted last, so that texts without either are read as before."""

Example = tuple[Slot, int]
"""A slot and the number of the right option."""


def rates(pairs: Sequence[Pair]) -> Channel:
    """The listed confusions after what is counted on these pages."""
    counts, totals = counted(pairs)
    return Channel.listed().moved(counts, totals, strength=_STRENGTH)


def examples(context: Context, truth: str, channel: Channel) -> list[Example]:
    """All places of a page that the proofreader would look at."""
    at = aligned(context.text.content, truth)
    cores = Cores(context, channel)
    signs = Signs(cores)
    found: list[Example] = []

    def add(slot: Slot, want: str, otherwise: int | None = None) -> None:
        texts = [o.text for o in slot.options]
        if want in texts:
            found.append((slot, texts.index(want)))
        elif otherwise is not None:
            found.append((slot, otherwise))

    for chunk in cores.page.chunks:
        true = at(chunk.start, chunk.end)
        if chunk.junk:
            before, _ = cores.page.beside(chunk)
            for slot in signs.slots(chunk):
                stands = slot.options[0].text or ""
                want = stands.replace(chunk.lead, true) if true else ""
                if before is not None and slot.options[-1].kind == "spacing" and not before.trail:
                    both = at(before.start, chunk.end)
                    if both == at(before.start, before.end) and both.endswith(chunk.lead):
                        want = chunk.lead
                add(slot, want)
            continue
        lead, core, trail = decompose(true, cores.page.letters)
        if (slot_ := cores.slot(chunk)) is not None:
            add(slot_, core, len(slot_.options) - 1)
        if core:
            for slot in signs.slots(chunk):
                at_start = bool(chunk.lead) and slot.start == chunk.start
                add(slot, lead if at_start else trail)
    return found


def gathered(pairs: Sequence[Pair], lexicon: Lexicon) -> list[Example]:
    """Examples of all pages, and of each true text once; rates always from the other sources."""
    found: list[Example] = []
    for pair, channel in _with_rates(pairs):
        found += examples(Context(text=text_of(pair.raw), lexicon=lexicon), pair.truth, channel)
    seen: set[str] = set()
    for pair, channel in _with_rates(pairs):
        if (key := " ".join(pair.truth.split())[:200]) not in seen:
            seen.add(key)
            found += examples(Context(text=text_of(pair.truth), lexicon=lexicon), pair.truth, channel)
    return found


def collated(pairs: Sequence[Pair], lexicon: Lexicon) -> list[Example]:
    """Examples of the pages with a witness, with the machine's confidences, and with both."""
    found: list[Example] = []
    for pair, channel in _with_rates(pairs):
        for witnesses, sure in ((pair.witnesses, ()), ((), pair.confidences), (pair.witnesses, pair.confidences)):
            if witnesses or sure:
                context = Context(text=text_of(pair.raw, sure), lexicon=lexicon, witnesses=witnesses)
                found += examples(context, pair.truth, channel)
    return found


def _with_rates(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Channel]]:
    """Each page with the rates of the other sources."""
    for source in sorted({p.source for p in pairs}):
        channel = rates([p for p in pairs if p.source != source])
        for pair in (p for p in pairs if p.source == source):
            yield pair, channel


def fitted(found: Sequence[Example], fixed: Mapping[str, float] | None = None) -> dict[str, float]:
    """Weights by feature: the most probable ones under a Gaussian prior. Fixed ones stay, those of COLLATED are added.

    Without fixed weights all are fitted: texts without a witness are then read as if there were no such features.
    """
    names: dict[str, int] = {}
    offsets: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    right: list[bool] = []
    starts: list[int] = []
    for slot, answer in found:
        starts.append(len(right))
        for n, option in enumerate(slot.options):
            offsets.append(sum(v * fixed.get(n, 0.0) for n, v in option.features.items()) if fixed else 0.0)
            for name, value in option.features.items():
                if value and (fixed is None or name.startswith(COLLATED)):
                    rows.append(len(right))
                    columns.append(names.setdefault(name, len(names)))
                    values.append(value)
            right.append(n == answer)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(right), len(names)))
    chosen, first, offset = np.array(right), np.array(starts), np.array(offsets)
    owner = np.repeat(np.arange(len(starts)), np.diff([*starts, len(right)]))

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights + offset
        raised = np.exp(scores - np.maximum.reduceat(scores, first)[owner])
        chances = raised / np.add.reduceat(raised, first)[owner]
        value = -np.log(chances[chosen] + 1e-12).sum() + 0.5 * _L2 * (weights @ weights)
        return float(value), matrix.T @ (chances - chosen) + _L2 * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(best.x[n]), 4) for name, n in sorted(names.items()) if abs(best.x[n]) > _SMALL}


def record(pairs: Sequence[Pair], lexicon: Lexicon) -> dict[str, Any]:
    """A model as it is written."""
    channel = rates(pairs)
    kept = {
        wrong: {right: round(rate, 5) for right, rate in sorted(rights.items()) if rate > 0.0009}
        for wrong, rights in sorted(channel.rates.items())
    }
    weights = fitted(gathered(pairs, lexicon))
    if others := collated(pairs, lexicon):
        weights |= fitted(others, fixed={**weights, **GIVEN})
    return {"weights": dict(sorted(weights.items())), "rates": {w: r for w, r in kept.items() if r}}


def main() -> None:
    """Leave one source out, or write the prior."""
    from benchmarks import leave_out

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--language", default="ru")
    parser.add_argument("--write", action="store_true", help="write the prior, and nothing else")
    parser.add_argument("--measure", action="store_true", help="write what leaving out gives into docs and the package")
    parser.add_argument("--scorer", type=Path, help="a program that scores a folder of pairs with --suggestions-in")
    parser.add_argument("--keep", type=Path, help="keep the suggestions in this folder")
    options = parser.parse_args()
    lexicon = open_lexicon(options.language)
    if lexicon is None:
        parser.error(f"no lexicon for {options.language}")
    pairs = load(options.data)
    if options.write:
        made = json.dumps(record(pairs, lexicon), ensure_ascii=False, indent=0, sort_keys=True)
        PRIOR.write_text(made + "\n", "utf-8")
        return
    with tempfile.TemporaryDirectory() as folder:
        out = options.keep or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        leave_out.run(options.data, pairs, lexicon, out, write=options.measure)
        if options.scorer:
            subprocess.run([sys.executable, options.scorer, options.data, "--suggestions-in", out], check=True)


if __name__ == "__main__":
    main()
