"""Calls with the access token: one retry with another token, never more (wechat.md 2, rule 4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from shared.wechat.access_tokens import AccessTokens
from shared.wechat.errors import TokenRejected, WeChatError
from shared.wechat.replies import Reply
from shared.wechat.wire import Call, Wire

T = TypeVar("T")

Body = Mapping[str, Any]
Again = tuple[type[WeChatError], ...]


class Calling:
    """Raises WeChatError. `hidden` are values that must not stand in an error's text.

    `again_on` are the failures after which the call itself may be repeated; None means Busy alone.
    """

    def __init__(self, wire: Wire, tokens: AccessTokens) -> None:
        self._wire = wire
        self._tokens = tokens

    async def post(
        self, path: str, body: Body, hidden: tuple[str, ...] = (), again_on: Again | None = None
    ) -> Reply:
        return await self._with_token(
            self._wire.call, _call("POST", path, {}, body, hidden, again_on)
        )

    async def get(self, path: str, query: Mapping[str, str], hidden: tuple[str, ...] = ()) -> Reply:
        return await self._with_token(self._wire.call, _call("GET", path, query, None, hidden))

    async def picture(self, path: str, body: Body) -> bytes:
        return await self._with_token(self._wire.picture, _call("POST", path, {}, body, ()))

    async def _with_token(
        self, exchange: Callable[[Call], Awaitable[T]], call: Callable[[str], Call]
    ) -> T:
        token = await self._tokens.current()
        try:
            return await exchange(call(token.value))
        except TokenRejected as error:
            token = await self._tokens.instead_of(token, error)
        return await exchange(call(token.value))


def _call(
    method: str,
    path: str,
    query: Mapping[str, str],
    body: Body | None,
    hidden: tuple[str, ...],
    again_on: Again | None = None,
) -> Callable[[str], Call]:
    def with_token(token: str) -> Call:
        return Call(
            method,
            path,
            query={"access_token": token, **query},
            body=body,
            hidden=(token, *hidden),
            **({} if again_on is None else {"again_on": again_on}),
        )

    return with_token
