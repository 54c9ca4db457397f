"""An owner leaves: unreadable in all four databases with every key, and the matter goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest

from deploy.demo import world
from deploy.demo.ephemeral import running
from deploy.demo.stories import Stage
from deploy.embedded.processes import free_port
from deploy.simulators.wechat.people import openid_of
from shared.clock import BEIJING, SimulatedClock
from tests.journeys.backbone import at_rest
from tests.journeys.city import city_environment
from tests.journeys.dumping import everything_kept
from tests.servers import Databases

BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
LEAVER = world.owner("owner-8")
ESTATE = LEAVER.homes[0].estate
GUARDIAN, GUARDIAN_MOBILE = "演示监护人甲", "13900006661"
APPLICANT = "演示申请人乙"
CITIZEN = "11010119900307867X"
PLATE = "鄂L12345"
WORDS = (
    f"楼上晚上拖动椅子声音很大，我是{LEAVER.name}，电话{LEAVER.mobile}，"
    f"身份证{CITIZEN}，车牌{PLATE}，监护人{GUARDIAN}"
)


@pytest.fixture(scope="module")
async def city(postgres: Databases) -> AsyncIterator[Stage]:
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(BEGINNING)) as (system, client):
        yield Stage(system, client, keys, lambda *_: None)


@pytest.fixture(scope="module")
def secrets(city: Stage) -> dict[str, str]:
    openid = openid_of(city.keys["LIUDUAN_WECHAT_APP_ID"], LEAVER.person)
    return {
        "number": LEAVER.mobile,
        "name": LEAVER.name,
        "openid": openid,
        "guardian": GUARDIAN,
        "guardian's number": GUARDIAN_MOBILE,
        "applicant": APPLICANT,
        "citizen id": CITIZEN,
        "plate": PLATE,
        "place on the map": "114.3221",
    }


async def live(city: Stage) -> list[str]:
    """Everything that leaves something personal behind; the ids of the complaints."""
    owner = city.owner(LEAVER.person)
    version = (await owner.get("/intake/privacy-notice"))["version"]
    await owner.put("/intake/me/consent", {"version": version, "age_band": "CHILD"})
    await _name_guardian(city)
    house = ESTATE.buildings[-1].houses[-1]
    wish = {"house_id": str(house.id), "relation": "FAMILY", "name": APPLICANT}
    await owner.post("/intake/bindings", wish)
    await owner.post("/intake/drafts", {"text": WORDS})
    place = {"latitude": 29.8412, "longitude": 114.3221}
    filed = []
    for hidden in ({}, {"confidential": True}, {"anonymous": True}):
        body = {"estate_id": str(ESTATE.id), "text": WORDS, "location": place, "category": "NS01"}
        filed.append((await owner.post("/intake/complaints", body | hidden))["id"])
    await city.settled()
    return filed


async def _name_guardian(city: Stage) -> None:
    owner = city.owner(LEAVER.person)
    number = {"mobile": GUARDIAN_MOBILE}
    await owner.post("/intake/sms-codes", number | {"purpose": "GUARDIAN"})
    sent = await city.client.get(
        "/simulators/sms/_control/messages", params={"phone": f"+86{GUARDIAN_MOBILE}"}
    )
    code = {"sms_code": sent.json()[-1]["params"][0]}
    await owner.put("/intake/me/guardian", number | code | {"name": GUARDIAN, "relation": "PARENT"})


async def login_code(city: Stage, person: str) -> str:
    answer = await city.client.post("/simulators/wechat/_control/login", json={"person": person})
    return str(answer.json()["js_code"])


async def test_an_erased_owner_is_unreadable_everywhere(
    city: Stage, secrets: dict[str, str]
) -> None:
    """Facts 2.13, T25: told before, gone after; the chain verifies, the case is still handled."""
    owner = city.owner(LEAVER.person)
    filed = await live(city)
    before = await everything_kept(city.system, city.keys)
    assert [name for name, secret in secrets.items() if secret not in before] == []
    exported = str(await owner.get("/intake/me/export"))
    assert [name for name, secret in secrets.items() if secret not in exported] == []
    case_id = (await owner.get(f"/intake/complaints/{filed[0]}"))["case"]["id"]

    stranger = {"js_code": await login_code(city, "somebody else")}
    with pytest.raises(Exception, match="NOT_THE_SAME_PERSON"):
        await owner.post("/intake/me/erasure", stranger)
    code = {"js_code": await login_code(city, LEAVER.person)}
    told = await owner.post("/intake/me/erasure", code)
    assert told["erased"]
    assert all(kept["why"] for kept in told["kept"])
    assert [each for each in told["erased"] if "未用于诉求的图片" in each]
    assert [each for each in told["kept"] if "诉求所附的图片" in each["what"]]
    await city.settled()

    after = await everything_kept(city.system, city.keys)
    assert [name for name, secret in secrets.items() if secret in after] == []
    assert "拖动椅子" in after, "the matter is kept"
    for name, rest in (await at_rest(city.system)).items():
        assert rest.audit.intact, name
        assert (rest.unsent, rest.unhandled, rest.parked) == (0, 0, 0), name

    case = await city.staff("wanggezhang.wenquan").get(f"/routing/cases/{case_id}")
    assert case["state"] not in {"CLOSED", "CANCELLED"}


async def test_the_same_wechat_begins_anew(city: Stage) -> None:
    """Nothing of before is the new account's."""
    code = {"js_code": await login_code(city, LEAVER.person)}
    session = (await city.client.post("/intake/sessions", json=code)).json()
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    me = (await city.client.get("/intake/me", headers=headers)).json()
    complaints: httpx.Response = await city.client.get("/intake/complaints", headers=headers)
    assert session["missing"] == ["CONSENT", "MOBILE", "HOME"]
    assert me["id"] != str(LEAVER.id)
    assert complaints.json()["items"] == []
