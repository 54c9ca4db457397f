"""Appointments in calendar programs: time, place, number; moved, called off, and a secret feed."""

from __future__ import annotations

import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from icalendar import Calendar

from services.notify.calendar.domain.lifecycle import (
    TRANSITIONS,
    AppointmentAction,
    AppointmentOver,
    AppointmentState,
    advance,
)
from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.contracts.routing import JointConvened, MediationHeld, MediationRefused
from shared.contracts.vocabulary import CaseStatus
from shared.identity import Actor, End, Role
from shared.logs import configure_logs
from shared.privacy import redacted
from tests.notify.news import SEALED, cancelled, owner_known, scheduled, staff_known
from tests.samples import (
    CASE,
    COMMUNITY,
    COMPANY,
    FIRE,
    FIRE_BRIGADE,
    MANAGER,
    NEIGHBOUR,
    NINE,
    OFFICER,
    OWNER,
    WORKER,
    a_case,
    named,
    owner,
    staff,
)
from tests.stage import START, Stage

MEDIATOR = staff(WORKER, End.GRID, Role.GRID_WORKER, COMMUNITY)
SITE_MANAGER = staff(MANAGER, End.PROPERTY, Role.SITE_OFFICE, COMPANY)
OFFICER_OF_FIRE = staff(OFFICER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE)
PLACE = "演示社区居民委员会一楼调解室，从东门进入后左转第二间，请携带房屋权属证明和缴费凭证原件"


def at(version: int, **plan: Any) -> Any:
    case = a_case(version=version, state=CaseStatus.MEDIATING)
    return scheduled(**plan).model_copy(update={"case": case})


