"""A person with a lot to say goes through every door, and stumbles over every threshold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from deploy.demo import world
from deploy.demo.stories import Stage
from tests.intake.attachments.pictures import jpeg
from tests.privacy.canaries import CANARIES, PERSON, STORY, Planted

ESTATE = world.OWNERS[0].homes[0].estate
HOUSE = ESTATE.buildings[0].houses[-1]
SPOT = {
    "latitude": float(CANARIES["latitude"]),
    "longitude": float(CANARIES["longitude"]),
    "system": "GCJ02",
}

Answer = dict[str, Any]

AS_VISITOR: Answer = {
    "estate_id": str(ESTATE.id),
    "text": STORY,
    "category": "FR01",
    "visitor": True,
}


@dataclass
class Errand:
    """`answers` are the bodies that were given for refused requests."""

    stage: Stage
    planted: Planted
    headers: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    async def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Idempotency-Key": str(uuid4()), **self.headers, **options.pop("headers", {})}
        answer = await self.stage.client.request(method, path, headers=headers, **options)
        await self.stage.system.settle()
        return answer

    async def done(self, method: str, path: str, body: Any = None, **options: Any) -> Answer:
        answer = await self.ask(method, path, json=body, **options)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return dict(answer.json()) if answer.content else {}

    async def sign_in(self) -> None:
        simulator = "/simulators/wechat/_control"
        login = await self.done("POST", f"{simulator}/login", {"person": PERSON})
        pressed = {"person": PERSON, "phone": CANARIES["phone"]}
        phone = await self.done("POST", f"{simulator}/phone", pressed)
        codes = {"js_code": login["js_code"], "phone_code": phone["code"]}
        session = await self.done("POST", "/intake/sessions", codes)
        self.planted.values |= {
            "access token": session["access_token"],
            "refresh token": session["refresh_token"],
            "login code": login["js_code"],
            "phone code": phone["code"],
        }
        self.headers = {"Authorization": f"Bearer {session['access_token']}"}


async def happy_path(errand: Errand) -> None:
    notice = await errand.done("GET", "/intake/privacy-notice")
    consent = {"version": notice["version"], "age_band": "ADULT"}
    await errand.done("PUT", "/intake/me/consent", consent)
    home = {"house_id": str(HOUSE.id), "relation": "OWNER"}
    await errand.done("POST", "/intake/bindings", home)
    photo = await errand.ask(
        "POST", "/intake/attachments/whole",
        files={"kind": (None, "IMAGE"), "file": (f"{CANARIES['name']}.jpg", jpeg())},
    )  # fmt: skip
    assert photo.status_code == 201, photo.text
    spoken = AS_VISITOR
    await errand.done("POST", "/intake/complaints/assessment", {"text": STORY})
    await errand.done("POST", "/intake/drafts", {"text": STORY, "estate_id": str(ESTATE.id)})
    filed = await errand.done(
        "POST",
        "/intake/complaints",
        spoken | {"location": SPOT, "place": STORY, "attachments": [photo.json()["id"]]},
    )
    await errand.done("GET", f"/intake/complaints/{filed['id']}/timeline")
    secret = await errand.done(
        "POST", "/intake/complaints", spoken | {"anonymous": True, "text": f"{STORY}匿名"}
    )
    await errand.done(
        "POST", "/intake/lookups", {"number": secret["number"], "code": secret["code"]}
    )
    await errand.done("POST", "/intake/sms-codes", {"mobile": CANARIES["second phone"]})
    await errand.done("GET", "/intake/me/export")


async def other_doors(errand: Errand) -> None:
    stage = errand.stage
    order = {
        "order_number": "XN12345-20260302-0777",
        "accepted_at": stage.system.clock.now().isoformat(),
        "estate_id": str(ESTATE.id),
        "title": STORY[:60],
        "text": STORY,
        "reporter_name": CANARIES["name"],
        "reporter_mobile": CANARIES["second phone"],
        "place": STORY,
    }
    await stage.hotline().post("/intake/hotline/orders", order)
    desk = {
        "door": "WALK_IN",
        "estate_id": str(ESTATE.id),
        "text": STORY,
        "reporter": {
            "name": CANARIES["name"],
            "mobile": CANARIES["second phone"],
            "consents": True,
        },
    }
    await stage.staff("zhongzhi.wenquan").post("/intake/desk/complaints", desk)
    form = {
        "api_key": stage.keys["LIUDUAN_GEOREPORT_DEMO_KEY"],
        "service_code": "EQ01",
        "lat": CANARIES["latitude"],
        "long": CANARIES["longitude"],
        "address_string": ESTATE.name,
        "description": STORY,
        "first_name": CANARIES["name"],
        "phone": CANARIES["second phone"],
        "email": CANARIES["email"],
    }
    answer = await errand.ask("POST", "/intake/open311/v2/requests.json", data=form)
    assert answer.status_code == 200, answer.text


def missteps() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each with something personal in a place where it is refused. The name of an unknown field is
    told back to whoever sent it, so no name is hidden there.
    """
    yield from _in_a_complaint()
    yield from _elsewhere()


