"""GeoReport v2: POST requests, with every field of the specification."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from deploy.demo import world
from services.routing.triage.propose import propose
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.vocabulary import Channel
from shared.rulebook import Rulebook
from tests.intake.open311.calls import DESCRIPTION, KEY, Facade, errors, names, parsed, request
from tests.intake.people import ANNA, GARDEN, RIVER_VIEW
from tests.rulebook import COMMITTED
from tests.stage import Stage

BOOK = Rulebook.load(COMMITTED)
NEW_VILLAGE = world.estate("浮山新村（演示）")
UNPLACED = "00000000-0000-7000-8000-000000000311"
WHOLE: dict[str, str | None] = {
    "jurisdiction_id": "xianning.gov.cn",
    "lat": "29.8403",
    "long": "114.3311",
    "address_string": "3栋1单元，温泉花园，温泉街道",
    "email": "smit333@example.org",
    "device_id": "tt222111",
    "account_id": "123456",
    "first_name": "john",
    "last_name": "smith",
    "phone": "111111111",
    "media_url": "http://pictures.example.org/2212426634.jpg",
    "attribute[FLOOR]": "5",
    "attribute[SOMETHING_ELSE]": "COISL001",
}


async def kept(stage: Stage) -> dict[str, Any]:
    """The only complaint there is."""
    async with stage.host.runtime.database.transaction() as session:
        (row,) = (await session.execute(text("SELECT * FROM complaint"))).mappings().all()
    return dict(row)


def opened(stage: Stage, row: dict[str, Any], column: str) -> str:
    return stage.host.runtime.cipher.decrypt(
        row[column], table="complaint", row_id=row["id"], column=column
    )


async def test_the_answer_is_a_list_of_one(facade: Facade, stage: Stage) -> None:
    """T01: the shape of the specification's example."""
    answer = await facade.post(request(account_id="123456"))
    assert answer.status_code == 200
    (told,) = answer.json()
    assert list(told) == ["service_request_id", "service_notice", "account_id"]
    assert told["account_id"] == "123456"
    assert told["service_notice"].startswith("工作人员将在")
    (said,) = await stage.said(ComplaintSubmitted)
    assert told["service_request_id"] == said.complaint.number
    assert (said.complaint.channel, said.complaint.estate_id) == (Channel.MINI_PROGRAM, GARDEN.id)
    assert said.complaint.chosen_category == "EQ01"


async def test_the_answer_in_xml(facade: Facade) -> None:
    root = parsed(await facade.post(request(), "v2/requests.xml"))
    assert (root.tag, names(root)) == ("service_requests", ["request"])
    assert names(root[0]) == ["service_request_id", "service_notice", "account_id"]
    assert root[0].findtext("account_id") == ""


async def test_everything_is_kept_and_what_is_personal_as_ciphertext(
    facade: Facade, stage: Stage
) -> None:
    """X16: an account elsewhere is nobody's here; the server looks at no media_url."""
    number = await facade.file(**WHOLE, address_id=None)
    row = await kept(stage)
    assert (row["number"], row["door"], row["owner_id"]) == (number, "OPEN311", None)
    assert row["place"] == "3栋1单元，温泉花园，温泉街道 5"
    assert (row["estate_id"], row["anonymous"]) == (GARDEN.id, False)
    assert row["building_id"] == GARDEN.building("3").id
    assert row["contact_mobile"] is None
    assert opened(stage, row, "contact_name") == "john smith"
    details = json.loads(opened(stage, row, "details"))
    assert details == {
        **{name: WHOLE[name] for name in WHOLE if not name.startswith(("attribute", "l", "juris"))},
        "last_name": "smith",
        "description": DESCRIPTION,
        "attributes": {"FLOOR": ["5"], "SOMETHING_ELSE": ["COISL001"]},
    }
    assert json.loads(opened(stage, row, "location")) == {
        "latitude": 29.8403, "longitude": 114.3311, "system": "WGS84",
    }  # fmt: skip
    plain = " ".join(str(value) for value in row.values())
    assert not any(word in plain for word in ("smit333", "tt222111", "123456", "john", "flickr"))


