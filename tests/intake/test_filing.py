"""Filing a complaint (T01, A04): what is stored, said and answered, and what is refused."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from services.intake.app import service
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.narrative import Narrative
from shared.contracts.vocabulary import Channel, ComplaintStatus
from shared.identity import SYSTEM, End, Role
from shared.ids import new_id
from tests.intake.people import (
    ANNA,
    BORIS,
    GARDEN,
    IN_TWO_COUNTIES,
    RIVER_VIEW,
    TENANT,
    TEXT,
    complaint,
    hotline,
    once,
    owner,
)
from tests.samples import staff
from tests.stage import Stage

ANNAS = ANNA.homes[0]
HOT_TABLES = ("complaint", "complaint_timeline", "outbox", "idempotency_key", "complaint_number")
NOTHING = dict.fromkeys(HOT_TABLES, 0)


async def stored(stage: Stage) -> dict[str, int]:
    """What filing writes, without what the seeds said."""
    counts = {table: await stage.count(table) for table in HOT_TABLES}
    said = await stage.count("outbox", "type = 'intake.complaint_submitted'")
    return counts | {"outbox": said}


async def test_a_complaint_is_stored_said_and_answered(stage: Stage) -> None:
    """T01: a receipt with number, and what happens next."""
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/complaints", json=complaint(), headers=once())
        receipt = answer.json()
        found = (await anna.get(f"/complaints/{receipt['id']}")).json()
        entries = (await anna.get(f"/complaints/{receipt['id']}/timeline")).json()["items"]
    assert answer.status_code == 201
    assert receipt["number"] == "SQ421202-20260302-00001"
    assert (receipt["state"], receipt["state_name"]) == ("SUBMITTED", "已提交待受理")
    assert receipt["submitted_at"] == "2026-03-02T09:00:00+08:00"
    assert "1小时内派单" in receipt["next_step"]
    assert (found["text"], found["estate_name"]) == (TEXT, GARDEN.name)
    assert [entry["title"] for entry in entries] == ["已提交"]
    assert await stored(stage) == dict.fromkeys(HOT_TABLES, 1)


async def test_routing_hears_of_it_and_alone_can_read_it(stage: Stage) -> None:
    """T01: the text travels as ciphertext for routing, bound to this complaint."""
    async with stage.client(owner(ANNA)) as anna:
        body = complaint(title="楼道灯", place="1单元楼道", category="EQ01")
        receipt = (await anna.post("/complaints", json=body, headers=once())).json()
    (said,) = await stage.said(ComplaintSubmitted)
    state = said.complaint
    assert (str(state.id), state.number) == (receipt["id"], receipt["number"])
    assert (state.version, state.state) == (1, ComplaintStatus.SUBMITTED)
    assert (state.channel, state.owner_id) == (Channel.MINI_PROGRAM, ANNA.id)
    assert (state.division, state.estate_id) == (GARDEN.community.street, GARDEN.id)
    assert (state.building_id, state.house_id) == (ANNAS.building.id, ANNAS.house.id)
    assert state.chosen_category == "EQ01"
    assert said.promised_from == state.submitted_at
    assert said.narrative.audience == "routing"
    opened = stage.host.runtime.sealer.open_(said.narrative, subject=receipt["id"])
    narrative = Narrative.model_validate_json(opened)
    assert narrative == Narrative(title="楼道灯", text=TEXT, place="1单元楼道")


@pytest.mark.parametrize("how", ["confidential", "anonymous"])
@pytest.mark.parametrize("named", [True, False], ids=["building named", "building derived"])
async def test_a_hidden_reporter_s_building_is_told_to_the_grid_alone(
    stage: Stage, how: str, named: bool
) -> None:
    """X15, X16, B20: where the reporter lives travels sealed; what they name does not."""
    building, house = str(ANNAS.building.id), str(ANNAS.house.id)
    place = {"building_id": building} if named else {"house_id": house}
    async with stage.client(owner(ANNA)) as anna:
        await anna.post("/complaints", json=complaint(**{how: True}, **place), headers=once())
    (said,) = await stage.said(ComplaintSubmitted)
    opened = stage.host.runtime.sealer.open_(said.narrative, subject=str(said.complaint.id))
    sealed = Narrative.model_validate_json(opened).building_id
    expected = (ANNAS.building.id, None) if named else (None, ANNAS.building.id)
    assert (said.complaint.building_id, sealed) == expected
    assert said.complaint.house_id is None


async def test_the_deed_is_audited_and_keeps_its_request_id(stage: Stage) -> None:
    request_id = new_id()
    async with stage.client(owner(ANNA)) as anna:
        headers = once() | {"X-Request-Id": str(request_id)}
        receipt = (await anna.post("/complaints", json=complaint(), headers=headers)).json()
    deed = f"action = 'complaint.submitted' AND subject_id = '{receipt['id']}'"
    assert await stage.count("audit_entry", f"{deed} AND actor_id = '{ANNA.id}'") == 1
    correlated = f"body::jsonb ->> 'correlationid' = '{request_id}'"
    assert await stage.count("outbox", correlated) == 1


async def test_numbers_run_by_county_and_day(stage: Stage) -> None:
    """facts 2.10: each county and day begins at 00001."""
    numbers = []
    async with stage.client(owner(IN_TWO_COUNTIES)) as person:
        for estate in (GARDEN, GARDEN, RIVER_VIEW):
            body = complaint(estate_id=str(estate.id))
            answer = await person.post("/complaints", json=body, headers=once())
            numbers.append(answer.json()["number"])
    assert numbers == [
        "SQ421202-20260302-00001",
        "SQ421202-20260302-00002",
        "SQ421221-20260302-00001",
    ]


async def test_danger_is_told_whom_to_call(stage: Stage) -> None:
    """X31: a short cry for help is taken, and answered with numbers to call."""
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/complaints", json=complaint(text="电梯困人"), headers=once())
    assert answer.status_code == 201
    assert "119" in answer.json()["call"]


UNKNOWN, ELSEWHERE = str(new_id()), RIVER_VIEW.buildings[0]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        pytest.param({"estate_id": UNKNOWN}, 422, "ESTATE_UNKNOWN", id="unknown-estate"),
        pytest.param(
            {"estate_id": str(RIVER_VIEW.id)}, 403, "HOUSE_BINDING_REQUIRED", id="A04-unbound"
        ),
        pytest.param(
            {"building_id": str(ELSEWHERE.id)}, 422, "BUILDING_NOT_IN_ESTATE", id="building"
        ),
        pytest.param(
            {"house_id": str(ELSEWHERE.houses[0].id)}, 422, "HOUSE_NOT_IN_ESTATE", id="house"
        ),
        pytest.param(
            {"house_id": str(BORIS.homes[0].house.id)},
            403,
            "HOUSE_BINDING_REQUIRED",
            id="A04-neighbour's-house",
        ),
        pytest.param({"text": "太短"}, 422, "TEXT_TOO_SHORT", id="T01-short"),
        pytest.param({"text": ""}, 422, "INVALID_FIELDS", id="empty"),
        pytest.param({"text": "长" * 5001}, 422, "INVALID_FIELDS", id="long"),
        pytest.param({"category": "ZZ99"}, 422, "CATEGORY_UNKNOWN", id="category"),
        pytest.param({"text": 7}, 422, "INVALID_FIELDS", id="wrong-type"),
        pytest.param({"confidential": "yes"}, 422, "INVALID_FIELDS", id="wrong-boolean"),
        pytest.param({"estate_id": "garden"}, 422, "INVALID_FIELDS", id="no-uuid"),
        pytest.param({"colour": "red"}, 422, "INVALID_FIELDS", id="unknown-field"),
        pytest.param({"text": f"{TEXT}\x00"}, 422, "TEXT_NOT_STORABLE", id="NUL"),
        pytest.param({"title": "\ud83d"}, 422, "TEXT_NOT_UNICODE", id="lone-surrogate"),
    ],
)
async def test_a_bad_complaint_has_its_own_problem_and_leaves_nothing(
    stage: Stage, change: dict[str, Any], status: int, code: str
) -> None:
    content = json.dumps(complaint(**change)).encode()
    headers = once() | {"Content-Type": "application/json"}
    async with stage.client(owner(ANNA)) as anna:
        refused = await anna.post("/complaints", content=content, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert await stored(stage) == NOTHING


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        pytest.param(b"{", "application/json", 400, "MALFORMED_JSON", id="malformed"),
        pytest.param(b"\xff", "application/json", 400, "BAD_REQUEST", id="no-utf8"),
        pytest.param(b"[" * 200_000, "application/json", 400, "BAD_REQUEST", id="deep"),
        pytest.param(b"[]", "application/json", 422, "INVALID_FIELDS", id="list"),
        pytest.param(b"", "application/json", 422, "INVALID_FIELDS", id="empty"),
        pytest.param(b"{}", "text/plain", 422, "INVALID_FIELDS", id="not-declared-as-json"),
        pytest.param(
            b'{"text": "%s"}' % (b"x" * 1_048_576), "application/json", 413, "BODY_TOO_LARGE",
            id="oversized",
        ),
    ],
)  # fmt: skip
async def test_a_bad_body_is_refused_as_anywhere_else(
    stage: Stage, content: bytes, kind: str, status: int, code: str
) -> None:
    """The hot path reads bodies itself; the same body sent to an ordinary endpoint agrees."""
    headers = once() | {"Content-Type": kind}
    async with stage.client(owner(ANNA)) as anna:
        refused = await anna.post("/complaints", content=content, headers=headers)
        ordinary = await anna.post("/bindings", content=content, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (ordinary.status_code, ordinary.json()["code"]) == (status, code)
    assert await stored(stage) == NOTHING


async def test_an_oversized_body_without_a_length_is_cut_off(stage: Stage) -> None:
    async def chunks() -> Any:
        for _ in range(20):
            yield b"x" * 65_536

    async with stage.client(owner(ANNA)) as anna:
        refused = await anna.post("/complaints", content=chunks(), headers=once())
    assert (refused.status_code, refused.json()["code"]) == (413, "BODY_TOO_LARGE")
    assert await stored(stage) == NOTHING


CLERK = staff(new_id(), End.CENTRE, Role.DISPATCHER, divisions=("4212",))


@pytest.mark.parametrize(
    ("actor", "status", "code"),
    [
        pytest.param(None, 401, "TOKEN_MISSING", id="nobody"),
        pytest.param(CLERK, 403, "OWNERS_ONLY", id="staff"),
        pytest.param(hotline(), 403, "OWNERS_ONLY", id="hotline"),
        pytest.param(owner(TENANT), 403, "HOUSE_BINDING_REQUIRED", id="A04-lives-elsewhere"),
        pytest.param(owner(ANNA), 201, None, id="A04-lives-there"),
    ],
)
async def test_only_owners_of_the_estate_complain_here(
    stage: Stage, actor: Any, status: int, code: str | None
) -> None:
    async with stage.client(actor) as browser:
        answer = await browser.post("/complaints", json=complaint(), headers=once())
    assert (answer.status_code, answer.json().get("code")) == (status, code)
    assert (await stored(stage) == NOTHING) is (status != 201)


async def test_a_binding_that_still_waits_opens_no_door(stage: Stage) -> None:
    """A04."""
    binding = {"house_id": str(GARDEN.house("4", "302").id), "relation": "TENANT"}
    async with stage.client(owner(TENANT)) as tenant:
        waiting = await tenant.post("/bindings", json=binding, headers=once())
        assert waiting.json()["state"] == "PENDING"
        refused = await tenant.post("/complaints", json=complaint(), headers=once())
    assert (refused.status_code, refused.json()["code"]) == (403, "HOUSE_BINDING_REQUIRED")


async def test_a_wrong_token_is_refused(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        good = anna.headers["Authorization"]
        for token in ("Bearer nonsense", "Bearer ", "Basic abc", good[:-4] + "AAAA", "Bearer"):
            headers = once() | {"Authorization": token}
            refused = await anna.post("/complaints", json=complaint(), headers=headers)
            assert refused.status_code == 401, token
            assert refused.headers["www-authenticate"] == "Bearer"
    assert await stored(stage) == NOTHING


@pytest.mark.parametrize(
    ("header", "status", "code"),
    [
        pytest.param({}, 400, "IDEMPOTENCY_KEY_MISSING", id="missing"),
        pytest.param({"Idempotency-Key": "short"}, 422, "INVALID_FIELDS", id="short"),
        pytest.param({"Idempotency-Key": "x" * 129}, 422, "INVALID_FIELDS", id="long"),
    ],
)
async def test_a_complaint_needs_a_key_like_any_post_that_creates(
    stage: Stage, header: dict[str, str], status: int, code: str
) -> None:
    async with stage.client(owner(ANNA)) as anna:
        refused = await anna.post("/complaints", json=complaint(), headers=header)
        body = {"house_id": str(new_id()), "relation": "OWNER"}
        ordinary = await anna.post("/bindings", json=body, headers=header)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (ordinary.status_code, ordinary.json()["code"]) == (status, code)
    assert refused.json().get("errors") == ordinary.json().get("errors")


async def test_no_hidden_identity_leaves(stage: Stage) -> None:
    """X16: a confidential complaint tells neither home nor contact, only the estate."""
    async with stage.client(owner(ANNA)) as anna:
        body = complaint(confidential=True, house_id=str(ANNAS.house.id))
        receipt = (await anna.post("/complaints", json=body, headers=once())).json()
        own = (await anna.get(f"/complaints/{receipt['id']}")).json()
    (said,) = await stage.said(ComplaintSubmitted)
    assert said.complaint.confidential
    assert (said.complaint.house_id, said.complaint.owner_id) == (None, ANNA.id)
    left = said.model_dump_json()
    for secret in (ANNA.mobile, ANNA.name, ANNAS.house.id, TEXT, receipt["next_step"]):
        assert str(secret) not in left
    assert own["house_id"] == str(ANNAS.house.id), "the reporter still sees it"


async def test_an_anonymous_reporter_is_known_to_intake_alone(stage: Stage) -> None:
    """X15: no account in the event, its envelope or the audit log."""
    async with stage.client(owner(ANNA)) as anna:
        body = complaint(anonymous=True)
        receipt = (await anna.post("/complaints", json=body, headers=once())).json()
        assert (await anna.get(f"/complaints/{receipt['id']}")).status_code == 200
    (said,) = await stage.said(ComplaintSubmitted)
    assert (said.complaint.owner_id, said.complaint.house_id) == (None, None)
    mentions = f"body LIKE '%{ANNA.id}%' AND type = 'intake.complaint_submitted'"
    assert await stage.count("outbox", mentions) == 0
    deed = f"subject_id = '{receipt['id']}'"
    assert await stage.count("audit_entry", f"{deed} AND actor_id = '{SYSTEM.id}'") == 1
    assert await stage.count("audit_entry", f"{deed} AND actor_id <> '{SYSTEM.id}'") == 0


def test_the_documentation_shows_what_the_hot_path_reads_by_itself() -> None:
    """The body, the key and the token of POST /complaints, as FastAPI documents them elsewhere."""
    app = FastAPI()
    for router in service.front.routers:
        app.include_router(router)
    paths = app.openapi()["paths"]
    ours, ordinary = paths["/complaints"]["post"], paths["/bindings"]["post"]
    schema = ours["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["required"]) == {"estate_id", "text"}
    assert schema["additionalProperties"] is False
    assert ours["security"] == ordinary["security"]
    assert ours["parameters"] == ordinary["parameters"]
    answer = ours["responses"]["201"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/Receipt"}


async def test_a_request_belongs_to_its_own_trace(stage: Stage) -> None:
    """Two filings in one batch keep apart whose request they were."""
    ids = [new_id(), new_id()]

    async def file(request_id: UUID) -> None:
        async with stage.client(owner(ANNA)) as anna:
            headers = once() | {"X-Request-Id": str(request_id)}
            await anna.post("/complaints", json=complaint(), headers=headers)

    await asyncio.gather(*(file(request_id) for request_id in ids))
    for request_id in ids:
        assert await stage.count("outbox", f"body LIKE '%{request_id}%'") == 1