def _in_a_complaint() -> Iterator[tuple[str, str, dict[str, Any]]]:
    name, phone = CANARIES["name"], CANARIES["phone"]
    filing = {"estate_id": str(ESTATE.id), "text": STORY}
    complaints = "/intake/complaints"
    for change in (
        {"estate_id": phone},
        {"estate_id": str(uuid4())},
        {"house_id": str(uuid4())},
        {"category": name},
        {"category": "ZZ99"},
        {"nickname": phone},
        {"text": [STORY]},
        {"text": f"{STORY}\x00"},
        {"title": STORY * 3},
        {"location": {"latitude": CANARIES["latitude"], "longitude": phone}},
        {"location": {"latitude": 200.5, "longitude": float(CANARIES["longitude"])}},
        {"attachments": [str(uuid4())]},
        {"attachments": [phone]},
        {"visitor": name},
    ):
        yield "POST", complaints, {"json": filing | change}
    yield "POST", complaints, {"content": STORY.encode()}
    yield "POST", complaints, {"content": f'{{"text": "{STORY}"'.encode()}
    yield "POST", complaints, {"json": filing, "headers": {"Authorization": f"Bearer {phone}"}}
    yield "POST", complaints, {"json": filing, "headers": {"Idempotency-Key": phone[:5]}}


def _elsewhere() -> Iterator[tuple[str, str, dict[str, Any]]]:
    name, phone, citizen = CANARIES["name"], CANARIES["phone"], CANARIES["citizen id"]
    filing = {"estate_id": str(ESTATE.id), "text": STORY}
    yield "POST", "/intake/sessions", {"json": {"js_code": phone, "phone_code": citizen}}
    yield "POST", "/intake/sessions", {"json": {"js_code": name, "nickname": phone}}
    yield "POST", "/intake/sessions/refresh", {"json": {"refresh_token": f"ldr_{phone}{citizen}"}}
    yield "POST", "/intake/sms-codes", {"json": {"mobile": f"{phone}{citizen}"}}
    yield "PUT", "/intake/me/mobile", {"json": {"mobile": phone, "sms_code": citizen[:6]}}
    yield "PUT", "/intake/me/guardian", {"json": {"name": name, "mobile": phone}}
    yield "POST", "/intake/bindings", {"json": {"house_id": name, "relation": phone}}
    yield "POST", "/intake/bindings/invited", {"json": {"code": phone}}
    yield "POST", "/intake/drafts", {"json": {"text": STORY * 200}}
    yield "POST", "/intake/lookups", {"json": {"number": f"SQ{citizen}", "code": phone}}
    yield "POST", "/intake/lookups", {"json": {"number": name, "code": name}}
    yield "POST", "/intake/attachments", {"json": {"kind": name, "size": phone}}
    yield "POST", "/intake/attachments/whole", {
        "files": {"kind": (None, "IMAGE"), "file": (f"{name}.jpg", STORY.encode())}
    }  # fmt: skip
    yield "POST", "/intake/hotline/orders", {"json": {"reporter_name": name, "text": STORY}}
    yield "POST", "/intake/hotline/sessions", {"json": {"client_id": name, "client_secret": phone}}
    yield "POST", "/intake/desk/complaints", {"json": filing | {"door": name}}
    yield "POST", "/intake/open311/v2/requests.json", {"data": {"api_key": phone, "phone": name}}
    yield "POST", "/intake/open311/v2/requests.xml", {"data": {"description": STORY}}
    yield "POST", "/intake/wechat/push", {"content": STORY.encode()}
    yield "POST", "/intake/nowhere", {"json": {"name": name}}
    yield "PATCH", "/intake/me", {"json": {"mobile": phone}}
    yield "PUT", "/intake/me/consent", {"json": {"version": name, "age_band": phone}}
