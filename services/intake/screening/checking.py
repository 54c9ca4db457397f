"""Asking WeChat about one text or file. No transaction is open meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from structlog import get_logger

from services.intake.attachments.domain.lifecycle import AttachmentKind
from services.intake.screening.domain.kinds import is_checkable
from services.intake.screening.domain.verdicts import Judged, Reason, Verdict, held, judge
from services.intake.screening.pausing import Pause
from shared.wechat import (
    Busy,
    LongLimit,
    Misconfigured,
    OutcomeUnknown,
    ShortLimit,
    TokenRejected,
    Unlisted,
    Unreachable,
    WeChatClient,
    WeChatError,
)
from shared.wechat.content import MEDIA_CHECK, TEXT_CHECK, Media, pieces

COMES_BACK = (
    *(Busy, LongLimit, Misconfigured, OutcomeUnknown, ShortLimit, TokenRejected, Unreachable),
)
ALARMING = (LongLimit, Misconfigured, TokenRejected, Unlisted)
MEDIA = {AttachmentKind.IMAGE: Media.IMAGE, AttachmentKind.AUDIO: Media.AUDIO}

# Where WeChat may fetch a file for a short time; None where there is no such place.
AddressFor = Callable[[UUID], str | None]

logger = get_logger(__name__)


@dataclass(frozen=True)
class File:
    id: UUID
    kind: str
    size: int | None


@dataclass(frozen=True)
class Question:
    """What is asked about: `words`, or a file. `claimed_until` tells this claim from later ones."""

    screening_id: UUID
    claimed_until: datetime
    answerable: bool
    anonymous: bool
    openid: str | None = field(repr=False)
    words: str = field(repr=False)
    file: File | None = None


@dataclass(frozen=True)
class Sent:
    """The finding will be pushed under this trace id."""

    trace_id: str


@dataclass(frozen=True)
class Again:
    """No answer this time."""


Outcome = Verdict | Sent | Again


def no_address(attachment_id: UUID) -> str | None:
    """Files cannot be fetched from outside: a person looks at them."""
    return None


async def check(
    wechat: WeChatClient, address_for: AddressFor, pause: Pause, question: Question
) -> Outcome:
    """Raises nothing that WeChat could cause."""
    verdict = _without_asking(question)
    if verdict is not None:
        return verdict
    if pause.lasts(TEXT_CHECK if question.file is None else MEDIA_CHECK):
        return Again()
    assert question.openid is not None, "otherwise nobody is asked"
    try:
        if question.file is not None:
            return await _ask_about(wechat, address_for, question.file, question.openid)
        return await _ask_about_words(wechat, question.words, question.openid)
    except WeChatError as error:
        pause.begin(error)
        return _judged(error)


def _without_asking(question: Question) -> Verdict | None:
    """An anonymous author is named to nobody (X15)."""
    if question.anonymous:
        return held(Reason.ANONYMOUS)
    if question.openid is None:
        return held(Reason.NO_ACCOUNT)
    if question.file is not None and not is_checkable(question.file.kind, question.file.size):
        return held(Reason.NOT_CHECKABLE)
    if not question.answerable:
        return held(Reason.NOT_CHECKED)
    return None


async def _ask_about(
    wechat: WeChatClient, address_for: AddressFor, file: File, openid: str
) -> Outcome:
    address = address_for(file.id)
    if address is None:
        return held(Reason.NOT_CHECKED)
    kind = MEDIA[AttachmentKind(file.kind)]
    return Sent(await wechat.content.check_media(address, kind, openid))


async def _ask_about_words(wechat: WeChatClient, words: str, openid: str) -> Outcome:
    findings = [await wechat.content.check_text(piece, openid) for piece in pieces(words)]
    return judge([Judged(each.suggest, each.label) for each in findings])


def _judged(error: WeChatError) -> Outcome:
    if isinstance(error, ALARMING):
        logger.error("wechat_refuses_us", path=error.path, errcode=error.errcode, rid=error.rid)
    return Again() if isinstance(error, COMES_BACK) else held(Reason.REFUSED)
