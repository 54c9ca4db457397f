"""N15: what a company has to mend, told to the company, the street and the county's bureau."""

from __future__ import annotations

import pytest

from shared.contracts.routing import (
    RectificationAccepted,
    RectificationEvent,
    RectificationExtended,
    RectificationOrdered,
    RectificationOverdue,
)
from tests.notify import news
from tests.notify.catalogue.cast import (
    COUNTY_HOUSING,
    EVERYBODY,
    MANAGER_1,
    OFFICE,
    OWNER_1,
    gather,
    told,
)
from tests.notify.sends import pump
from tests.notify.town import Town
from tests.samples import named
from tests.stage import START, Stage

CONCERNED = (MANAGER_1, OFFICE, COUNTY_HOUSING)
NUMBER = f"ZG-20260302-{named('rectification').hex[-6:].upper()}"
KINDS = (
    (RectificationOrdered, "限期整改", "前完成整改"),
    (RectificationExtended, "整改延期", "延长至"),
    (RectificationOverdue, "整改逾期", "已于"),
    (RectificationAccepted, "整改通过", "已通过审核"),
)
EACH = pytest.mark.parametrize(
    ("kind", "phrase", "word"), KINDS, ids=[kind.__name__ for kind, _, _ in KINDS]
)


@EACH
async def test_company_street_and_bureau_are_told_once(
    stage: Stage, kind: type[RectificationEvent], phrase: str, word: str
) -> None:
    """N15, E07: why, the date of the talk, the deadline; of which company and estate."""
    await gather(stage)
    await stage.hear_after_forgetting(news.rectified(kind))
    for person in EVERYBODY:
        entries = await told(stage, person, "N15")
        assert len(entries) == (person in CONCERNED), person.name
        for entry in entries:
            for said in ("测评得分", "约谈日期：2026年3月2日", "2026年4月1日 24:00", word):
                assert said in entry["body"]
            assert "演示物业公司（演示·桂花园）" in entry["body"]


@EACH
async def test_by_inbox_and_by_text_message_at_any_hour(
    stage: Stage, town: Town, kind: type[RectificationEvent], phrase: str, word: str
) -> None:
    """N15: inbox and SMS, with number, state and deadline."""
    await gather(stage)
    await pump(stage)
    stage.clock.move_to(START.replace(hour=23))
    await stage.hear(news.rectified(kind))
    await pump(stage)
    await pump(stage)
    for person in CONCERNED:
        (sent,) = town.sms_to(person.mobile)
        assert tuple(sent.params) == (NUMBER, phrase, "2026年4月1日 24:00")
    assert town.sms_to(OWNER_1.mobile) == []


async def test_what_is_not_known_yet_has_no_name(stage: Stage) -> None:
    """X37: before the directory has told of company and estate, nobody is kept waiting."""
    await stage.hear(news.rectified(RectificationOrdered))
    (entry,) = await told(stage, MANAGER_1, "N15")
    assert "物业服务企业（有关小区）" in entry["body"]
