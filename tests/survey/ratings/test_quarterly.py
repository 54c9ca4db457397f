"""The quarterly rating of a company, from draft to credit file (E09, E10, E11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from services.survey.ratings.domain.forms import Form, form_of
from services.survey.ratings.domain.kinds import RatingKind
from shared.contracts.survey import RatingPublished
from shared.identity import Actor, Scope
from shared.rulebook.sections.ratings import Ratings as Rules
from tests.samples import COMPANY, ESTATE, named
from tests.stage import Stage
from tests.survey.ratings.raters import (
    EMPLOYED,
    INDICATORS,
    OFFICER,
    OWNERS,
    PARTY,
    QUARTER_OVER,
    STAKEHOLDER,
    Room,
    marks,
    person,
)
from tests.survey.surveys.pollster import LEADER, MANAGER, WORKER, estate, lives, resident

FIVE = (PARTY, OWNERS, OWNERS, PARTY, OWNERS)
GIVEN = [marks(5, 4, 3, 2, 1, 3, 4, 5), marks(3), marks(4), marks(2), marks(4, 2, 3, 4, 5, 4, 3, 2)]
LAST_MOMENT = datetime.fromisoformat("2026-04-01T00:00:00+08:00")


async def test_from_opening_to_credit_file(stage: Stage) -> None:
    """E09, E11: the same figures for everybody, one event, one entry of the credit file."""
    room = await Room(stage).represented(FIVE)
    await room.opened()
    await room.rated(GIVEN)
    progress = (await room.see()).json()["progress"]
    assert progress == {"representatives": 5, "rated": 5, "raters_at_least": 5}
    closed = await room.closed()
    assert (closed["state"], closed["result"]["score"]) == ("CLOSED", "63.00")
    assert (await room.see(MANAGER)).status_code == 404
    published = (await room.do("publication", OFFICER)).json()
    assert (published["state"], published["result"]["raters"]) == ("PUBLISHED", 5)
    assert set(published["result"]["averages"]) == set(INDICATORS)
    (told,) = await stage.said(RatingPublished)
    assert (told.rating.kind, told.rating.score) == ("QUARTERLY", Decimal("63.00"))
    assert (told.rating.company_id, told.rating.estate_id) == (COMPANY, ESTATE)
    await stage.hear(lives("neighbour", 9))
    for reader in (MANAGER, person(0), resident("neighbour", 9), LEADER):
        shown = (await room.see(reader)).json()
        assert shown["result"] == published["result"]
        assert (shown["progress"] is None) is (reader != LEADER)
    where = f"source = 'QUARTERLY_RATING' AND source_id = '{room.rating}' AND score = 63.00"
    assert await stage.count("credit_entry", where) == 1
    assert await stage.count("credit_entry") == 1


async def test_a_quarter_has_its_days(stage: Stage) -> None:
    """E09: Q1 is opened from 01-01 on and takes marks to 24:00 of 03-31, that moment included."""
    room = await Room(stage).represented(FIVE)
    room.rating = (await room.draft(period="2026-Q2")).json()["id"]
    early = await room.do("opening")
    assert (early.status_code, early.json()["code"]) == (409, "RATING_PERIOD_NOT_BEGUN")
    over = await room.draft(period="2025-Q4")
    assert (over.status_code, over.json()["code"]) == (409, "RATING_TIME_OVER")
    assert (await room.draft(period="2026-H1")).json()["code"] == "RATING_PERIOD_UNKNOWN"
    await room.opened()
    stage.clock.move_to(LAST_MOMENT)
    assert (await room.mark(person(0), marks(4))).status_code == 200
    early = await room.do("closing")
    assert (early.status_code, early.json()["code"]) == (409, "RATING_STILL_RUNNING")
    assert (await room.see()).json()["overdue"] is False
    stage.clock.advance(timedelta(seconds=1))
    late = await room.mark(person(1), marks(4))
    assert (late.status_code, late.json()["code"]) == (409, "RATING_TIME_OVER")
    assert (await room.see()).json()["overdue"] is True
    listed = (await room.call("GET", "/ratings", LEADER)).json()["items"]
    assert [each["overdue"] for each in listed if each["id"] == room.rating] == [True]
    closed = (await room.do("closing")).json()
    assert (closed["state"], closed["overdue"]) == ("INVALID", False)


async def test_one_rating_per_representative_replaceable(stage: Stage) -> None:
    """E09: the last word counts, and is shown to nobody but who gave it."""
    room = await Room(stage).represented(FIVE)
    await room.opened()
    await room.rated(GIVEN)
    again = await room.mark(person(1), marks(5))
    assert again.json()["own"]["marks"] == marks(5)
    assert again.json()["result"] is None
    assert await stage.count("rating_marks") == 5
    for reader in (OFFICER, LEADER):
        assert (await room.see(reader)).json()["own"] is None
    assert (await room.see(person(2))).json()["own"]["marks"] == GIVEN[2]
    assert (await room.closed())["result"]["score"] == "71.00"
    late = await room.mark(person(1), marks(1))
    assert (late.status_code, late.json()["code"]) == (409, "RATING_NOT_OPEN")


async def test_marks_of_two_appointments_are_one_persons(stage: Stage) -> None:
    """E09: released and appointed anew within the quarter, the person still has one rating."""
    room = await Room(stage).represented([OWNERS])
    await room.opened()
    await room.rated([marks(2)])
    path = f"/representatives/{room.appointed[0]}/release"
    await room.call("POST", path, LEADER, {"reason": "任期调整"})
    code = (await room.appoint(PARTY)).json()["code"]
    assert (await room.accept(code, person(0))).status_code == 201
    assert (await room.mark(person(0), marks(4))).status_code == 200
    assert await stage.count("rating_marks") == 1


async def test_four_raters_are_too_few(stage: Stage) -> None:
    """E09: INVALID, without a figure for anybody; the company learns nothing of it."""
    room = await Room(stage).represented(FIVE)
    await room.opened()
    await room.rated(GIVEN[:4])
    closed = await room.closed()
    assert (closed["state"], closed["invalid_because"]) == ("INVALID", "FEW_RATERS")
    assert closed["result"] is None
    assert await stage.count("rating", "score IS NULL AND averages IS NULL") == 1
    refused = await room.do("publication", OFFICER)
    assert (refused.status_code, refused.json()["code"]) == (409, "RATING_STATE_FORBIDS")
    assert (await room.see(MANAGER)).status_code == 404
    assert await stage.count("credit_entry") == 0


async def test_only_representatives_of_the_moment_rate(stage: Stage) -> None:
    """E09: neither residents nor staff nor the company, nor a representative of elsewhere."""
    room = await Room(stage).represented([OWNERS])
    await room.opened()
    await stage.hear(lives("neighbour", 9))
    for actor, status, code in (
        (resident("neighbour", 9), 404, "RATING_NOT_FOUND"),
        (LEADER, 403, "OWNER_END_ONLY"),
        (MANAGER, 403, "OWNER_END_ONLY"),
    ):
        refused = await room.mark(actor, marks(4))
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    half = await room.mark(person(0), {"HYGIENE": 4})
    assert (half.status_code, half.json()["code"]) == (422, "RATING_MARKS_INCOMPLETE")
    assert (await room.mark(person(0), marks(6))).json()["code"] == "RATING_MARKS_INCOMPLETE"
    assert (await room.mark(person(0), marks(4))).status_code == 200


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (WORKER, "SURVEY_CONDUCTORS_ONLY"),
        (MANAGER, "SURVEY_CONDUCTORS_ONLY"),
        (person(0), "SURVEY_CONDUCTORS_ONLY"),
        (replace(OFFICER, scope=Scope(divisions=("421281003",))), "NOT_YOUR_PLACE"),
        (STAKEHOLDER, "NOT_YOUR_PLACE"),
        (EMPLOYED, "NOT_YOUR_PLACE"),
    ],
    ids=["worker", "company", "owner", "another street", "A13 interest", "A13 own company"],
)
async def test_who_conducts(stage: Stage, actor: Actor, code: str) -> None:
    """E09, A13: the grid leader and the street of the place, without a stake."""
    await stage.hear(estate())
    room = Room(stage)
    refused = await room.draft(actor)
    assert (refused.status_code, refused.json()["code"]) == (403, code)
    await room.opened()
    expected = 404 if code == "NOT_YOUR_PLACE" else 403
    for what in ("opening", "closing"):
        assert (await room.do(what, actor)).status_code == expected
    assert (await room.see(actor)).status_code == 404


async def test_the_street_publishes(stage: Stage) -> None:
    """E09: neither the grid leader nor before the count; what is public stays."""
    room = await Room(stage).represented(FIVE)
    await room.opened()
    await room.rated(GIVEN)
    early = await room.do("publication", OFFICER)
    assert (early.status_code, early.json()["code"]) == (409, "RATING_STATE_FORBIDS")
    await room.closed()
    for what, body in (("publication", None), ("voiding", {"reason": "有误"})):
        refused = await room.do(what, LEADER, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "STREETS_ONLY")
    assert (await room.do("publication", OFFICER)).status_code == 200
    for what, body in (("publication", None), ("voiding", {"reason": "有误"}), ("opening", None)):
        refused = await room.do(what, OFFICER, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "RATING_STATE_FORBIDS")
    assert len(await stage.said(RatingPublished)) == 1


async def test_one_rating_per_estate_and_quarter(stage: Stage) -> None:
    """E09; a void one makes room for another."""
    await stage.hear(estate())
    room = Room(stage)
    room.rating = (await room.draft()).json()["id"]
    again = await room.draft(OFFICER)
    assert (again.status_code, again.json()["code"]) == (409, "RATING_EXISTS")
    voided = await room.do("voiding", OFFICER, {"reason": "周期有误"})
    assert (voided.json()["state"], voided.json()["invalid_because"]) == ("INVALID", "VOIDED")
    assert (await room.draft()).status_code == 201


async def test_the_other_direction_is_off(stage: Stage) -> None:
    """U06: the company does not rate the owners' committee, and is told so."""
    await stage.hear(estate())
    refused = await Room(stage).draft(direction="BY_THE_COMPANY")
    assert (refused.status_code, refused.json()["code"]) == (409, "REVERSE_RATING_OFF")


