"""The inbox: counts, filters, reading, and what is new since a cursor."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

import pytest

from services.notify.inbox.domain.families import Family, family_of
from services.notify.inbox.schemas import InboxFilter
from services.notify.webhooks.domain.health import PauseReason
from shared.identity import End, Role
from tests.notify.news import closed, dispatched, feedback, submitted, suspended
from tests.samples import CASE, FIRE, FIRE_BRIGADE, NEIGHBOUR, OFFICER, OWNER, owner, staff
from tests.stage import Stage

OFFICER_OF_FIRE = staff(OFFICER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE, ("421202",))
MORE = (submitted, dispatched, feedback, closed)


async def get(stage: Stage, path: str, actor: Any = None, **query: str) -> Any:
    async with stage.client(actor or owner()) as client:
        answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_the_system_says_of_itself_is_about_no_case() -> None:
    """Text money (P29) and endpoints that fail: for administrators, beside their cases."""
    codes = ["BUDGET", "WEBHOOK_RETRYING", *(f"WEBHOOK_{each}" for each in PauseReason)]
    assert {family_of(code) for code in codes} == {Family.SYSTEM}
    assert InboxFilter(notification="WEBHOOK_GONE").notification == "WEBHOOK_GONE"


async def test_counts_by_family(stage: Stage) -> None:
    """N14 is a deadline, N16 a public notice, everything else is about a case."""
    assert {code: family_of(code) for code in ("N01", "N09", "N14", "N16", "N18")} == {
        "N01": Family.CASES,
        "N09": Family.DEADLINES,
        "N14": Family.DEADLINES,
        "N16": Family.NOTICES,
        "N18": Family.CASES,
    }
    await stage.hear(*(event() for event in MORE))
    assert await get(stage, "/inbox/counts") == {
        "total": 4,
        "cases": 4,
        "deadlines": 0,
        "notices": 0,
        "system": 0,
    }
    assert (await get(stage, "/inbox/counts", owner(NEIGHBOUR)))["total"] == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["N13", "N11", "N06", "N01"]),
        ({"unread": "true"}, ["N13", "N06", "N01"]),
        ({"case_id": str(CASE)}, ["N13", "N11", "N06"]),
        ({"notification": "N06"}, ["N06"]),
        ({"family": "CASES"}, ["N13", "N11", "N06", "N01"]),
        ({"family": "NOTICES"}, []),
    ],
)
async def test_filters(stage: Stage, query: dict[str, str], found: list[str]) -> None:
    await stage.hear(*(event() for event in MORE))
    (feedback,) = (await get(stage, "/inbox", notification="N11"))["items"]
    async with stage.client(owner()) as client:
        await client.post(f"/inbox/{feedback['id']}/reading")
    items = (await get(stage, "/inbox", **query))["items"]
    assert [item["notification"] for item in items] == found


async def test_one_message_is_looked_at_by_its_reader_alone(stage: Stage) -> None:
    await stage.hear(submitted())
    (entry,) = (await get(stage, "/inbox"))["items"]
    assert await get(stage, f"/inbox/{entry['id']}") == entry
    assert entry["read_at"] is None, "looking is not reading"
    async with stage.client(owner(NEIGHBOUR)) as client:
        refused = await client.get(f"/inbox/{entry['id']}")
    assert (refused.status_code, refused.json()["code"]) == (404, "MESSAGE_NOT_FOUND")


async def test_everything_up_to_a_message_is_read(stage: Stage) -> None:
    """The newer one stays unread, and so does whatever others were told."""
    await stage.hear(*(event() for event in MORE), dispatched(handler=FIRE_BRIGADE, version=4))
    newest, second, *_ = (await get(stage, "/inbox"))["items"]
    async with stage.client(owner()) as client:
        told = (await client.post("/inbox/reading", json={"up_to": second["id"]})).json()
        again = (await client.post("/inbox/reading", json={"up_to": second["id"]})).json()
    assert (told["read"], told["unread"]["total"], again["read"]) == (4, 1, 0)
    unread = (await get(stage, "/inbox", unread="true"))["items"]
    assert [item["id"] for item in unread] == [newest["id"]]
    assert (await get(stage, "/inbox/counts", OFFICER_OF_FIRE))["total"] == 1
    async with stage.client(owner(NEIGHBOUR)) as client:
        refused = await client.post("/inbox/reading", json={"up_to": second["id"]})
    assert (refused.status_code, refused.json()["code"]) == (404, "MESSAGE_NOT_FOUND")


async def test_changes_tell_what_is_new_and_what_was_read(stage: Stage) -> None:
    await stage.hear(submitted())
    first = await get(stage, "/inbox/changes")
    assert (first["items"], first["unread"]["total"], first["ask_again_seconds"]) == ([], 1, 30)
    await stage.hear(dispatched())
    second = await get(stage, "/inbox/changes", after=first["next"])
    assert [item["notification"] for item in second["items"]] == ["N06"]
    receipt = (await get(stage, "/inbox", notification="N01"))["items"][0]
    async with stage.client(owner()) as client:
        await client.post(f"/inbox/{receipt['id']}/reading")
        await client.post(f"/inbox/{receipt['id']}/reading")
    third = await get(stage, "/inbox/changes", after=second["next"])
    assert [item["id"] for item in third["items"]] == [receipt["id"]]
    assert third["items"][0]["read_at"] is not None
    assert third["unread"]["total"] == 1
    assert (await get(stage, "/inbox/changes", owner(NEIGHBOUR), after=first["next"]))[
        "items"
    ] == []


async def test_nothing_new_is_not_told_again(stage: Stage) -> None:
    """304, until something is new; the sending of a message is nothing new."""
    begun = await get(stage, "/inbox/changes")
    await stage.hear(submitted())
    async with stage.client(owner()) as client:
        seen = await client.get("/inbox/changes", params={"after": begun["next"]})
        following = {"after": seen.json()["next"]}
        known = {"If-None-Match": seen.headers["ETag"]}
        await stage.hear(dispatched(owner_ids=(NEIGHBOUR,), complaint_ids=()))
        silent = await client.get("/inbox/changes", params=following, headers=known)
        await stage.hear(suspended())
        heard = await client.get("/inbox/changes", params=following, headers=known)
    assert (silent.status_code, silent.content) == (304, b"")
    assert silent.headers["ETag"] == seen.headers["ETag"]
    assert heard.status_code == 200
    assert [item["notification"] for item in heard.json()["items"]] == ["N12"]


async def test_a_wrong_cursor_is_refused_and_one_from_the_future_begins_anew(stage: Stage) -> None:
    """A database that was restored knows less than its clients."""
    await stage.hear(submitted())
    async with stage.client(owner()) as client:
        wrong = await client.get("/inbox/changes", params={"after": "nonsense"})
        place = f"1:2:;1:2:;{2**63};{OWNER}"
        large = await client.get(
            "/inbox/changes", params={"after": urlsafe_b64encode(place.encode()).decode()}
        )
        ahead = await client.get(
            "/inbox/changes", params={"after": "OTAwMDAwMDAwMDo5MDAwMDAwMDAwOg=="}
        )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "CURSOR_INVALID")
    assert (large.status_code, large.json()["code"]) == (422, "CURSOR_INVALID")
    assert (ahead.json()["resync"], ahead.json()["items"]) == (True, [])
    assert (await get(stage, "/inbox/changes", after=ahead.json()["next"]))["resync"] is False


async def test_what_the_organisation_was_told_is_news_for_its_people(stage: Stage) -> None:
    begun = await get(stage, "/inbox/changes", OFFICER_OF_FIRE)
    await stage.hear(dispatched(handler=FIRE_BRIGADE))
    found = await get(stage, "/inbox/changes", OFFICER_OF_FIRE, after=begun["next"])
    assert [item["notification"] for item in found["items"]] == ["N04"]
    assert str(OWNER) not in str(found)
