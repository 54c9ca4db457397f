"""X31, B02, X42: what the form is told before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.intake.people import ANNA, hotline, owner
from tests.stage import Stage


async def assessed(stage: Stage, **typed: Any) -> dict[str, Any]:
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/complaints/assessment", json=typed)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_hints_are_there_before_anybody_signs_in(stage: Stage) -> None:
    """X31: which words mean which number."""
    async with stage.client() as nobody:
        answer = await nobody.get("/emergency-hints")
    hints = {hint["kind"]: hint for hint in answer.json()["items"]}
    assert hints["fire"]["call"] == ["119"]
    assert "电梯困人" in hints["trapped"]["words"]
    assert "110" in answer.json()["police"]
    assert "supply_kept_off" not in hints


CALLS: Mapping[tuple[str, str | None], list[str]] = {
    ("电梯困人", None): ["119", "110", "96333"],
    ("楼道里起火了", None): ["119"],
    ("一旦起火很危险", None): [],
    ("这几天一直没水没电", "PF02"): ["12345"],
    ("这几天一直没水没电", None): [],
    ("", None): [],
}


async def test_in_danger_the_number_comes_first(stage: Stage) -> None:
    """X31: 电梯困人 → hint shown before the form; what only the category makes grave as well."""
    async with stage.client(owner(ANNA)) as anna:
        for (text, category), call in CALLS.items():
            typed = {"text": text, "category": category}
            answer = (await anna.post("/complaints/assessment", json=typed)).json()
            assert (answer["call"], answer["urgent"]) == (call, bool(call)), text


async def test_a_police_matter_is_told_before_it_is_refused(stage: Stage) -> None:
    """B02, T05: 打架斗殴 → 110; what is unclear is accepted first (X13)."""
    assert "110" in (await assessed(stage, text="楼下正在打架斗殴"))["police"]
    assert "110" in (await assessed(stage, text="请帮帮我", category="XX01"))["police"]
    assert (await assessed(stage, text="保安经常打人，物业不管"))["police"] is None


async def test_words_suggest_a_category_and_nothing_is_kept(stage: Stage) -> None:
    """T09, X42: a few at most, the likeliest first; visitors learn what they may report."""
    answer = await assessed(stage, title="物业费", text="物业费标准不清楚，物业费太高")
    assert answer["suggested"][0]["code"] == "PF01"
    assert len(answer["suggested"]) <= 3
    assert answer["long_enough"]
    assert "FR01" in [each["code"] for each in answer["visitor_categories"]]
    assert (await assessed(stage, text="太短了"))["long_enough"] is False
    assert await stage.count("complaint") == 0
    assert await stage.count("idempotency_key") == 0


async def test_owners_only(stage: Stage) -> None:
    async with stage.client(hotline()) as client:
        answer = await client.post("/complaints/assessment", json={"text": "起火"})
    assert (answer.status_code, answer.json()["code"]) == (403, "OWNERS_ONLY")
