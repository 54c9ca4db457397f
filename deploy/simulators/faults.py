"""Misbehaviour on command: what a simulator answers instead, how often, and how late."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

Effect = Callable[[], Response]


class Fault(BaseModel):
    """An answer given instead of the true one, the next `times` times `call` is made.

    `call` names the endpoint (a path, or an action of the SMS provider). `after_effect` lets the
    work be done first, so that only the answer is lost. Without `body` the true answer is given,
    only late.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    call: str
    times: int = Field(default=1, ge=1)
    status: int = Field(default=200, ge=200, le=599)
    body: str | None = None
    content_type: str = "application/json"
    headers: dict[str, str] = Field(default_factory=dict)
    delay_seconds: float = Field(default=0, ge=0, le=60)
    after_effect: bool = False

    def answer(self) -> Response:
        headers = {**self.headers, "content-type": self.content_type}
        return Response(self.body, self.status, headers)


class Script:
    """The faults still to come, in the order they were given, and how often each call came.

    `always` is what a call is answered beside these, until somebody takes it away.
    """

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.always: dict[str, Fault] = {}
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.extend([fault] * fault.times)

    async def play(self, call: str, effect: Effect) -> Response:
        """The true answer of `effect`, or what the next fault for `call` makes of it."""
        self.calls[call] += 1
        fault = self._take(call) or self.always.get(call)
        if fault is None:
            return effect()
        await asyncio.sleep(fault.delay_seconds)
        if fault.body is None:
            return effect()
        if fault.after_effect:
            effect()
        return fault.answer()

    def _take(self, call: str) -> Fault | None:
        for position, fault in enumerate(self._waiting):
            if fault.call == call:
                return self._waiting.pop(position)
        return None
