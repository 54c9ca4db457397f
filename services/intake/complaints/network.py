"""Where a request came from, as far as it is remembered: a keyed hash for an hour's count."""

from __future__ import annotations

from fastapi import Request

from shared.runtime import Runtime


def address_of(request: Request, runtime: Runtime) -> str | None:
    """None for a request that came over no network."""
    if request.client is None:
        return None
    return runtime.blind_index.of(request.client.host, table="filing_tally", column="address")
