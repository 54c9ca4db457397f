"""What recipients choose for themselves, and what it does to what they are told (lifecycle 3.7)."""

from __future__ import annotations

from typing import Any

import pytest

from services.notify.messages.domain.catalogue import Template
from shared.contracts.intake import ErasedOwner, OwnerErased
from tests.notify.choosing import choose, refused
from tests.notify.news import (
    MOBILE,
    OWNER_NAME,
    WORKER_NAME,
    dispatched,
    feedback,
    guided,
    info_requested,
    owner_known,
    worker_known,
)
from tests.notify.sends import GRID_STAFF, Record, pump, record_of, subscribe
from tests.notify.test_forgetting import FOR_SURVEY
from tests.notify.town import Town
from tests.samples import NEIGHBOUR, OWNER, owner
from tests.stage import START, Stage


async def preferences(stage: Stage, actor: Any) -> dict[str, Any]:
    async with stage.client(actor) as client:
        found: dict[str, Any] = (await client.get("/preferences")).json()
    return found


async def test_nothing_chosen_is_as_the_rulebook_has_it(stage: Stage) -> None:
    mine = await preferences(stage, owner())
    assert mine["text_messages"] == {"PROGRESS": True, "FEEDBACK": True, "MEDIATION": True}
    assert mine["quiet_hours"] == {"begins": "22:00:00", "ends": "07:00:00"}
    assert (mine["wechat"], mine["digest"]) == (None, None)
    assert mine["bounds"]["quiet_earliest"] == "19:00:00"
    theirs = await preferences(stage, GRID_STAFF)
    assert theirs["digest"] == {"active": True, "times": [], "above": 5}
    assert (theirs["wechat"], theirs["quiet_hours"]) == (True, None)


async def test_a_choice_is_ones_own_and_whole(stage: Stage) -> None:
    """Chosen twice is as once; what is left out is as it was at first; nobody else's changes."""
    for _ in range(2):
        await choose(stage, text_messages={"FEEDBACK": False})
    assert (await preferences(stage, owner()))["text_messages"]["FEEDBACK"] is False
    assert (await preferences(stage, owner(NEIGHBOUR)))["text_messages"]["FEEDBACK"] is True
    await choose(stage, quiet_hours={"begins": "20:00", "ends": "09:00"})
    mine = await preferences(stage, owner())
    assert mine["text_messages"]["FEEDBACK"] is True
    assert mine["quiet_hours"] == {"begins": "20:00:00", "ends": "09:00:00"}
    assert await stage.count("preference") == 1


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"quiet_hours": {"begins": "18:00", "ends": "07:00"}}, "QUIET_HOURS_OUT_OF_BOUNDS"),
        ({"quiet_hours": {"begins": "23:00", "ends": "07:00"}}, "QUIET_HOURS_OUT_OF_BOUNDS"),
        ({"text_messages": {"TASK": False}}, "PREFERENCE_NOT_YOURS"),
        ({"wechat": False}, "PREFERENCE_NOT_YOURS"),
        ({"digest": {"active": True}}, "PREFERENCE_NOT_YOURS"),
        ({"quiet_hours": {"begins": "22:00:01", "ends": "07:00"}}, "INVALID_FIELDS"),
        ({"quiet_hours": {"begins": "22:00+08:00", "ends": "07:00"}}, "INVALID_FIELDS"),
        ({"text_messages": {"FEEDBACK": "no"}}, "INVALID_FIELDS"),
    ],
)
async def test_what_an_owner_cannot_choose(stage: Stage, choice: dict[str, Any], code: str) -> None:
    assert await refused(stage, **choice) == (422, code)
    assert await stage.count("preference") == 0


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"text_messages": {"FEEDBACK": False}}, "PREFERENCE_NOT_YOURS"),
        ({"quiet_hours": {"begins": "20:00", "ends": "09:00"}}, "PREFERENCE_NOT_YOURS"),
        ({"digest": {"times": [f"{hour:02}:00" for hour in range(7)]}}, "TOO_MANY_DIGEST_TIMES"),
        ({"digest": {"times": ["08:00"] * 25}}, "INVALID_FIELDS"),
    ],
)
async def test_what_staff_cannot_choose(stage: Stage, choice: dict[str, Any], code: str) -> None:
    assert await refused(stage, GRID_STAFF, **choice) == (422, code)


async def test_who_wants_no_text_messages_of_a_kind_gets_none(stage: Stage, town: Town) -> None:
    """N11 and N02: refused for the one kind and not for the other; the reason is kept."""
    await choose(stage, text_messages={"FEEDBACK": False})
    await stage.hear(owner_known(), feedback())
    await pump(stage)
    assert town.sms_to(MOBILE) == []
    assert await record_of(stage, "N11") == Record(
        "EXHAUSTED", [("WECHAT", "REFUSED", "NO_CONSENT")]
    )
    await stage.hear(info_requested())
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1


async def test_what_the_law_wants_told_is_texted_all_the_same(stage: Stage, town: Town) -> None:
    """N10 (人民调解法 art. 26) cannot be refused."""
    await choose(stage, text_messages={"MEDIATION": False})
    await stage.hear(owner_known(), guided())
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1


async def test_an_owner_sleeps_as_long_as_they_chose(stage: Stage, town: Town) -> None:
    """20:00 to 09:00 instead of 22:00 to 07:00, and the city's is not enough any more."""
    await choose(stage, quiet_hours={"begins": "20:00", "ends": "09:00"})
    stage.clock.move_to(START.replace(hour=20))
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    for moment in (START.replace(day=3, hour=7), START.replace(day=3, hour=8, minute=59)):
        stage.clock.move_to(moment)
        await pump(stage)
        assert town.wechat_to(OWNER_NAME) == []
    stage.clock.move_to(START.replace(day=3, hour=9))
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1


async def test_what_was_due_before_the_own_night_waits_it_out_too(stage: Stage, town: Town) -> None:
    """The sender was away from before eight until after: nobody is woken for that."""
    await choose(stage, quiet_hours={"begins": "20:00", "ends": "09:00"})
    stage.clock.move_to(START.replace(hour=19, minute=59))
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    stage.clock.move_to(START.replace(hour=20, minute=1))
    await pump(stage)
    assert town.wechat_to(OWNER_NAME) == []


async def test_an_emergency_ends_the_own_night(stage: Stage, town: Town) -> None:
    """X31."""
    await choose(stage, quiet_hours={"begins": "20:00", "ends": "09:00"})
    stage.clock.move_to(START.replace(hour=21))
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched(emergency=True))
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1


async def test_staff_without_wechat_find_it_in_the_inbox(stage: Stage, town: Town) -> None:
    await choose(stage, GRID_STAFF, wechat=False)
    await stage.hear(worker_known())
    town.accept(WORKER_NAME, Template.TASK)
    await stage.hear(dispatched())
    await pump(stage)
    assert town.wechat_to(WORKER_NAME) == []
    assert await record_of(stage, "N04") == Record("DELIVERED", [("INBOX", "SENT", None)])


async def test_the_choice_goes_with_the_account(stage: Stage) -> None:
    """Erasure: nothing of the person is kept."""
    await choose(stage, text_messages={"FEEDBACK": False})
    gone = ErasedOwner(id=OWNER, version=9, erased_at=START)
    await stage.hear(owner_known(), OwnerErased(owner=gone, names=FOR_SURVEY))
    assert await stage.count("preference") == 0