async def test_who_names_no_contact_files_anonymously(facade: Facade, stage: Stage) -> None:
    """X15."""
    nobody: dict[str, str | None] = {"email": None, "device_id": "tt222111"}
    await facade.file(**nobody)
    for name in ("phone", "email", "account_id", "last_name"):
        await facade.file(**nobody | {name: "11111"})
    said = await stage.said(ComplaintSubmitted)
    assert [each.complaint.anonymous for each in said] == [True, False, False, False, False]


async def test_a_known_number_leads_to_the_account(facade: Facade, stage: Stage) -> None:
    """B03: as the hotline's; an unknown one is kept, encrypted."""
    await facade.file(phone=f"+86 {ANNA.mobile}")
    await facade.file(phone="139-0000-0042")
    known, unknown = await stage.said(ComplaintSubmitted)
    assert (known.complaint.owner_id, unknown.complaint.owner_id) == (ANNA.id, None)
    assert await stage.count("complaint", "contact_mobile IS NOT NULL") == 1
    assert await stage.count("complaint", "contact_mobile LIKE '%0000042%'") == 0


async def test_a_chinese_name_stands_together(facade: Facade, stage: Stage) -> None:
    await facade.file(first_name="示例", last_name="欧阳")
    assert opened(stage, await kept(stage), "contact_name") == "欧阳示例"


PLACES: tuple[tuple[dict[str, str | None], world.Estate, str | None], ...] = (
    ({"address_id": str(RIVER_VIEW.id)}, RIVER_VIEW, None),
    ({"address_id": str(GARDEN.building("2").id)}, GARDEN, "2"),
    ({"address_string": "温泉街道 温泉花园 小区 2 号楼"}, GARDEN, "2"),
    ({"address_string": "浮山新村（演示）门口"}, NEW_VILLAGE, None),
    ({"address_string": "浮山新村", "attribute[BUILDING]": "3"}, NEW_VILLAGE, "3"),
    ({"lat": "29.8403", "long": "114.3311"}, GARDEN, None),
    ({"address_string": "某处", "lat": "29.8403", "long": "114.3311"}, GARDEN, None),
)
NO_PLACES: tuple[dict[str, str | None], ...] = (
    {"address_id": "545483"},
    {"address_string": "8TH AVE and JUDAH ST"},
    {"address_string": "地点待核实"},
    {"address_id": UNPLACED},
    {"lat": "37.76524078", "long": "-122.4212043"},
)


async def test_the_place_is_found(facade: Facade, stage: Stage) -> None:
    for place, estate, building in PLACES:
        await facade.file(**{"address_id": None, **place})
        said = (await stage.said(ComplaintSubmitted))[-1].complaint
        wanted = estate.id, estate.building(building).id if building else None
        assert (said.estate_id, said.building_id) == wanted, place


async def test_what_nobody_can_place_is_taken_all_the_same(facade: Facade, stage: Stage) -> None:
    """A01: the county's centre finds out where it is."""
    for place in NO_PLACES:
        await facade.file(**{"address_id": None, **place})
        said = (await stage.said(ComplaintSubmitted))[-1].complaint
        assert (str(said.estate_id), said.division) == (UNPLACED, "421202"), place


