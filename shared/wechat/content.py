"""Content safety: texts answered at once, pictures and recordings by a push (wechat.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from shared.wechat.calling import Calling
from shared.wechat.errors import Busy, OutcomeUnknown, Unreachable
from shared.wechat.replies import text_of

TEXT_CHECK = "/wxa/msg_sec_check"
MEDIA_CHECK = "/wxa/media_check_async"
VERSION = 2
LONGEST_TEXT = 2500  # characters in one call
LARGEST_MEDIA = 10 * 1024 * 1024  # bytes

PASS = "pass"
SUGGESTIONS = frozenset({PASS, "review", "risky"})


class Scene(IntEnum):
    PROFILE = 1
    COMMENT = 2
    FORUM = 3
    SOCIAL_LOG = 4


class Media(IntEnum):
    AUDIO = 1
    IMAGE = 2


@dataclass(frozen=True)
class Finding:
    """`suggest` is pass, review or risky; `label` 100 for nothing found, 20003 for abuse, …"""

    suggest: str
    label: int | None
    trace_id: str | None = None

    @property
    def passes(self) -> bool:
        return self.suggest == PASS


class ContentSafety:
    def __init__(self, calling: Calling) -> None:
        self._calling = calling

    async def check_text(
        self, text: str, openid: str, *, scene: Scene = Scene.FORUM, title: str | None = None
    ) -> Finding:
        """At most LONGEST_TEXT characters by somebody who used the mini-program within two hours
        (else Refused, 61010). Checking twice does no harm."""
        body = {"content": text, "version": VERSION, "scene": scene, "openid": openid}
        if title:
            body["title"] = title
        reply = await self._calling.post(
            TEXT_CHECK,
            body,
            hidden=(openid, text, title or ""),
            again_on=(Busy, Unreachable, OutcomeUnknown),
        )
        return _finding(TEXT_CHECK, reply)

    async def check_media(
        self, address: str, media: Media, openid: str, *, scene: Scene = Scene.FORUM
    ) -> str:
        """The trace id under which the finding is pushed within thirty minutes.

        The vendor downloads `address`, which must be public and short-lived.
        """
        body = {
            "media_url": address,
            "media_type": media,
            "version": VERSION,
            "scene": scene,
            "openid": openid,
        }
        reply = await self._calling.post(MEDIA_CHECK, body, hidden=(address, openid))
        return text_of(MEDIA_CHECK, reply, "trace_id")


def pushed_finding(event: Mapping[str, Any]) -> Finding:
    """What a `wxa_media_check` event says; a check that failed (-1008 …) suggests nothing.

    Numbers may be written as text, and `errcode` may be absent.
    """
    trace_id = str(event.get("trace_id", ""))
    if _number(event.get("errcode")) not in {None, 0}:
        return Finding("", None, trace_id)
    result = event.get("result")
    if not isinstance(result, Mapping):
        return Finding("", None, trace_id)
    return Finding(str(result.get("suggest", "")), _number(result.get("label")), trace_id)


def _finding(path: str, reply: Mapping[str, Any]) -> Finding:
    result = reply.get("result")
    if not isinstance(result, Mapping) or result.get("suggest") not in SUGGESTIONS:
        raise OutcomeUnknown(path, "the reply has no result")
    trace_id = reply.get("trace_id")
    return Finding(
        str(result["suggest"]),
        _number(result.get("label")),
        None if not trace_id else str(trace_id),
    )


def pieces(text: str, longest: int = LONGEST_TEXT, overlap: int = 50) -> Iterable[str]:
    """`text` in pieces that one call takes; they overlap, so that nothing hides at a cut."""
    yield text[:longest]
    for begin in range(longest - overlap, len(text) - overlap, longest - overlap):
        yield text[begin : begin + longest]


def _number(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None
