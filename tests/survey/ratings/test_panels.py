"""The half-yearly rating of the owners' committee by a panel of four parts (E13, E14, A13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from shared.contracts.survey import RatingPublished
from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPANY, named, staff
from tests.stage import Stage
from tests.survey.ratings.raters import (
    EMPLOYED,
    MEMBERS,
    OFFICE,
    OFFICER,
    OWNERS,
    PARTY,
    PARTY_STAFF,
    STAKEHOLDER,
    Room,
    criteria,
    marks,
    person,
)
from tests.survey.surveys.pollster import (
    LEADER,
    MANAGER,
    STREET_CODE,
    WORKER,
    house,
    lives,
    resident,
)

FOUR = (PARTY, OWNERS)
COLLEAGUE = replace(OFFICER, id=named("colleague"))
CENTRE = staff(named("centre"), End.CENTRE, Role.DISPATCHER, divisions=(STREET_CODE,))


async def drafted(stage: Stage) -> Room:
    room = await Room(stage).represented(FOUR)
    room.panel = (await room.draft_panel()).json()["id"]
    return room


async def test_from_panel_to_publication(stage: Stage) -> None:
    """E13, E14: four parts of equal weight, rounded once; no credit entry, no automatic effect."""
    room = await (await Room(stage).represented(FOUR)).assembled()
    assert (await room.on_panel("POST", "/opening")).json()["state"] == "OPEN"
    for actor, given in zip(MEMBERS, (3, 4, 4, 5), strict=True):
        answer = await room.panel_marks(actor, criteria(given, 4, 3, 2, 5))
        assert answer.status_code == 200, answer.text
    closed = (await room.on_panel("POST", "/closing")).json()
    assert (closed["state"], closed["result"]["score"]) == ("CLOSED", "72.00")
    published = (await room.on_panel("POST", "/publication")).json()
    assert published["result"] == {"raters": 4, "score": "72.00", "averages": None}
    assert published["automatic_effect"] is False
    (told,) = await stage.said(RatingPublished)
    assert (told.rating.kind, told.rating.company_id) == ("COMMITTEE", None)
    assert (told.rating.score, told.rating.period) == (Decimal("72.00"), "2026-H1")
    assert await stage.count("credit_entry") == 0


@pytest.mark.parametrize("missing", ["STREET", "COMMUNITY_PARTY", PARTY, OWNERS])
async def test_a_panel_without_one_of_its_parts_cannot_start(stage: Stage, missing: str) -> None:
    """E13: without a street member, nor without any of the other three; being named is not enough
    to be there.
    """
    room = await drafted(stage)
    people = {
        "STREET": (OFFICER.id, OFFICER),
        "COMMUNITY_PARTY": (PARTY_STAFF.id, PARTY_STAFF),
        PARTY: (room.appointed[0], person(0)),
        OWNERS: (room.appointed[1], person(1)),
    }
    for part, (person_id, actor) in people.items():
        assert (await room.name(part, person_id)).status_code == 201
        if part != missing:
            assert (await room.sit(actor)).status_code == 200
    refused = await room.on_panel("POST", "/opening")
    assert (refused.status_code, refused.json()["code"]) == (409, "PANEL_INCOMPLETE")
    assert refused.json()["missing"] == [missing]
    assert (await room.sit(people[missing][1])).status_code == 200
    assert (await room.on_panel("POST", "/opening")).status_code == 200


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (LEADER, "STREET_OFFICERS_ONLY"),
        (CENTRE, "STREET_OFFICERS_ONLY"),
        (MANAGER, "STREET_OFFICERS_ONLY"),
        (person(0), "STREET_OFFICERS_ONLY"),
        (replace(OFFICER, scope=Scope(divisions=("421281003",))), "NOT_YOUR_PLACE"),
        (STAKEHOLDER, "NOT_YOUR_PLACE"),
    ],
    ids=["leader", "centre", "company", "owner", "another street", "A13 interest"],
)
async def test_the_street_leads(stage: Stage, actor: Actor, code: str) -> None:
    """E13: 由街道牵头."""
    room = await drafted(stage)
    refused = await room.draft_panel(actor, period="2026-H2")
    assert (refused.status_code, refused.json()["code"]) == (403, code)
    for what in ("/opening", "/closing", "/publication"):
        denied = await room.on_panel("POST", what, actor)
        assert denied.status_code == (404 if code == "NOT_YOUR_PLACE" else 403)
    assert (await room.draft_panel(COLLEAGUE, period="2026-H2")).status_code == 201


async def test_one_rating_of_the_committee_per_half_year(stage: Stage) -> None:
    """E13; a quarterly rating of the company beside it is another matter."""
    room = await drafted(stage)
    again = await room.draft_panel(COLLEAGUE)
    assert (again.status_code, again.json()["code"]) == (409, "RATING_EXISTS")
    assert (await room.draft_panel(period="2026-Q1")).json()["code"] == "RATING_PERIOD_UNKNOWN"
    future = Room(stage, appointed=room.appointed)
    await future.assembled(period="2026-H2")
    early = await future.on_panel("POST", "/opening")
    assert (early.status_code, early.json()["code"]) == (409, "RATING_PERIOD_NOT_BEGUN")
    assert (await room.draft(LEADER)).status_code == 201
    voided = await room.on_panel("POST", "/voiding", OFFICER, {"reason": "小组需重组"})
    assert voided.json()["invalid_because"] == "VOIDED"
    assert (await room.draft_panel()).status_code == 201


async def test_who_is_named_for_what(stage: Stage) -> None:
    """E13: representatives sit for their own kind, and nobody twice."""
    room = await drafted(stage)
    unfit = ((OWNERS, room.appointed[0]), (PARTY, OFFICER.id), (OWNERS, named("nobody")))
    for part, person_id in unfit:
        refused = await room.name(part, person_id)
        assert (refused.status_code, refused.json()["code"]) == (422, "PANEL_MEMBER_UNFIT")
    seat = (await room.name("STREET", OFFICER.id)).json()
    assert (seat["person_id"], seat["taken"]) == (str(OFFICER.id), False)
    again = await room.name("COMMUNITY_PARTY", OFFICER.id)
    assert (again.status_code, again.json()["code"]) == (409, "PANEL_MEMBER_NAMED")
    removed = await room.on_panel("DELETE", f"/seats/{seat['id']}")
    assert removed.status_code == 204
    gone = await room.on_panel("DELETE", f"/seats/{seat['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "PANEL_SEAT_NOT_FOUND")
    assert (await room.name("COMMUNITY_PARTY", OFFICER.id)).status_code == 201
    refused = await room.sit(OFFICER)
    assert (refused.status_code, refused.json()["code"]) == (403, "PANEL_SEAT_NOT_YOURS")


@pytest.mark.parametrize(
    ("part", "actor", "code"),
    [
        ("STREET", replace(OFFICER, organisation_id=named("another")), "PANEL_SEAT_NOT_YOURS"),
        ("STREET", replace(CENTRE, organisation_id=OFFICE), "PANEL_MEMBERS_ONLY"),
        ("STREET", LEADER, "PANEL_SEAT_NOT_YOURS"),
        (
            "COMMUNITY_PARTY",
            replace(PARTY_STAFF, scope=Scope(divisions=("421281002002",))),
            "PANEL_SEAT_NOT_YOURS",
        ),
        ("STREET", replace(OFFICER, interests=frozenset({COMPANY})), "STAKE_IN_COMMITTEE"),
        ("STREET", replace(OFFICER, interests=frozenset({house(3)})), "STAKE_IN_COMMITTEE"),
        ("COMMUNITY_PARTY", replace(WORKER, organisation_id=COMPANY), "STAKE_IN_COMMITTEE"),
    ],
    ids=[
        *("another office", "centre", "leader for the street", "another community"),
        *("A13 company", "A13 lives there", "A13 employed"),
    ],
)
async def test_who_does_not_sit(stage: Stage, part: str, actor: Actor, code: str) -> None:
    """E13, A13: the seat is for the leading office or the community, without a stake."""
    room = await drafted(stage)
    assert (await room.name(part, actor.id)).status_code == 201
    refused = await room.sit(actor)
    assert (refused.status_code, refused.json()["code"]) == (403, code)
    fit = COLLEAGUE if part == "STREET" else replace(WORKER, id=named("other walker"))
    assert (await room.name(part, fit.id)).status_code == 201
    assert (await room.sit(fit)).status_code == 200


async def test_a_member_of_the_committee_declares_it(stage: Stage) -> None:
    """A13: who sits on the committee is known to nobody but the person."""
    room = await drafted(stage)
    await room.name(OWNERS, room.appointed[1])
    refused = await room.sit(person(1), without_stake=False)
    assert (refused.status_code, refused.json()["code"]) == (403, "STAKE_IN_COMMITTEE")
    assert (await room.on_panel("GET", "", person(1))).json()["seat"]["taken_at"] is None
    strangers = ((person(0), 404, "RATING_NOT_FOUND"), (PARTY_STAFF, 403, "NOT_ON_PANEL"))
    for stranger, status, code in strangers:
        denied = await room.sit(stranger)
        assert (denied.status_code, denied.json()["code"]) == (status, code)
    assert (await room.sit(person(1))).status_code == 200


async def test_marks_are_shown_to_nobody_else(stage: Stage) -> None:
    """E13: neither to the leader nor to the others, before or after; the total alone."""
    room = await (await Room(stage).represented(FOUR)).assembled()
    early = await room.panel_marks(OFFICER, criteria(4))
    assert (early.status_code, early.json()["code"]) == (409, "RATING_NOT_OPEN")
    await room.on_panel("POST", "/opening")
    odd = dict(zip(criteria(1), (1, 2, 3, 4, 5), strict=True))
    for actor in MEMBERS:
        await room.panel_marks(actor, odd if actor == person(0) else criteria(4))
    own = (await room.on_panel("GET", "", person(0))).json()
    assert (own["seat"]["own"]["marks"], own["seats"]) == (odd, [])
    led = (await room.on_panel("GET", "", OFFICER)).json()
    assert led["seat"]["own"]["marks"] == criteria(4)
    assert {(each["taken"], each["marked"]) for each in led["seats"]} == {(True, True)}
    assert all(set(each) == {"id", "part", "person_id", "taken", "marked"} for each in led["seats"])
    await room.on_panel("POST", "/closing")
    await room.on_panel("POST", "/publication")
    assert (await room.on_panel("GET", "", OFFICER)).json()["result"]["averages"] is None
    wrong = await room.panel_marks(person(1), criteria(4))
    assert (wrong.status_code, wrong.json()["code"]) == (409, "RATING_NOT_OPEN")


async def test_nobodys_marks_are_left_out(stage: Stage) -> None:
    """E13: whoever closes waits for all who sit, or for 24:00 of the fourteenth day; marks may be
    replaced.
    """
    room = await (await Room(stage).represented(FOUR)).assembled()
    await room.on_panel("POST", "/opening")
    assert (await room.panel_marks(OFFICER, marks(4))).json()["code"] == "RATING_MARKS_INCOMPLETE"
    for actor in MEMBERS[:3]:
        await room.panel_marks(actor, criteria(2))
        assert (await room.panel_marks(actor, criteria(4))).status_code == 200
    early = await room.on_panel("POST", "/closing")
    assert (early.status_code, early.json()["code"]) == (409, "PANEL_STILL_MARKING")
    stage.clock.move_to(datetime.fromisoformat("2026-03-17T00:00:00+08:00"))
    early = await room.on_panel("POST", "/closing")
    assert (early.status_code, early.json()["code"]) == (409, "PANEL_STILL_MARKING")
    stage.clock.advance(timedelta(seconds=1))
    assert (await room.on_panel("GET", "", OFFICER)).json()["overdue"] is True
    late = await room.panel_marks(person(1), criteria(1))
    assert (late.status_code, late.json()["code"]) == (409, "RATING_TIME_OVER")
    closed = (await room.on_panel("POST", "/closing")).json()
    assert (closed["state"], closed["invalid_because"]) == ("INVALID", "PART_MISSING")
    assert closed["result"] is None


async def test_the_panel_stays_as_it_began(stage: Stage) -> None:
    room = await (await Room(stage).represented(FOUR)).assembled()
    await room.on_panel("POST", "/opening")
    named_ = await room.name("STREET", COLLEAGUE.id)
    assert (named_.status_code, named_.json()["code"]) == (409, "RATING_STATE_FORBIDS")
    (seat, *_) = (await room.on_panel("GET", "", OFFICER)).json()["seats"]
    removed = await room.on_panel("DELETE", f"/seats/{seat['id']}")
    assert (removed.status_code, removed.json()["code"]) == (409, "RATING_STATE_FORBIDS")


async def test_whoever_was_only_named_gives_no_marks(stage: Stage) -> None:
    room = await (await Room(stage).represented(FOUR)).assembled()
    await room.name("STREET", COLLEAGUE.id)
    await room.on_panel("POST", "/opening")
    refused = await room.panel_marks(COLLEAGUE, criteria(4))
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ON_PANEL")
    later = replace(OFFICER, interests=frozenset({COMPANY}))
    stake = await room.panel_marks(later, criteria(4))
    assert (stake.status_code, stake.json()["code"]) == (403, "STAKE_IN_COMMITTEE"), "A13: later on"


async def test_history_for_a_re_election(stage: Stage) -> None:
    """E14, U12: newest first, for residents once public; no quota, never the company's business."""
    room = await Room(stage).represented(FOUR)
    for period, given in (("2025-H2", 3), ("2026-H1", 4)):
        await room.assembled(period=period)
        await room.on_panel("POST", "/opening")
        for actor in MEMBERS:
            await room.panel_marks(actor, criteria(given))
        await room.on_panel("POST", "/closing")
        await room.on_panel("POST", "/publication")
    await stage.hear(lives("neighbour", 9))
    path = f"/committee-ratings?estate_id={named('estate')}"
    for reader in (OFFICER, LEADER, person(0), resident("neighbour", 9)):
        items = (await room.call("GET", path, reader)).json()["items"]
        assert [(each["period"], each["result"]["score"]) for each in items] == [
            ("2026-H1", "80.00"),
            ("2025-H2", "60.00"),
        ]
        assert all(each["automatic_effect"] is False for each in items)
    for reader in (MANAGER, EMPLOYED, resident("stranger", 99)):
        assert (await room.call("GET", path, reader)).json()["items"] == []
        assert (await room.on_panel("GET", "", reader)).status_code == 404
    elsewhere = f"/committee-ratings?estate_id={named('another estate')}"
    assert (await room.call("GET", elsewhere, OFFICER)).json()["items"] == []
    assert (await room.call("GET", f"/ratings/{room.panel}", OFFICER)).status_code == 404
