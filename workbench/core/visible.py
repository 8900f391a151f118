"""The border between OCR text and a screen: each dangerous code point becomes one visible one-cell sign.

Controls and escapes would drive the terminal, bidirectional overrides and zero-width code points would hide what stands
there. The translation is one code point to one, so offsets stay, and it can be taken back (`as_typed`) from what a
person typed over it.
"""

from __future__ import annotations

from functools import cache

_CONTROL_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_C1 = dict.fromkeys(range(0x80, 0xA0), 0x25A1)  # □
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0x2AFD)  # ⫽
_UNSEEN = (
    0x034F, 0x115F, 0x1160, 0x180E, 0x200B, 0x200C, 0x200D, *range(0x2060, 0x2065), *range(0x206A, 0x2070), 0x3164,
    0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC), *range(0x1D173, 0x1D17B),
)  # fmt: skip
"""Joiners, fillers, invisible operators, format marks: they take no room, or room with nothing in it."""
_ZERO_WIDTH = dict.fromkeys(_UNSEEN, 0x00A4)  # ¤
_SEPARATORS = {0x2028: 0x240A, 0x2029: 0x240A, 0x00AD: 0x00AC}  # soft hyphen as ¬


@cache
def _table() -> dict[int, int]:
    tags = dict.fromkeys(range(0xE0000, 0xE0080), 0x00A4)
    surrogates = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
    return _CONTROL_PICTURES | _C1 | _BIDI | _ZERO_WIDTH | _SEPARATORS | tags | surrogates


def visible(text: str) -> str:
    """The text with every control, bidirectional, zero-width or surrogate code point as one visible sign."""
    return text.translate(_table())


def flat(text: str) -> str:
    """The visible text on one line, its line ends as one sign each."""
    return visible(text.replace("\r\n", "⏎").replace("\n", "⏎"))


def as_typed(shown: str, original: str) -> str:
    """What a person made of `visible(original)`, with the signs of the original taken back where they still stand.

    A sign stands for the code point it replaced in the original; each kind is given back in order of its first source.
    """
    back: dict[int, int] = {}
    for char in original:
        sign = _table().get(ord(char))
        if sign is not None:
            back.setdefault(sign, ord(char))
    return shown.translate(back)