async def test_multipart_and_raw_utf8_are_read_as_well(facade: Facade, stage: Stage) -> None:
    files = {"media": ("a.jpg", b"...", "image/jpeg")}
    multipart = await facade.web.post("/open311/v2/requests.json", data=request(), files=files)
    raw = "&".join(f"{name}={value}" for name, value in request(email="b@example.org").items())
    unescaped = await facade.web.post(
        "/open311/v2/requests.json",
        content=raw.encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert (multipart.status_code, unescaped.status_code) == (200, 200)
    assert await stage.count("complaint", f"text = '{DESCRIPTION}'") == 2


async def test_the_key_may_stand_in_the_query_or_in_a_header(facade: Facade) -> None:
    form = request(api_key=None)
    query = await facade.web.post(f"/open311/v2/requests.json?api_key={KEY}", data=form)
    header = await facade.web.post(
        "/open311/v2/requests.json", data=form, headers={"X-Api-Key": KEY}
    )
    assert (query.status_code, header.status_code) == (200, 200)


async def test_lists_take_several_values(facade: Facade, stage: Stage) -> None:
    form = request(service_code="NS02") | {"attribute[SINCE]": "2026-02-01"}
    several = {"attribute[HOURS][]": ["evening", "夜间（22时至6时）"]}
    answer = await facade.web.post("/open311/v2/requests.json", data=form | several)
    assert answer.status_code == 200, answer.text
    words = (await kept(stage))["text"]
    assert words.startswith(DESCRIPTION)
    assert "傍晚、夜间" in words
    assert "2026-02-01" in words


async def test_few_words_are_enough(facade: Facade, stage: Stage) -> None:
    """The specification asks for no description, T01 for ten characters."""
    await facade.file(description=None)
    assert (await kept(stage))["text"] == "诉求类别：设施设备维修不及时（经Open311接口提交）"


async def test_danger_is_told_where_to_call(facade: Facade) -> None:
    """X31."""
    answer = await facade.post(request(description="楼道里着火了，浓烟很大"))
    assert "请立即拨打119" in answer.json()[0]["service_notice"]


LIFT = {"service_code": "EQ02", "description": "三栋的电梯又停了，经常坏，请派人来看看"}


async def test_nobody_trapped_is_no_emergency(facade: Facade, stage: Stage) -> None:
    """X31: what a service asks is not what was said."""
    answer = await facade.post(request(**LIFT) | {"attribute[TRAPPED]": "no"})
    assert "拨打" not in answer.json()[0]["service_notice"]
    row = await kept(stage)
    assert row["text"] == LIFT["description"]
    assert not propose(BOOK, row["title"], row["text"], "EQ02").emergency


async def test_somebody_trapped_is_an_emergency(facade: Facade, stage: Stage) -> None:
    """X31: whatever else is told; the client reads back what it sent."""
    answer = await facade.post(request(**LIFT) | {"attribute[TRAPPED]": "有人被困"})
    (receipt,) = answer.json()
    assert "请立即拨打119、110、96333" in receipt["service_notice"]
    row = await kept(stage)
    assert row["text"] == f"电梯困人，现在有人被困\n{LIFT['description']}"
    assert propose(BOOK, row["title"], row["text"], "EQ02").emergency
    (own,) = await facade.read(f"v2/requests/{row['number']}.json", api_key=KEY)
    assert own["description"] == LIFT["description"]


def test_nothing_that_is_asked_is_judged() -> None:
    """X31: neither labels nor the names of what can be chosen read like a danger or a crime."""
    rules = (*BOOK.triage.emergency, *BOOK.triage.police, *BOOK.triage.raises, *BOOK.triage.acts)
    for attribute in BOOK.open311.attributes:
        names = (each.name for each in attribute.values if each.adds is None)
        said = "、".join((attribute.label, *names))
        touched = [r.words for r in rules if any(w in said for w in (*r.words, *r.unless))]
        assert touched == [], attribute.code


async def test_what_is_no_form_or_no_utf8_is_refused(facade: Facade, stage: Stage) -> None:
    """Better than a place that nobody can read."""
    gbk = "&".join(f"{name}={value}" for name, value in request().items()).encode("gbk")
    escaped = b"api_key=x&description=%C2%A5%B5%C6"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    head = b'--b\r\nContent-Disposition: form-data; name="description"\r\n\r\n'
    part = head + "楼灯".encode("gbk") + b"\r\n--b--"
    sent: tuple[tuple[bytes, dict[str, str], str], ...] = (
        (gbk, kind, "UTF-8"),
        (escaped, kind, "UTF-8"),
        (part, {"Content-Type": "multipart/form-data; boundary=b"}, "UTF-8"),
        (json.dumps(request()).encode(), {"Content-Type": "application/json"}, "urlencoded"),
        (json.dumps(request()).encode(), kind, "urlencoded"),
        (b"<request/>", {"Content-Type": "text/xml"}, "urlencoded"),
    )
    for content, headers, says in sent:
        address = "/open311/v2/requests.json"
        refused = await facade.web.post(address, content=content, headers=headers)
        ((code, description),) = errors(refused)
        assert (refused.status_code, code) == (400, 400), content
        assert says in description
    assert await stage.count("complaint") == 0


async def test_errors_say_more_than_http(facade: Facade) -> None:
    wrong = await facade.web.put("/open311/v2/requests.json")
    assert (wrong.status_code, errors(wrong)[0][0]) == (400, 405)


REFUSED: tuple[tuple[dict[str, str | None], int, str], ...] = (
    ({"api_key": None}, 403, "api_key"),
    ({"api_key": "wrong"}, 403, "api_key"),
    ({"service_code": None}, 400, "service_code"),
    ({"service_code": "NOPE"}, 404, "service_code"),
    ({"jurisdiction_id": "elsewhere.gov"}, 404, "jurisdiction_id"),
    ({"address_id": None}, 400, "address_string"),
    ({"lat": "29.84"}, 400, "long"),
    ({"lat": "north", "long": "114"}, 400, "lat"),
    ({"lat": "91", "long": "114"}, 400, "lat"),
    ({"service_code": "EQ02"}, 400, "attribute[TRAPPED]"),
    ({"service_code": "EQ02", "attribute[TRAPPED]": "maybe"}, 400, "attribute[TRAPPED]"),
    ({"attribute[FLOOR]": "high"}, 400, "attribute[FLOOR]"),
    ({"attribute[SINCE]": "long ago"}, 400, "attribute[SINCE]"),
    ({"description": "字" * 4001}, 400, "4000"),
)


async def test_what_is_refused(facade: Facade, stage: Stage) -> None:
    for change, status, says in REFUSED:
        refused = await facade.post(request(**change))
        ((code, description),) = errors(refused)
        assert (refused.status_code, code) == (status, status), change
        assert says in description
    assert await stage.count("complaint") == 0


async def test_everything_that_is_wrong_is_told_at_once(facade: Facade) -> None:
    form = request(address_id=None, service_code="EQ02") | {"attribute[FLOOR]": "high"}
    assert len(errors(await facade.post(form))) == 3


async def test_the_same_words_within_minutes_are_one_complaint(
    facade: Facade, stage: Stage
) -> None:
    """T01: clients know no Idempotency-Key; a swallowed answer files nothing twice."""
    together = await asyncio.gather(*(facade.post(request()) for _ in range(5)))
    stage.clock.advance(timedelta(minutes=9))
    later = await facade.post(request())
    assert len({answer.content for answer in (*together, later)}) == 1
    await facade.file(description="另外一件事情也要请你们处理一下")
    stage.clock.advance(timedelta(minutes=2))
    await facade.file()
    assert await stage.count("complaint") == 3


async def test_an_idempotency_key_is_taken_where_one_is_sent(facade: Facade, stage: Stage) -> None:
    async def post(**changes: str) -> Any:
        return await facade.web.post(
            "/open311/v2/requests.json",
            data=request(**changes),
            headers={"Idempotency-Key": "of-this-client"},
        )

    first = await post()
    stage.clock.advance(timedelta(hours=2))
    again, other = await post(), await post(description="换了内容的另外一件事情")
    assert first.content == again.content
    assert errors(other)[0][0] == 422
    assert other.status_code == 400
    assert await stage.count("complaint") == 1


async def test_an_account_files_only_so_much(facade: Facade, stage: Stage) -> None:
    """T01: told as a list, by account or device; danger is never limited (X31)."""
    for turn in range(20):
        await facade.file(description=f"{DESCRIPTION}，第{turn}次", device_id="d1")
    refused = await facade.post(request(device_id="d1"))
    assert refused.status_code == 400
    assert errors(refused)[0][0] == 429
    assert refused.headers["retry-after"]
    again = await facade.post(request(description=f"{DESCRIPTION}，第19次", device_id="d1"))
    assert again.status_code == 200, "what was answered once is answered again"
    await facade.file(device_id="d2")
    await facade.file(device_id="d1", description="楼道里着火了，浓烟很大")
    stage.clock.advance(timedelta(hours=24))
    await facade.file(device_id="d1", description="一天之后的另外一件事情")
