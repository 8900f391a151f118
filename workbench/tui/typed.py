"""Keys in the order they were typed: each is done with, or what it asks is on the screen, before the next one counts.

A terminal hands over in one piece what was typed faster than a screen opens. Without this `j120` would go to no line:
the digits would still be keys of the desk, and accept candidates.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TypeVar, cast

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.worker import WorkerState

T = TypeVar("T")

_AGAIN = 0.01
"""Seconds until it is looked again whether the next key may go on."""
_PATIENCE = 3.0
"""Seconds after which keys that wait are forgotten: nobody expects them any more."""
AT_MOST = 1.0
"""Seconds after which something counts as painted, whether the screen says so or not."""
_UNDER_WAY = 0.5
"""Seconds within which what a typed sign sets off has come to its end."""
_AT_WORK = (WorkerState.PENDING, WorkerState.RUNNING)
_GROUPS = ("ask", "decide")
"""Workers that open a question or record what was decided."""
_AT_ONCE = "ctrl+q"


class InOrder(App[int]):
    """Holds keys back while an earlier one is being obeyed."""

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[events.Key] = deque()
        self._held_since = self._under_way_until = self._not_before = 0.0
        self.typed_at = 0.0
        """When the key arrived that is obeyed, or was last."""

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:  # forwarded: it comes back from who did not want it
            await super().on_event(event)
        elif self._is_preparing() and event.key == "escape":
            self._held.clear()
            await self._obey(event)
        elif event.key != _AT_ONCE and self.is_busy:
            self._hold(event)
        else:
            await self._obey(event)

    def drop_what_was_typed(self) -> None:
        """Obey no key that arrived before what is about to be painted was painted: it was meant for something else."""
        self._not_before = monotonic() + AT_MOST

        def painted() -> None:
            self._not_before = monotonic()

        self.screen.call_after_refresh(painted)

    async def _obey(self, event: events.Key) -> None:
        """Run a command before the next key is looked at; where text is typed, a sign goes to who takes the text."""
        if event.time < self._not_before:
            return
        self.typed_at = event.time
        focused = self.focused
        if focused is None or not focused.check_consume_key("x", "x"):
            if not await self._check_bindings(event.key):
                await super().on_event(event)
            return
        if focused.check_consume_key(event.key, event.character) or not await self._check_bindings(event.key):
            await super().on_event(event)
        self.await_told(focused)

    def await_told(self, widget: Widget) -> None:
        """Hold keys back until those above a widget have heard what it told them."""
        self._under_way_until = monotonic() + _UNDER_WAY
        self._after(widget)

    def _after(self, node: MessagePump) -> None:
        """Come to the application after everything that a widget was told to tell those above it."""

        def told(node: MessagePump) -> None:
            above = node._parent
            if above is None or above is self or not above.call_later(self._after, above):
                self._under_way_until = 0.0
                self.call_later(self._let_go)

        # Twice: what it is told first may make it tell something more.
        if not node.call_later(told, node):
            self._under_way_until = 0.0

    @property
    def is_busy(self) -> bool:
        """Does a key wait, or is what the last one asked for on its way to the screen?"""
        return bool(self._held) or self._is_busy()

    def _is_busy(self) -> bool:
        """Is what the last key asked for on its way to the screen?"""
        if not self.screen_stack or monotonic() < self._under_way_until:
            return True
        return not self.screen.is_mounted or self._is_at_work(_GROUPS)

    def _is_preparing(self) -> bool:
        """Is something prepared, for a list or a question, that Esc stops?"""
        return bool(self.screen_stack) and self.screen.is_mounted and self._is_at_work(("prepare",))

    def _is_at_work(self, groups: tuple[str, ...]) -> bool:
        return any(w.node is self.screen and w.group in groups and w.state in _AT_WORK for w in self.workers)

    def _hold(self, event: events.Key) -> None:
        if not self._held:
            self._held_since = monotonic()
            self.set_timer(_AGAIN, self._let_go)
        self._held.append(event)

    async def _let_go(self) -> None:
        """Obey the first key that waits, if its time has come; one at a time, for a screen closes between two."""
        if not self._held:
            return
        if not self._is_busy():
            await self._obey(self._held.popleft())
            self.call_later(self._let_go)
        elif monotonic() - self._held_since > _PATIENCE:
            self._held.clear()
        else:
            self.set_timer(_AGAIN, self._let_go)


class Considered(ModalScreen[T]):
    """A question that Enter answers only if it was typed after the painting: whoever typed ahead has not read it."""

    def on_mount(self) -> None:
        self._painted_at = monotonic() + AT_MOST
        self.call_after_refresh(self._was_painted)

    def _was_painted(self) -> None:
        self._painted_at = monotonic()

    @property
    def is_read(self) -> bool:
        """Could the person have read it before the key that is obeyed?"""
        return cast(InOrder, self.app).typed_at >= self._painted_at
