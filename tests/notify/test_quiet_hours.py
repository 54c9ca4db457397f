"""Owners are not disturbed from ten in the evening to seven in the morning (lifecycle 3.7)."""

from __future__ import annotations

import pytest

from deploy.simulators.faults import Fault
from services.notify.messages.domain.catalogue import Template
from tests.notify.news import OWNER_NAME, dispatched, owner_known, worker_known
from tests.notify.sends import pump, record_of, subscribe
from tests.notify.town import Town
from tests.stage import START, Stage

SEND = "/cgi-bin/message/subscribe/send"


@pytest.mark.parametrize("hour", [22, 23, 2, 6])
async def test_owners_sleep_undisturbed(stage: Stage, town: Town, hour: int) -> None:
    """Quiet hours 22:00 to 07:00: held until seven; whoever looks finds it in the inbox."""
    night = START.replace(hour=hour) if hour > 9 else START.replace(day=3, hour=hour)
    stage.clock.move_to(night)
    await stage.hear(owner_known(), worker_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    await pump(stage)
    assert town.wechat_to(OWNER_NAME) == []
    assert (await record_of(stage, "N04")).state == "DELIVERED", "staff are on duty"
    stage.clock.move_to(START.replace(day=3, hour=6, minute=59))
    await pump(stage)
    assert town.wechat_to(OWNER_NAME) == []
    stage.clock.move_to(START.replace(day=3, hour=7))
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1


async def test_just_before_ten_it_still_goes_out(stage: Stage, town: Town) -> None:
    stage.clock.move_to(START.replace(hour=21, minute=59))
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1


async def test_a_retry_does_not_wake_anybody(stage: Stage, town: Town) -> None:
    """The retry falls into the quiet hours: it waits as well."""
    stage.clock.move_to(START.replace(hour=21, minute=59, second=30))
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    town.vendor.script.add(Fault(call=SEND, body='{"errcode": 45011, "errmsg": "too often"}'))
    await stage.hear(dispatched())
    await pump(stage)
    stage.clock.move_to(START.replace(hour=23))
    await pump(stage)
    assert town.wechat_to(OWNER_NAME) == []
    stage.clock.move_to(START.replace(day=3, hour=7))
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1


async def test_an_emergency_wakes_the_owner(stage: Stage, town: Town) -> None:
    """X31: at once, day and night."""
    stage.clock.move_to(START.replace(hour=23))
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched(emergency=True))
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1
