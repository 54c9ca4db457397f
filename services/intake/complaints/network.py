"""Where a request came from, as far as it is remembered: a keyed hash for an hour's count."""

from __future__ import annotations

from fastapi import Request

from shared.runtime import Runtime
from shared.web.network import network_behind


def address_of(request: Request, runtime: Runtime) -> str | None:
    """None for a request that came over no network."""
    network = network_behind(request)
    if network is None:
        return None
    return runtime.blind_index.of(network, table="filing_tally", column="address")
