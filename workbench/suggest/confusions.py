"""Confusions that the field knows: what recognisers take for what, from the shapes of letters.

Each pair is what the machine reads and what the page has. They come from general knowledge of printed and typewritten
Cyrillic and Latin, the long s among it; how often each happens is fitted and learnt elsewhere.
"""

from __future__ import annotations

_CYRILLIC = """
л д|з в|х ж|х к|в и|н ш|н п|и н|й и|с е|о с|о е|о а|в б|п ц|и ц|ш щ|э з|т г|г т|м ы|п р|л я|ь ы|ь ъ|ъ ь|н ы|х у|у ч
р ф|п л|л п|н л|к н|ю о|з э|ё е|ж к|е а|в н|т м|т п|с о|в о|б о|ч т|п г|ы м|ш ц|щ ш|ц и|в ь|ь в|а я|я а|в р|т ч|к х
а о|е о|е с|н и|и п|п и|ц п|0 о|3 з|6 б|4 ч|8 в|г r|ж х|а з|ы н|и й|г ч|ы ь|д л|я л|з а|ч г|р п|у х|ч у|ф р|э о|в а
ьі ы|ьи ы|ни ш|ш ни|іо ю|!о ю|ик ж|гп т|л1 м|пі ш|іп ш|іі п|ци щ|тп ш|ыо ю|во ю|єе е
""".replace("\n", "|")
_LATIN = """
i l|t i|c e|e c|e o|o e|a o|o a|n u|u n|b h|h b|f t|t f|m n|n m|r t|t r|y v|v y|f s|s f|q g|g q|c o|o c|t l|l t|0 o|1 l
5 s|8 b|1 i|l i|3 s|6 b|9 g|r n|n r|a d|8 s|f l|l f|j i|ſ s|w v|k h|h k|d b|ii n|ii u|rn m|in m|m rn|cl d|vv w|li h|lí h
ll n|ni m|ri n|iv w|tb th|ih th|lc k|b li|n ri|fi s|fl s|fs ss|fi ss|nn m|tn m|ui m|iu m|c s|s c|x s|z s|i j|e r|r c|1 t
u a|a u|a e|e a|a s|s a|v r|r v|p n|n p|h n|n h|d cl|w m
""".replace("\n", "|")


def _read(table: str) -> frozenset[tuple[str, str]]:
    pairs = (entry.split() for entry in table.split("|") if entry.strip())
    return frozenset((wrong, right) for wrong, right in pairs)


LISTED = _read(_CYRILLIC) | _read(_LATIN)
"""Pairs (as read, as on the page), in lower case."""
