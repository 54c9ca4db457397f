"""What the HTTP side of a service is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter

from shared.web.problems import Dialect
from shared.web.shortcut import Shortcut


@dataclass(frozen=True, eq=False)
class Front:
    """`uploads` are the addresses that take bodies of more than a MiB, and of how many bytes, where
    a `{parameter}` stands for any segment; `shortcuts` the few endpoints that go past the
    framework; `dialects` say by path prefix how errors are told where a protocol of others is
    spoken; what lies below the prefixes `for_anybody` is read by pages of any site, and answers
    HEAD. A front is equal to itself alone: there is one app for each.
    """

    title: str
    routers: Sequence[APIRouter]
    uploads: Mapping[str, int] = field(default_factory=dict)
    shortcuts: Sequence[Shortcut] = ()
    dialects: Mapping[str, Dialect] = field(default_factory=dict)
    for_anybody: Sequence[str] = ()