async def test_another_company_needs_another_draft(stage: Stage) -> None:
    """X40: it would be judged for what it has not done."""
    await stage.hear(estate())
    room = Room(stage)
    room.rating = (await room.draft()).json()["id"]
    await stage.hear(estate(version=2, company=named("another company")))
    refused = await room.do("opening")
    assert (refused.status_code, refused.json()["code"]) == (409, "COMPANY_CHANGED")
    unserved = estate(version=3).estate.model_copy(update={"contracts": ()})
    await stage.hear(estate(version=3).model_copy(update={"estate": unserved}))
    assert (await room.draft(period="2026-Q2")).json()["code"] == "ESTATE_WITHOUT_COMPANY"


async def test_seven_indicators_are_not_put_in_use(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E10: a form that got past the rulebook is refused at the opening."""
    await stage.hear(estate())
    room = Room(stage)
    room.rating = (await room.draft()).json()["id"]

    def seven(kind: RatingKind, rules: Rules) -> Form:
        whole = form_of(kind, rules)
        return replace(whole, indicators=whole.indicators[:7])

    monkeypatch.setattr("services.survey.ratings.commands.conducting.form_of", seven)
    refused = await room.do("opening")
    assert (refused.status_code, refused.json()["code"]) == (409, "RATING_FORM_UNFIT")
    monkeypatch.undo()
    assert (await room.do("opening")).json()["state"] == "OPEN"


async def test_the_company_sees_its_own_published_ratings_only(stage: Stage) -> None:
    room = await Room(stage).represented(FIVE)
    await room.opened()
    await room.rated(GIVEN)
    await room.published(QUARTER_OVER)
    other = named("rival")
    rival = replace(MANAGER, organisation_id=other, interests=frozenset({other}))
    elsewhere = replace(MANAGER, scope=Scope(estates=frozenset({named("another estate")})))
    for reader, seen in ((MANAGER, 1), (rival, 0), (elsewhere, 0)):
        items = (await room.call("GET", "/ratings", reader)).json()["items"]
        assert len(items) == seen
        assert (await room.call("GET", "/representatives", reader)).json()["items"] == []
