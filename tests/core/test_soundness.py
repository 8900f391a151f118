"""What an entry from elsewhere may hold, and what it may not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core import soundness
from workbench.core.acts import ACTS
from workbench.core.entry import canonical
from workbench.core.errors import RefusedError

BODY: dict[str, Any] = {"act": "keep", "person": "p", "role": "r", "time": "2020-01-01T00:00:00.000000Z"}
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2), max_leaves=4,
)  # fmt: skip


def test_what_the_program_writes_is_sound() -> None:
    soundness.check(canonical(BODY))
    soundness.check(canonical(BODY | {"start": 1, "end": 2, "quote": "x", "supersedes": ["a"], "reason": "б"}))


@given(st.sampled_from(sorted(soundness.FIELDS)), odd)
def test_a_field_holds_what_it_can_hold_or_the_entry_is_refused(name: str, value: object) -> None:
    """By its name, and never by an exception of another kind."""
    body = BODY | {name: value}
    good = soundness.FIELDS[name].holds(value) and (value or name not in BODY) and (name != "act" or value in ACTS)
    if good and name != "data":
        soundness.check(canonical(body))
    elif name != "data":
        with pytest.raises(RefusedError, match=name):
            soundness.check(canonical(body))


@given(st.sampled_from([(act, name) for act, kind in ACTS.items() for name in kind.fields]), odd)
def test_what_is_particular_holds_what_it_can_hold_or_the_entry_is_refused(of: tuple[str, str], value: object) -> None:
    act, name = of
    body = canonical(BODY | {"act": act, "data": {name: value}})
    if ACTS[act].fields[name].holds(value):
        soundness.check(body)
    else:
        with pytest.raises(RefusedError, match=name):
            soundness.check(body)


@pytest.mark.parametrize(
    "body",
    [
        "5", "[]", '"x"', "null", json.dumps(BODY), canonical(BODY)[:-1] + ',"time":"2020-01-01T00:00:00.000000Z"}',
        '{"time":"2020-01-01T00:00:00.000000Z","act":"keep","person":"p","role":"r"}',
        canonical(BODY).replace("keep", "\\u006beep"),
    ],
)  # fmt: skip
def test_what_is_not_written_as_entries_are_is_refused(body: str) -> None:
    """Blanks, another order, a key twice, another escape: two programs might read it in two ways."""
    with pytest.raises(RefusedError, match="not written as entries are"):
        soundness.check(body)
