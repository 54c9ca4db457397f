"""Why an answer was bad: codes that are counted, words that are ciphertext (T32, X34)."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contracts.survey import VisitAnswered
from tests.samples import owner
from tests.stage import Stage
from tests.survey.test_visits import feedback, once, submitted, the_visit

NO = {"solved": "NO", "result_level": 1, "process_level": 1}


async def answered(stage: Stage, **answer: Any) -> Any:
    await stage.hear(submitted())
    await stage.hear(feedback())
    visit = await the_visit(stage)
    async with stage.client(owner()) as client:
        return await client.post(f"/visits/{visit['id']}/answer", json=NO | answer, headers=once())


async def test_the_form_says_what_may_be_answered(stage: Stage) -> None:
    """Facts 2.5: five levels by name, the reasons, and from where a reason is asked for."""
    async with stage.client(owner()) as client:
        form = (await client.get("/answer-form")).json()
    assert [each["level"] for each in form["levels"]] == [5, 4, 3, 2, 1]
    assert form["levels"][1]["name"] == "满意"
    assert form["reason_asked_up_to"] == 2
    assert {"code": "OTHER", "name": "其他", "words_needed": True} in form["reasons"]
    async with stage.client() as nobody:
        assert (await nobody.get("/answer-form")).status_code == 401


@pytest.mark.parametrize(
    ("answer", "reopens"),
    [
        ({}, False),
        ({"reasons": ["CAME_BACK"]}, True),
        ({"reasons": ["OTHER"], "reason": "夜里仍吵"}, True),
        ({"reasons": ["TOO_SLOW"], "solved": "YES", "result_level": 3, "process_level": 3}, False),
    ],
    ids=["X34 no reason", "T32 a code", "T32 words", "not bad"],
)
async def test_a_code_is_reason_enough(stage: Stage, answer: dict[str, Any], reopens: bool) -> None:
    response = await answered(stage, **answer)
    assert response.status_code == 200, response.text
    assert response.json()["reason_codes"] == answer.get("reasons", [])
    (told,) = await stage.said(VisitAnswered)
    assert told.visit.asks_to_reopen is reopens


@pytest.mark.parametrize(
    ("reasons", "code"),
    [(["NO_SUCH"], "REASON_UNKNOWN"), (["OTHER"], "REASON_WORDS_MISSING")],
)
async def test_strange_reasons_are_refused(stage: Stage, reasons: list[str], code: str) -> None:
    response = await answered(stage, reasons=reasons)
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert (await the_visit(stage))["state"] == "OPEN"


async def test_an_answer_is_not_changed(stage: Stage) -> None:
    """Facts 2.5: one rating per matter; the case has moved on with the first."""
    await answered(stage, reasons=["TOO_SLOW"])
    visit = await the_visit(stage)
    async with stage.client(owner()) as client:
        again = await client.post(f"/visits/{visit['id']}/answer", json=NO, headers=once())
    assert (again.status_code, again.json()["code"]) == (409, "VISIT_ANSWERED")
    assert (await the_visit(stage))["reason_codes"] == ["TOO_SLOW"]
