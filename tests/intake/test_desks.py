"""Staff file at their desks: who, through which door, about which place (T01, X21, X45)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.channels.domain.desks import DeskDoor, doors_of
from shared.contracts import routing
from shared.contracts.directory import UNPLACED_ESTATE
from shared.contracts.intake import ComplaintSubmitted, ComplaintSupplemented
from shared.contracts.narrative import Narrative
from shared.contracts.vocabulary import Channel
from shared.ids import new_id
from tests.intake.people import ANNA, GARDEN, RIVER_VIEW, TEXT, once, owner
from tests.routing.drama import staff
from tests.stage import Stage

STREET, WORKER, LEADER = "zhongzhi.wenquan", "wangge.wenquan1", "wanggezhang.wenquan"
COMPANY, DEPARTMENT, COURT = "wuye.wenquan", "chengguan.xianan", "fayuan.xianan"
RESIDENT = {"name": "演示居民", "mobile": "13900000042", "consents": True}
DOORS = {
    STREET: "WALK_IN",
    WORKER: "GRID_REPORT",
    LEADER: "GRID_REPORT",
    COMPANY: "COMPANY",
    DEPARTMENT: "INSPECTION",
    COURT: "COURT_DELEGATED",
}
CASE_NUMBER = "（2026）鄂1202诉前调7号"


def filing(door: str, **changes: Any) -> dict[str, Any]:
    """What that door needs, and no more."""
    wanted: dict[str, Any] = {"door": door, "estate_id": str(GARDEN.id), "text": TEXT}
    if door in ("WALK_IN", "GRID_REPORT"):
        wanted["reporter"] = RESIDENT
    if door == "COURT_DELEGATED":
        wanted["court_number"] = CASE_NUMBER
    return wanted | changes


async def file(stage: Stage, account: str, body: dict[str, Any], key: str | None = None) -> Any:
    async with stage.client(staff(account)) as desk:
        return await desk.post("/desk/complaints", json=body, headers=once(key))


async def get(stage: Stage, account: str, path: str, **query: str) -> Any:
    async with stage.client(staff(account)) as desk:
        return await desk.get(f"/desk{path}", params=query)


def narrative_of(stage: Stage, event: ComplaintSubmitted | ComplaintSupplemented) -> Narrative:
    opened = stage.host.runtime.sealer.open_(event.narrative, subject=str(event.complaint.id))
    return Narrative.model_validate_json(opened)


@pytest.mark.parametrize(("account", "door"), DOORS.items())
async def test_a_desk_files_through_its_door_once(stage: Stage, account: str, door: str) -> None:
    """T01, B03, X36: a receipt with the number, and what the resident is told."""
    key = str(new_id())
    first, again = [await file(stage, account, filing(door), key) for _ in range(2)]
    assert first.status_code == 201, first.text
    assert first.content == again.content
    assert first.json()["number"] in first.json()["look_up"]
    (said,) = await stage.said(ComplaintSubmitted)
    assert said.complaint.channel == Channel(door)
    assert await stage.count("complaint", f"door = '{door}' AND submitted_by IS NOT NULL") == 1
    other = await file(stage, account, filing(door, text=TEXT + "，又坏了"), key)
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


@pytest.mark.parametrize("account", [*DOORS, "tiaojie.xianan1", "guanli.shi", "shegong.shi"])
async def test_no_role_files_through_the_door_of_another(stage: Stage, account: str) -> None:
    mine = doors_of(staff(account))
    for door in DeskDoor:
        answer = await file(stage, account, filing(door))
        if door in mine:
            assert answer.status_code == 201, answer.text
        else:
            code = "DOOR_NOT_YOURS" if mine else "FILING_DESKS_ONLY"
            assert (answer.status_code, answer.json()["code"]) == (403, code)


async def test_owners_and_strangers_have_no_desk(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna, stage.client() as nobody:
        refused = await anna.post("/desk/complaints", json=filing("WALK_IN"), headers=once())
        unknown = await nobody.post("/desk/complaints", json=filing("WALK_IN"), headers=once())
        hidden = await anna.get("/desk/complaints")
    assert (refused.status_code, refused.json()["code"]) == (403, "FILING_DESKS_ONLY")
    assert (hidden.status_code, unknown.status_code) == (403, 401)


@pytest.mark.parametrize(
    ("account", "estate", "status"),
    [
        (STREET, GARDEN, 201),
        (STREET, RIVER_VIEW, 403),
        (WORKER, RIVER_VIEW, 403),
        (LEADER, RIVER_VIEW, 403),
        (COMPANY, RIVER_VIEW, 403),
        (DEPARTMENT, RIVER_VIEW, 201),
        ("zhongzhi.shi", RIVER_VIEW, 201),
        ("zhongzhi.jiayu", GARDEN, 403),
    ],
)
async def test_a_desk_files_about_its_own_place(
    stage: Stage, account: str, estate: Any, status: int
) -> None:
    """A05: grid, street, county, own estates; a department in the whole city."""
    door = {"zhongzhi.shi": "WALK_IN", "zhongzhi.jiayu": "WALK_IN"} | DOORS
    answer = await file(stage, account, filing(door[account], estate_id=str(estate.id)))
    assert answer.status_code == status, answer.text
    if status == 403:
        assert answer.json()["code"] == "OUTSIDE_YOUR_AREA"


async def test_a_grid_worker_files_for_the_own_grid(stage: Stage) -> None:
    """B20: the neighbouring grid has its own worker."""
    grid = next(iter(staff(WORKER).scope.grids))
    for building in GARDEN.buildings:
        inside = building.coverage[0].grid_code in staff(WORKER).scope.grids
        answer = await file(stage, WORKER, filing("GRID_REPORT", building_id=str(building.id)))
        assert answer.status_code == (201 if inside else 403), (grid, building.number)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (filing("WALK_IN", reporter=None), "REPORTER_REQUIRED"),
        (filing("WALK_IN", anonymous=True), "REPORTER_NOT_ALLOWED"),
        (filing("WALK_IN", reporter=RESIDENT | {"consents": False}), "REPORTER_CONSENT_MISSING"),
        (filing("WALK_IN", reporter=RESIDENT | {"mobile": "13900000"}), "INVALID_FIELDS"),
        (filing("WALK_IN", reporter=RESIDENT | {"mobile": "12900000042"}), "INVALID_MOBILE_NUMBER"),
        (filing("WALK_IN", respondent={"name": "某业主"}), "RESPONDENT_NOT_ALLOWED"),
        (filing("WALK_IN", text="太短"), "TEXT_TOO_SHORT"),
        (filing("WALK_IN", estate_id=str(new_id())), "ESTATE_UNKNOWN"),
        (filing("WALK_IN", attachments=[str(new_id())]), "ATTACHMENT_UNKNOWN"),
        (filing("WALK_IN", proofs=[{"item": "SHOE", "reference": "1"}]), "ITEM_UNKNOWN"),
        (filing("LETTER"), "INVALID_FIELDS"),
        (filing("INSPECTION", reporter=RESIDENT), "REPORTER_NOT_ALLOWED"),
    ],
)
async def test_what_does_not_fit_the_door_is_refused(
    stage: Stage, body: dict[str, Any], code: str
) -> None:
    refused = await file(stage, STREET, body)
    assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
    assert await stage.count("complaint") == 0


@pytest.mark.parametrize(
    ("number", "code"),
    [(None, "COURT_NUMBER_REQUIRED"), ("（2026）鄂1203民初1号", "INVALID_COURT_CASE_NUMBER")],
)
async def test_what_a_court_delegates_has_its_number(
    stage: Stage, number: str | None, code: str
) -> None:
    """C09, facts 2.10."""
    refused = await file(stage, COURT, filing("COURT_DELEGATED", court_number=number))
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    half_width = CASE_NUMBER.replace("（", "(").replace("）", ")")
    taken = await file(stage, COURT, filing("COURT_DELEGATED", court_number=half_width))
    found = (await get(stage, COURT, f"/complaints/{taken.json()['id']}")).json()
    assert found["court_number"] == CASE_NUMBER


async def test_a_resident_with_an_account_finds_it_among_the_own(stage: Stage) -> None:
    """T01: filed at the desk, followed at home; the number is found by its index."""
    reporter = RESIDENT | {"mobile": f"+86 {ANNA.mobile}"}
    receipt = (await file(stage, STREET, filing("WALK_IN", reporter=reporter))).json()
    async with stage.client(owner(ANNA)) as anna:
        mine = (await anna.get(f"/complaints/{receipt['id']}")).json()
    assert (mine["channel"], mine["number"]) == ("WALK_IN", receipt["number"])
    (said,) = await stage.said(ComplaintSubmitted)
    assert said.complaint.owner_id == ANNA.id


async def test_contacts_are_ciphertext_and_shown_masked(stage: Stage) -> None:
    """X16, facts 2.13."""
    receipt = (await file(stage, STREET, filing("WALK_IN"))).json()
    found = (await get(stage, STREET, f"/complaints/{receipt['id']}")).json()
    assert found["reporter"] == {"name": "演**", "mobile": "139****0042", "has_account": False}
    assert await stage.count("complaint", "contact_name LIKE '%演示%'") == 0
    assert await stage.count("complaint", "contact_mobile LIKE '%1390%'") == 0
    assert await stage.count("outbox", "body LIKE '%13900000042%' OR body LIKE '%演示居民%'") == 0
    (said,) = await stage.said(ComplaintSubmitted)
    assert narrative_of(stage, said).on_behalf


async def test_a_finding_has_nobody_behind_it(stage: Stage) -> None:
    """X45: routing closes it with the report line."""
    await file(stage, DEPARTMENT, filing("INSPECTION"))
    (said,) = await stage.said(ComplaintSubmitted)
    assert not narrative_of(stage, said).on_behalf
    assert said.complaint.owner_id is None


async def test_a_filer_sees_the_own_filings_and_those_of_the_own_organisation(
    stage: Stage,
) -> None:
    """X16: of a hidden reporter only whoever filed it knows."""
    shown = (await file(stage, WORKER, filing("GRID_REPORT"))).json()["id"]
    hidden = (await file(stage, WORKER, filing("GRID_REPORT", confidential=True))).json()["id"]
    mine = (await get(stage, WORKER, "/complaints")).json()["items"]
    colleagues = (await get(stage, LEADER, "/complaints")).json()["items"]
    others = (await get(stage, STREET, "/complaints")).json()["items"]
    assert [each["id"] for each in mine] == [hidden, shown]
    assert [(each["id"], each["mine"]) for each in colleagues] == [(shown, False)]
    assert others == []
    for account, complaint_id, status in (
        (WORKER, hidden, 200),
        (LEADER, shown, 200),
        (LEADER, hidden, 404),
        (STREET, shown, 404),
    ):
        for path in ("", "/timeline"):
            answer = await get(stage, account, f"/complaints/{complaint_id}{path}")
            assert answer.status_code == status
    (page,) = [(await get(stage, WORKER, "/complaints", limit="1")).json()]
    following = (await get(stage, WORKER, "/complaints", limit="1", cursor=page["next"])).json()
    assert [each["id"] for each in following["items"]] == [shown]


async def test_a_company_supplies_the_reminder_it_is_asked_for(stage: Stage) -> None:
    """X21: the owner is the respondent and nobody's reporter; the company answers T02 itself."""
    claim = filing(
        "COMPANY",
        category="PF01",
        text="业主拖欠两年物业费，请求调解处理",
        respondent={"name": "某业主", "house_id": str(GARDEN.house("1", "101").id)},
    )
    complaint_id = UUID((await file(stage, COMPANY, claim)).json()["id"])
    (said,) = await stage.said(ComplaintSubmitted)
    assert (said.complaint.owner_id, said.complaint.house_id) == (None, None)
    request = routing.InformationRequest(
        id=complaint_id,
        version=1,
        missing=("REMINDER",),
        until=stage.clock.now() + timedelta(days=5),
    )
    await stage.hear(routing.InformationRequested(request=request))
    found = (await get(stage, COMPANY, f"/complaints/{complaint_id}")).json()
    assert [each["code"] for each in found["missing"]] == ["REMINDER"]
    proof = {"proofs": [{"item": "REMINDER", "reference": "催〔2026〕7号"}]}
    for account, status in ((STREET, 404), (COMPANY, 200)):
        async with stage.client(staff(account)) as desk:
            answer = await desk.post(
                f"/desk/complaints/{complaint_id}/supplement", json=proof, headers=once()
            )
        assert answer.status_code == status, answer.text
    (supplied,) = await stage.said(ComplaintSupplemented)
    assert [each.item for each in narrative_of(stage, supplied).proofs] == ["REMINDER"]


