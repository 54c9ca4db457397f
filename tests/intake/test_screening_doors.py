"""What came through other doors than the mini-program, and what is said later: a person looks."""

from __future__ import annotations

from uuid import UUID

import pytest

from deploy.simulators.wechat import Vendor
from services.intake.complaints.commands.supplementing import remark
from services.intake.complaints.deed import Deed
from services.intake.complaints.domain.supplying import Supplement
from services.intake.complaints.queries import of_ids
from shared.contracts.intake import ComplaintSupplemented
from shared.contracts.narrative import Proof
from shared.wechat.content import MEDIA_CHECK, TEXT_CHECK
from tests.intake.open311.calls import Facade
from tests.intake.open311.test_reading import id_of
from tests.intake.open311.test_updates import UPDATES, update
from tests.intake.orders import STRANGERS_MOBILE, named_order
from tests.intake.people import ANNA, once, owner
from tests.intake.screened import CENTRE, file, is_file_shown, is_shown, listed, pump, why
from tests.intake.test_desks import filing
from tests.intake.test_hotline_orders import narrative_of, pushed
from tests.intake.test_media_screening import upload
from tests.routing.drama import staff
from tests.stage import Stage

STREET = "zhongzhi.wenquan"


@pytest.fixture
def present(vendor: Vendor) -> Vendor:
    """Anna has the mini-program open."""
    vendor.content.used(vendor.openid(ANNA.person), vendor.clock.now())
    return vendor


@pytest.fixture
async def facade(stage: Stage) -> Facade:
    return Facade(stage.client())


async def decide(stage: Stage, *, visible: bool) -> None:
    """On the only one that is held or decided."""
    (item,) = [
        each for state in ("HELD", "SHOWN", "PASSED") for each in await listed(stage, state=state)
    ]
    async with stage.client(CENTRE) as client:
        path = f"/screenings/{item['id']}/decision"
        answer = await client.post(path, json={"visible": visible}, headers=once())
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("mobile", [ANNA.mobile, STRANGERS_MOBILE], ids=["owner", "stranger"])
async def test_what_the_hotline_typed_is_nobodys_in_wechat(
    stage: Stage, present: Vendor, mobile: str
) -> None:
    """B03: linked to an owner by the number or not, a person looks, and may let it be shown."""
    answer = await pushed(stage, named_order(reporter_mobile=mobile))
    complaint_id = UUID(answer.json()["id"])
    await pump(stage)
    assert await why(stage) == [("HELD", "NO_ACCOUNT", None)]
    assert present.script.calls[TEXT_CHECK] == 0
    await decide(stage, visible=True)
    assert await is_shown(stage, complaint_id)


async def test_what_another_app_sent_waits_for_a_person(
    stage: Stage, present: Vendor, facade: Facade
) -> None:
    await facade.file()
    await pump(stage)
    assert await why(stage) == [("HELD", "NO_ACCOUNT", None)]


async def test_what_a_desk_took_down_waits_for_a_person_with_its_files(
    stage: Stage, present: Vendor
) -> None:
    clerk = staff(STREET)
    picture = await upload(stage, by=clerk.id)
    reporter = {"name": "演示居民", "mobile": ANNA.mobile, "consents": True}
    body = filing("WALK_IN", reporter=reporter, attachments=[str(picture)])
    async with stage.client(clerk) as desk:
        answer = await desk.post("/desk/complaints", json=body, headers=once())
    assert answer.status_code == 201, answer.text
    await pump(stage)
    assert await why(stage) == [("HELD", "NO_ACCOUNT", None)] * 2
    assert present.script.calls[TEXT_CHECK] == present.script.calls[MEDIA_CHECK] == 0
    assert not await is_file_shown(stage, picture)


async def test_a_hotlines_correction_is_looked_at_again(stage: Stage, present: Vendor) -> None:
    """B03: added without having been asked, and until then the whole is hidden from others."""
    answer = await pushed(stage, named_order())
    complaint_id = UUID(answer.json()["id"])
    await pump(stage)
    await decide(stage, visible=True)
    assert (await pushed(stage, named_order(text="他们测试辱骂，位置在三楼"))).status_code == 201
    assert not await is_shown(stage, complaint_id)
    await pump(stage)
    assert await why(stage) == [("HELD", "NO_ACCOUNT", None)]


async def test_a_remark_is_looked_at_again(stage: Stage, present: Vendor, facade: Facade) -> None:
    complaint_id = await id_of(stage, await facade.file())
    await pump(stage)
    await decide(stage, visible=True)
    assert await is_shown(stage, complaint_id)
    number = (await listed(stage, state="SHOWN"))[0]["complaint_number"]
    assert (await facade.post(update(number), f"{UPDATES}.json")).status_code == 200
    assert not await is_shown(stage, complaint_id)
    await pump(stage)
    assert await why(stage) == [("HELD", "NO_ACCOUNT", None)]


async def test_a_remark_may_bring_whatever_a_supplement_may(stage: Stage, present: Vendor) -> None:
    """Nothing is taken and then dropped."""
    complaint_id, picture = await file(stage), await upload(stage)
    await pump(stage)
    anna, runtime = owner(ANNA), stage.host.runtime
    proof = Proof(item="DETAILS", reference="照片1张")
    added = Supplement("又坏了两盏", "三楼楼道", (proof,), (picture,))
    async with runtime.database.transaction() as session:
        (complaint,) = await of_ids(session, [complaint_id])
        await remark(Deed(session, runtime, anna, stage.clock.now()), complaint, added)
    (said,) = await stage.said(ComplaintSupplemented)
    told = await narrative_of(stage, said)
    assert (told.place, told.proofs) == ("三楼楼道", (proof,))
    assert [each.id for each in told.attachments] == [picture]
    assert not await is_shown(stage, complaint_id)
    assert await stage.count("screening", f"subject_id = '{picture}'") == 1
