"""Sets of rules: who reads and writes them, when they take effect, how they differ."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.identity import Actor
from tests.routing.dispatching.desk import (
    CITY,
    COUNTY,
    NIGHT,
    STREET,
    activated,
    csv,
    drafted,
    row,
    upload,
)
from tests.routing.drama import Drama, staff

OTHER_COUNTY = staff("zhongzhi.chibi")
TRIAL = {"since": "2026-03-01T00:00:00+08:00"}


@pytest.mark.parametrize(
    ("actor", "division", "answer"),
    [
        (COUNTY, "421202", (201, None)),
        (COUNTY, None, (201, None)),
        (COUNTY, "421202001", (201, None)),
        (STREET, "421202001", (201, None)),
        (CITY, "421202", (201, None)),
        (CITY, "4212", (201, None)),
        (STREET, "421202", (403, "NOT_YOUR_RULES")),
        (COUNTY, "4212", (403, "NOT_YOUR_RULES")),
        (COUNTY, "421281", (403, "NOT_YOUR_RULES")),
        (OTHER_COUNTY, "421202", (403, "NOT_YOUR_RULES")),
        (staff("jiedao.chimagang"), None, (403, "DISPATCHERS_ONLY")),
        (staff("guanli.shi"), "421202", (403, "DISPATCHERS_ONLY")),
        (staff("chengguan.xianan"), "421202", (403, "DISPATCHERS_ONLY")),
        (staff("wangge.wenquan1"), "421202", (403, "DISPATCHERS_ONLY")),
    ],
)
async def test_who_imports_for_which_division(
    drama: Drama, actor: Actor, division: str | None, answer: tuple[int, str | None]
) -> None:
    """A dispatcher for the own division and what lies in it, never for a larger or another one."""
    found = await upload(drama, csv(NIGHT), actor, division=division)
    assert (found.status_code, found.json().get("code")) == answer


@pytest.mark.parametrize(
    ("what", "body"), [("activation", {}), ("retirement", None), ("trial", TRIAL)]
)
async def test_who_does_what_with_a_set(drama: Drama, what: str, body: Any) -> None:
    """The own centre and those above; below it is read, elsewhere it is not there."""
    path = f"/dispatch-rules/{await drafted(drama, NIGHT)}"
    refused = {
        STREET: (403, "NOT_YOUR_RULES"),
        OTHER_COUNTY: (404, "RULE_SET_NOT_FOUND"),
        staff("jiedao.wenquan"): (403, "DISPATCHERS_ONLY"),
        staff("wanggezhang.wenquan"): (403, "DISPATCHERS_ONLY"),
    }
    for actor, answer in refused.items():
        found = await drama.send(actor, f"{path}/{what}", body)
        assert (found.status_code, found.json()["code"]) == answer, actor
    for actor in (COUNTY, CITY):
        path = f"/dispatch-rules/{await drafted(drama, NIGHT)}"
        assert (await drama.send(actor, f"{path}/{what}", body)).status_code == 200


async def test_who_reads_a_set(drama: Drama) -> None:
    """Those whose cases it decides, and those who oversee them; the city's observers too (A20)."""
    set_id = await drafted(drama, NIGHT)
    readers = [COUNTY, CITY, STREET, staff("jiedao.wenquan"), staff("zhuxin.shi")]
    for actor in readers:
        assert (await drama.see(actor, f"/dispatch-rules/{set_id}"))["rules"] == 1
        assert (await drama.see(actor, f"/dispatch-rules/{set_id}/changes"))["against"] is None
        assert len((await drama.see(actor, "/dispatch-rules"))["items"]) == 1
    assert (await drama.read(OTHER_COUNTY, f"/dispatch-rules/{set_id}")).status_code == 404
    assert (await drama.see(OTHER_COUNTY, "/dispatch-rules"))["items"] == []
    for account in ("chengguan.xianan", "wangge.wenquan1", "wuye.wenquan", "tiaojie.jiayu1"):
        answer = await drama.read(staff(account), f"/dispatch-rules/{set_id}")
        assert (answer.status_code, answer.json()["code"]) == (403, "DISPATCHERS_ONLY")


