"""GeoReport v2: GET requests by id, by ids, by status and period; tokens; who may read what."""

from __future__ import annotations

from datetime import timedelta
from shutil import copytree
from typing import Any
from uuid import UUID

from sqlalchemy import text

from deploy.simulators.wechat import Vendor
from services.intake.app import service
from shared.contracts import routing
from shared.contracts.vocabulary import CaseStatus
from tests.intake.open311.calls import DESCRIPTION, KEY, Facade, errors, names, parsed, request
from tests.intake.people import ANNA, GARDEN, complaint, once, owner
from tests.rulebook import COMMITTED
from tests.samples import a_case
from tests.stage import Stage, staged

REQUEST = [
    *("service_request_id", "status", "status_notes", "service_name", "service_code"),
    *("description", "agency_responsible", "service_notice", "requested_datetime"),
    *("updated_datetime", "expected_datetime", "address", "address_id", "zipcode"),
    *("lat", "long", "media_url"),
]
MEDIA = "http://pictures.example.org/1.jpg"


async def id_of(stage: Stage, number: str) -> UUID:
    async with stage.host.runtime.database.transaction() as session:
        found = await session.execute(
            text("SELECT id FROM complaint WHERE number = :number"), {"number": number}
        )
        return UUID(str(found.scalar_one()))


async def closed(stage: Stage, number: str) -> None:
    case = a_case(
        complaint_ids=(await id_of(stage, number),),
        estate_id=GARDEN.id,
        state=CaseStatus.CLOSED,
        category="EQ02",
        closed_at=stage.clock.now(),
    )
    await stage.hear(routing.CaseClosed(case=case))


async def test_one_request_has_every_field(facade: Facade, stage: Stage) -> None:
    """The specification's example: what is unknown is null, and an empty element."""
    number = await facade.file(media_url=MEDIA, phone="13900000042")
    (told,) = await facade.read(f"v2/requests/{number}.json", api_key=KEY)
    assert list(told) == REQUEST
    assert told == told | {
        "service_request_id": number,
        "status": "open",
        "status_notes": "已提交待受理",
        "service_name": "设施设备维修不及时",
        "service_code": "EQ01",
        "description": DESCRIPTION,
        "agency_responsible": None,
        "requested_datetime": "2026-03-02T09:00:00+08:00",
        "updated_datetime": "2026-03-02T09:00:00+08:00",
        "expected_datetime": None,
        "address": "温泉花园（演示）",
        "address_id": str(GARDEN.id),
        "zipcode": None,
        "lat": 29.8402,
        "long": 114.3312,
        "media_url": MEDIA,
    }
    root = parsed(await facade.get(f"v2/requests/{number}.xml", api_key=KEY))
    assert (root.tag, names(root), names(root[0])) == ("service_requests", ["request"], REQUEST)
    assert (root.findtext("request/zipcode"), root.findtext("request/lat")) == ("", "29.8402")


async def test_others_see_what_may_be_public(facade: Facade, stage: Stage) -> None:
    """X15, X16: neither words nor pictures, and of the nameless nothing in the lists."""
    named = await facade.file(media_url=MEDIA)
    nameless = await facade.file(email=None, description="没有留下联系方式的另外一件事情")
    async with stage.client(owner(ANNA)) as anna:
        for hidden in ({}, {"confidential": True}, {"anonymous": True}):
            await anna.post("/complaints", json=complaint(**hidden), headers=once())
    public = await facade.read("v2/requests.json")
    assert named in {each["service_request_id"] for each in public}
    assert len(public) == 2, "the named one, and the owner's that hides nothing"
    assert {(each["description"], each["media_url"]) for each in public} == {(None, None)}
    own = await facade.read("v2/requests.json", api_key=KEY)
    assert {each["service_request_id"] for each in own} >= {named, nameless}
    (asked,) = await facade.read(f"v2/requests/{nameless}.json")
    assert (asked["status"], asked["description"]) == ("open", None)


async def shown_to_all(stage: Stage) -> None:
    """As after a content check that found nothing."""
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO screening (id, subject_type, subject_id, complaint_id, division,"
                " state, filed_at, written_at, due_at, tries)"
                " SELECT gen_random_uuid(), 'COMPLAINT', id, id, division,"
                " 'PASSED', submitted_at, submitted_at, submitted_at, 0 FROM complaint"
            )
        )


async def test_the_public_reads_no_name_that_we_know(facade: Facade, stage: Stage) -> None:
    """X16: neither numbers nor the reporter's name, however it is written."""
    said = "我是欧阳示例，住三栋，欧阳 示例的电话是13900000042，楼道灯坏了"
    number = await facade.file(description=said, last_name="欧阳", first_name="示例")
    await shown_to_all(stage)
    (public,) = await facade.read(f"v2/requests/{number}.json")
    assert public["description"] == "我是某某，住三栋，某某的电话是139****0042，楼道灯坏了"
    (own,) = await facade.read(f"v2/requests/{number}.json", api_key=KEY)
    assert own["description"] == said


