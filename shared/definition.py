"""What a service says about itself; hosting turns it into processes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from sqlalchemy import MetaData

from shared.clocks.sweeper import OnTick
from shared.messaging.subscriptions import Subscriptions
from shared.runtime import Runtime

Loop = Callable[[Runtime], Awaitable[None]]


@dataclass(frozen=True)
class Definition:
    """`compose` puts the service's own tools into the runtime, `release` lets go of them.

    `loops` run in the worker until cancelled. `seed` makes the service's part of the demo world and
    may be called again.
    """

    name: str
    title: str
    metadata: MetaData
    migrations: Path
    routers: Sequence[APIRouter]
    subscriptions: Subscriptions
    compose: Callable[[Runtime], Awaitable[None]]
    release: Callable[[Runtime], Awaitable[None]]
    seed: Callable[[Runtime], Awaitable[None]]
    on_tick: OnTick | None = None
    on_the_dot: frozenset[str] = frozenset()
    loops: Sequence[Loop] = ()