async def test_a_set_takes_effect_now_or_later(drama: Drama) -> None:
    """What was dispatched stays as it was decided: not even a second back."""
    path = f"/dispatch-rules/{await drafted(drama, NIGHT)}/activation"
    past = {"effective_from": "2026-03-02T08:59:59+08:00"}
    answer = await drama.send(COUNTY, path, past)
    assert (answer.status_code, answer.json()["code"]) == (422, "RULES_TAKE_EFFECT_IN_THE_PAST")
    key = str(uuid4())
    for _ in range(2):
        answer = await drama.send(
            COUNTY, path, {"effective_from": "2026-03-02T09:00:00+08:00"}, key
        )
        assert answer.json()["in_force"] is True
    again = await drama.send(COUNTY, path, {})
    assert (again.status_code, again.json()["code"]) == (409, "RULE_SET_NOT_SO")


async def test_a_set_to_come_is_not_yet_in_force(drama: Drama) -> None:
    now = await activated(drama, row("今"))
    later = await activated(drama, row("明"), since="2026-03-03T00:00:00+08:00")
    assert await _in_force(drama) == [now]
    drama.move_to("2026-03-03 00:00")
    assert await _in_force(drama) == [later]


async def test_lists_go_on_page_by_page(drama: Drama) -> None:
    sets = [await drafted(drama, row()) for _ in range(3)]
    await drafted(drama, row(), actor=STREET)
    first = await drama.see(COUNTY, "/dispatch-rules", division="421202", limit=2)
    second = await drama.see(
        COUNTY, "/dispatch-rules", division="421202", limit=2, cursor=first["next"]
    )
    found = [UUID(each["id"]) for page in (first, second) for each in page["items"]]
    assert found == sets[::-1]
    assert [each["version"] for each in first["items"]] == [3, 2]


async def test_what_a_draft_would_change(drama: Drama) -> None:
    """Against what it would replace, or any set that is named; a strange one is not there."""
    before = await activated(drama, row("留"), row("改", lead="社区"), row("删"))
    draft = await drafted(drama, row("增"), row("留"), row("改", lead="住新局"))
    found = await drama.see(COUNTY, f"/dispatch-rules/{draft}/changes")
    assert found["against"] == str(before)
    told = {each["name"]: each["fields"] for each in found["items"]}
    assert told == {"增": [], "留": ["position"], "改": ["position", "lead"], "删": []}
    (changed,) = [each for each in found["items"] if each["name"] == "改"]
    assert (changed["before"]["lead"], changed["after"]["lead"]) == (
        "COMMUNITY",
        "DEPARTMENT:HOUSING",
    )
    same = await drama.see(COUNTY, f"/dispatch-rules/{draft}/changes", against=str(draft))
    assert same["items"] == []
    strange = await drama.read(COUNTY, f"/dispatch-rules/{draft}/changes", against=str(uuid4()))
    assert strange.status_code == 404


async def test_every_step_is_audited(drama: Drama) -> None:
    set_id = await activated(drama, NIGHT)
    await drama.send(COUNTY, f"/dispatch-rules/{set_id}/trial", TRIAL)
    await drama.send(COUNTY, f"/dispatch-rules/{set_id}/retirement")
    entries = await drama.rows(
        "SELECT action FROM audit_entry WHERE subject_id = :id ORDER BY id", id=str(set_id)
    )
    assert [entry["action"].split(".")[1] for entry in entries] == [
        "imported",
        "activated",
        "tried",
        "retired",
    ]


async def _in_force(drama: Drama) -> list[UUID]:
    found = (await drama.see(COUNTY, "/dispatch-rules"))["items"]
    return [UUID(each["id"]) for each in found if each["in_force"]]