async def calendar(stage: Stage, name: str = str(CASE), actor: Actor | None = None) -> Calendar:
    async with stage.client(actor or owner()) as client:
        answer = await client.get(f"/calendar/{name}.ics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content)
    assert isinstance(found, Calendar)
    return found


async def refused(stage: Stage, name: str, actor: Actor) -> str:
    async with stage.client(actor) as client:
        answer = await client.get(f"/calendar/{name}.ics")
    assert answer.status_code == 404
    return str(answer.json()["code"])


@pytest.mark.parametrize("state", AppointmentState)
@pytest.mark.parametrize("action", AppointmentAction)
def test_what_is_over_stays_over(state: AppointmentState, action: AppointmentAction) -> None:
    if action in TRANSITIONS[state]:
        assert state is AppointmentState.PLANNED
        return
    with pytest.raises(AppointmentOver):
        advance(state, action)


async def test_a_mediation_is_an_appointment_of_its_parties_and_its_mediator(stage: Stage) -> None:
    """T15, N07: time, place and number, in Beijing time, and no name."""
    await stage.hear(owner_known(), at(4, place=PLACE))
    for actor in (owner(), SITE_MANAGER, MEDIATOR):
        found = await calendar(stage, actor=actor)
        (event,) = found.events
        assert (found["METHOD"], event["SEQUENCE"]) == ("PUBLISH", 0)
        assert event.start == NINE.replace(day=4, hour=15)
        assert event.end - event.start == timedelta(hours=2)
        assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
        assert [str(zone["TZID"]) for zone in found.timezones] == ["Asia/Shanghai"]
        assert event["LOCATION"] == PLACE
        assert "XN421202-20260302-00017" in str(event["SUMMARY"])
        assert not {"ATTENDEE", "DESCRIPTION", "CONTACT"} & set(event)
    assert await refused(stage, str(CASE), owner(NEIGHBOUR)) == "APPOINTMENT_NOT_FOUND"
    assert await refused(stage, str(named("nothing")), owner()) == "APPOINTMENT_NOT_FOUND"


async def test_long_chinese_lines_are_folded_between_characters(stage: Stage) -> None:
    """RFC 5545, 3.1: at most 75 octets, and a character is never cut."""
    await stage.hear(at(4, place=PLACE))
    async with stage.client(owner()) as client:
        content = (await client.get(f"/calendar/{CASE}.ics")).content
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    assert [line.decode() for line in lines]


async def test_it_is_moved_and_called_off_under_the_same_uid(stage: Stage) -> None:
    """The sequence rises with each; after that a new date is a new appointment."""
    await stage.hear(at(4))
    (first,) = (await calendar(stage)).events
    await stage.hear(at(6, scheduled_for=NINE.replace(day=5), place="街道会议室"))
    (moved,) = (await calendar(stage)).events
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 1)
    assert (moved.start, moved["LOCATION"]) == (NINE.replace(day=5), "街道会议室")
    await stage.hear(MediationRefused(case=a_case(version=7), unreachable=False))
    called_off = await calendar(stage)
    (event,) = called_off.events
    assert (called_off["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (event["UID"], event["SEQUENCE"]) == (first["UID"], 2)
    await stage.hear(at(9))
    both = await calendar(stage)
    assert (both["METHOD"], len({str(each["UID"]) for each in both.events})) == ("PUBLISH", 2)
    identifier = str(first["UID"]).removesuffix("@liuduan")
    assert len((await calendar(stage, identifier)).events) == 1


async def test_what_was_held_is_not_called_off_with_the_case(stage: Stage) -> None:
    """T16."""
    await stage.hear(at(4), MediationHeld(case=a_case(version=5), held_at=NINE, valid=True))
    await stage.hear(cancelled())
    (event,) = (await calendar(stage)).events
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)


async def test_older_news_change_nothing(stage: Stage) -> None:
    """X37: the refusal is heard before the date that it called off."""
    await stage.hear(MediationRefused(case=a_case(version=7), unreachable=True))
    await stage.hear(at(4))
    assert await refused(stage, str(CASE), owner()) == "APPOINTMENT_NOT_FOUND"


async def test_an_event_that_the_inbox_forgot_moves_nothing_twice(stage: Stage) -> None:
    await stage.hear(at(4))
    await stage.hear_after_forgetting(at(5))
    (event,) = (await calendar(stage)).events
    assert event["SEQUENCE"] == 1


async def test_joint_work_stands_in_the_calendars_of_its_departments(stage: Stage) -> None:
    """CK-07: when they have met; the owner was not there."""
    await stage.hear(JointConvened(case=a_case(handler=FIRE_BRIGADE, units=(FIRE_BRIGADE,))))
    (event,) = (await calendar(stage, actor=OFFICER_OF_FIRE)).events
    assert event.start == START
    assert str(event["SUMMARY"]).startswith("联合处置会商")
    assert await refused(stage, str(CASE), owner()) == "APPOINTMENT_NOT_FOUND"


async def feed_of(stage: Stage, actor: Actor) -> str:
    async with stage.client(actor) as client:
        answer = await client.put("/calendar/feed")
    assert answer.status_code == 200
    return str(answer.json()["url"]).partition("/notify")[2]


async def fed(stage: Stage, address: str) -> list[str] | str:
    """The states of what the feed shows, or the code of the refusal; nobody is signed in."""
    async with stage.client() as client:
        answer = await client.get(address)
    if answer.status_code != 200:
        return str(answer.json()["code"])
    found = Calendar.from_ical(answer.content)
    return [str(event["STATUS"]) for event in found.walk("VEVENT")]


async def test_a_feed_is_read_by_its_address_until_it_is_replaced_or_revoked(
    stage: Stage,
) -> None:
    await stage.hear(owner_known(), at(4))
    first = await feed_of(stage, owner())
    assert await fed(stage, first) == ["CONFIRMED"]
    second = await feed_of(stage, owner())
    assert await fed(stage, first) == "CALENDAR_FEED_NOT_FOUND"
    await stage.hear(MediationRefused(case=a_case(version=7), unreachable=False))
    assert await fed(stage, second) == ["CANCELLED"], "a program that only reads must learn of it"
    assert await fed(stage, await feed_of(stage, owner(NEIGHBOUR))) == []
    async with stage.client(owner()) as client:
        shown = await client.get("/calendar/feed")
        gone = await client.delete("/calendar/feed")
        again = await client.delete("/calendar/feed")
    assert set(shown.json()) == {"created_at"}
    assert (gone.status_code, again.json()["code"]) == (204, "CALENDAR_FEED_NOT_FOUND")
    assert await fed(stage, second) == "CALENDAR_FEED_NOT_FOUND"


@pytest.mark.parametrize("token", ["", "?token=", "?token=ldc_x", "?token=%00", "?token=é"])
async def test_without_its_token_there_is_no_feed(stage: Stage, token: str) -> None:
    await feed_of(stage, owner())
    assert await fed(stage, f"/calendar/feed.ics{token}") == "CALENDAR_FEED_NOT_FOUND"


async def test_what_is_long_past_leaves_the_feed(stage: Stage) -> None:
    await stage.hear(at(4))
    address = await feed_of(stage, owner())
    stage.clock.move_to(NINE.replace(day=4, hour=17) + timedelta(days=90))
    assert await fed(stage, address) == ["CONFIRMED"]
    stage.clock.move_to(stage.clock.now() + timedelta(seconds=1))
    assert await fed(stage, address) == []


async def test_who_left_reads_no_feed_and_who_moved_reads_the_new_desks(stage: Stage) -> None:
    await stage.hear(JointConvened(case=a_case(handler=FIRE_BRIGADE, units=(FIRE_BRIGADE,))))
    await stage.hear(staff_known(OFFICER, "officer-1", FIRE))
    address = await feed_of(stage, OFFICER_OF_FIRE)
    assert await fed(stage, address) == ["CONFIRMED"]
    await stage.hear(staff_known(OFFICER, "officer-1", COMMUNITY, version=2))
    assert await fed(stage, address) == []
    await stage.hear(staff_known(OFFICER, "officer-1", COMMUNITY, version=3, active=False))
    assert await fed(stage, address) == "CALENDAR_FEED_NOT_FOUND"


async def test_an_erased_owner_has_no_feed(stage: Stage) -> None:
    address = await feed_of(stage, owner())
    erased = ErasedOwner(id=OWNER, version=9, erased_at=START)
    await stage.hear(
        OwnerErased(owner=erased, names=SEALED.model_copy(update={"audience": "survey"}))
    )
    assert await fed(stage, address) == "CALENDAR_FEED_NOT_FOUND"
    assert await stage.count("calendar_feed") == 0


async def test_the_secret_address_stands_in_no_log_and_no_table(stage: Stage) -> None:
    """Only the route is logged, the hash stored; and whoever logs the token by mistake hides it."""
    lines = StringIO()
    settings = stage.host.runtime.settings
    loud = {**settings.environment, "LIUDUAN_LOG_LEVEL": "DEBUG"}
    before = logging.getLogger().handlers[:]
    configure_logs(type(settings)(settings.service, loud), lines)
    try:
        address = await feed_of(stage, owner())
        await fed(stage, address)
        await fed(stage, address + "x" * 200)
    finally:
        configure_logs(settings)
        logging.getLogger().handlers[:] = before
    token = address.partition("token=")[2]
    assert "/calendar/feed.ics" in lines.getvalue()
    assert token not in lines.getvalue()
    assert "ldc_" not in lines.getvalue()
    assert await stage.count("calendar_feed", f"token_hash LIKE '%{token}%'") == 0
    assert token not in str(redacted({"note": f"see {address}"}))
