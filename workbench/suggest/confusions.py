"""What OCR mistakes for what: a prior of costs per script, and the cost of turning one word into another.

A cost is about -log of how likely the machine reads `wrong` where `right` stands. Pairs come from general knowledge of
typewritten and printed Cyrillic and Latin; what is not listed costs a flat sum. Learning refines this later.
"""

from __future__ import annotations

from functools import lru_cache

_FLAT = 2.6
_CHEAP = 1.2
_INSERTED = 2.2
_DROPPED = 2.2

_PAIRS = """
д л|в з|ж х|к х|и в|ш н|п н|н и|и й|е с|о с|е о|а о|б в|ц п|ц и|щ ш|з э|г т|т г|м ы|р п|я л|ь ы|ъ ь|ы н|у х|ч у|ф р|л п
п л|л н|к н|ю о|э з|ё е|ж к|а е|и н|в н|н к|т п|т м|с о|з в|о е|б о|т ч|г п|ы м|ш ц|ш щ|и ц|в б|ь в|а я|р в|ч т|м н
l i|i t|c e|e o|a o|n u|h b|f t|m n|r t|v y|u n|s f|g q|b h|c o|e c|t l|o 0|l 1|S 5|B 8
"""
_CLOSE = {frozenset(pair.split()) for line in _PAIRS.strip().splitlines() for pair in line.split("|")}
_RUNS = {
    ("ьі", "ы"), ("ы", "ьі"), ("ни", "ш"), ("ш", "ни"), ("ln", "m"), ("rn", "m"), ("m", "rn"), ("cl", "d"), ("ii", "n"),
    ("гп", "т"), ("оі", "ю"), ("іо", "ю"), ("л1", "м"), ("vv", "w"), ("li", "h"), ("іі", "п"), ("пі", "ш"), ("іп", "ш"),
}  # fmt: skip


@lru_cache(maxsize=100_000)
def cost(wrong: str, right: str) -> float:
    """The cheapest way from what stands there to what should: weighted edits, runs of two letters among them."""
    n, m = len(wrong), len(right)
    row = [j * _DROPPED for j in range(m + 1)]
    rows = [row]
    for i in range(1, n + 1):
        now = [i * _INSERTED]
        for j in range(1, m + 1):
            a, b = wrong[i - 1], right[j - 1]
            step = 0.0 if a == b else _CHEAP if frozenset((a, b)) in _CLOSE else _FLAT
            best = min(rows[i - 1][j - 1] + step, rows[i - 1][j] + _INSERTED, now[j - 1] + _DROPPED)
            if i > 1 and (wrong[i - 2 : i], b) in _RUNS:
                best = min(best, rows[i - 2][j - 1] + _CHEAP)
            if j > 1 and (a, right[j - 2 : j]) in _RUNS:
                best = min(best, rows[i - 1][j - 2] + _CHEAP)
            if i > 1 and a == wrong[i - 2] and b == a:
                best = min(best, rows[i - 1][j] + _CHEAP)  # a doubled letter
            now.append(best)
        rows.append(now)
    return rows[n][m]


def difference(wrong: str, right: str) -> tuple[str, str]:
    """The stretch in which two words differ, on either side."""
    start = 0
    while start < min(len(wrong), len(right)) and wrong[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(wrong), len(right)) - start and wrong[-1 - end] == right[-1 - end]:
        end += 1
    return wrong[start : len(wrong) - end], right[start : len(right) - end]