async def test_a_reminder_may_come_at_once_and_is_not_lost_later(stage: Stage) -> None:
    """X21, T03: what is supplied later joins what came first."""
    proof = [{"item": "REMINDER", "reference": "催〔2026〕7号"}]
    claim = filing("COMPANY", category="PF01", proofs=proof)
    complaint_id = UUID((await file(stage, COMPANY, claim)).json()["id"])
    (said,) = await stage.said(ComplaintSubmitted)
    assert [each.reference for each in narrative_of(stage, said).proofs] == ["催〔2026〕7号"]
    request = routing.InformationRequest(
        id=complaint_id,
        version=1,
        missing=("EVIDENCE",),
        until=stage.clock.now() + timedelta(days=5),
    )
    await stage.hear(routing.InformationRequested(request=request))
    async with stage.client(staff(COMPANY)) as desk:
        await desk.post(
            f"/desk/complaints/{complaint_id}/supplement", json={"text": "附账单"}, headers=once()
        )
    (supplied,) = await stage.said(ComplaintSupplemented)
    assert [each.item for each in narrative_of(stage, supplied).proofs] == ["REMINDER"]


async def test_nobody_files_about_the_estate_that_is_none_but_the_city(stage: Stage) -> None:
    body = filing("WALK_IN", estate_id=str(UNPLACED_ESTATE))
    assert (await file(stage, STREET, body)).status_code == 403
    assert (await file(stage, "zhongzhi.shi", body)).status_code == 201