async def test_after_an_erasure_its_client_reads_what_everybody_reads(
    facade: Facade, stage: Stage, vendor: Vendor
) -> None:
    """P25: what was sent is gone, and the matter stays."""
    number = await facade.file(phone=ANNA.mobile, description="我的电话13900000042，灯坏了很久")
    await shown_to_all(stage)
    async with stage.client(owner(ANNA)) as anna:
        erased = await anna.post("/me/erasure", json={"js_code": vendor.log_in(ANNA.person)})
    assert erased.status_code == 200, erased.text
    (public,) = await facade.read(f"v2/requests/{number}.json")
    (own,) = await facade.read(f"v2/requests/{number}.json", api_key=KEY)
    assert own == public
    assert own["description"] == "我的电话139****0042，灯坏了很久"


async def test_the_case_leads(facade: Facade, stage: Stage) -> None:
    """B06: who handles it, until when; closed with the case."""
    number = await facade.file()
    case = a_case(complaint_ids=(await id_of(stage, number),), estate_id=GARDEN.id)
    await stage.hear(routing.CaseDispatched(case=case))
    (told,) = await facade.read(f"v2/requests/{number}.json")
    assert (told["status"], told["agency_responsible"]) == ("open", "演示社区第一网格")
    assert told["expected_datetime"] == "2026-03-10T00:00:00+08:00"
    assert told["service_code"] == "NS01"
    stage.clock.advance(timedelta(hours=5))
    ended = case.model_copy(
        update={"version": 9, "state": CaseStatus.CLOSED, "closed_at": stage.clock.now()}
    )
    await stage.hear(routing.CaseClosed(case=ended))
    (told,) = await facade.read(f"v2/requests/{number}.json")
    assert (told["status"], told["status_notes"]) == ("closed", "办结")
    assert told["updated_datetime"] == "2026-03-02T14:00:00+08:00"
    assert told["expected_datetime"] is None


async def test_lists_by_ids_service_and_status(facade: Facade, stage: Stage) -> None:
    first = await facade.file()
    stage.clock.advance(timedelta(hours=1))
    second = await facade.file(service_code="PK01", description="车辆乱停放堵住了单元门口")
    await closed(stage, first)

    async def found(**query: str) -> list[str]:
        rows = await facade.read("v2/requests.json", **query)
        return [each["service_request_id"] for each in rows]

    assert await found() == [second, first]
    assert await found(status="closed") == [first]
    assert await found(status="open,closed") == [second, first]
    assert await found(service_code="PK01") == [second]
    assert await found(service_code="EQ02,PK01") == [second, first]
    assert await found(service_request_id=f"{first},{second}, SQ-unknown", status="open") == [
        second,
        first,
    ], "ids override all other arguments"
    assert await found(page_size="1", page="2") == [first]
    twice = await facade.web.get("/open311/v2/requests.json?status=open&status=closed")
    assert len(twice.json()) == 2


async def test_a_period_of_at_most_ninety_days(facade: Facade, stage: Stage) -> None:
    number = await facade.file()

    async def count(**query: str) -> int:
        return len(await facade.read("v2/requests.json", **query))

    assert await count(start_date="2026-03-02T09:00:00+08:00") == 1
    assert await count(start_date="2026-03-02T01:00:00Z", end_date="2026-03-02T01:00:00Z") == 1
    assert await count(start_date="2026-03-02T09:00:01") == 0
    assert await count(start_date="2026-03-02", end_date="2026-03-02") == 1
    assert await count(start_date="2025-12-02", end_date="2026-03-02") == 1
    assert await count(start_date="2025-12-02T09:00:00") == 1, "90 days from there"
    assert await count(start_date="2025-12-02T08:59:59") == 0
    assert await count(end_date="2026-03-01T00:00:00Z") == 0
    unescaped = "/open311/v2/requests.json?start_date=2026-03-02T09:00:00+08:00"
    assert len((await facade.web.get(unescaped)).json()) == 1
    for span in (("2025-12-01", "2026-03-02"), ("2026-03-02", "2026-03-01"), ("9999-12-31", "")):
        refused = await facade.get("v2/requests.json", start_date=span[0], end_date=span[1])
        assert (refused.status_code, errors(refused)[0][0]) == (400, 400), span
    stage.clock.advance(timedelta(days=91))
    assert await count() == 0
    assert len(await facade.read("v2/requests.json", service_request_id=number)) == 1


async def test_a_token_leads_to_the_request(stage: Stage, tmp_path: Any) -> None:
    """A service that answers in batch gives a token first."""
    folder = copytree(COMMITTED, tmp_path / COMMITTED.name) / "open311.toml"
    words = folder.read_text().replace(
        "batch_services = { value = []", 'batch_services = { value = ["EQ01"]'
    )
    folder.write_text(words)
    url = stage.host.runtime.settings.database_url
    async with (
        staged(service, url, LIUDUAN_RULEBOOKS=str(tmp_path)) as batch,
        batch.client() as web,
    ):
        facade = Facade(web)
        (receipt,) = (await facade.post(request())).json()
        assert list(receipt) == ["token", "service_notice", "account_id"]
        (told,) = await facade.read(f"v2/tokens/{receipt['token']}.json")
        assert list(told) == ["service_request_id", "token"]
        assert told["token"] == receipt["token"]
        root = parsed(await facade.get(f"v2/tokens/{receipt['token']}.xml"))
        assert names(root[0]) == ["service_request_id", "token"]
        assert await facade.read(f"v2/requests/{told['service_request_id']}.json")
