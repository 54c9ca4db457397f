"""Lists that refuse parameters they do not know: a misspelt one would narrow nothing."""

from __future__ import annotations

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute

from shared.web.problems import InvalidFields


async def no_other_parameters(request: Request) -> None:
    """Raises InvalidFields."""
    known = _parameters_of(request.scope["route"])
    strange = [name for name in request.query_params if name not in known]
    if strange:
        raise InvalidFields(errors=[_unknown(name) for name in strange])


def _parameters_of(route: APIRoute) -> frozenset[str]:
    """Of the endpoint and of all that it depends on."""
    every = get_flat_params(route.dependant)
    return frozenset(each.alias for each in every if isinstance(each.field_info, Query))


def _unknown(name: str) -> dict[str, str]:
    return {
        "pointer": f"/query/{name}",
        "code": "extra_forbidden",
        "detail": "Extra inputs are not permitted",
    }
