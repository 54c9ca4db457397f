"""Two low scores in a row: the street is prompted, a person talks and sets the date (E07)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from shared.contracts import routing as said
from shared.contracts.survey import LowScore, LowScoresState, RectificationDue
from tests.routing.drama import GARDEN, Drama, at, staff
from tests.routing.governance.test_rectification import COMPANY, KEEPER, LEADER, OFFICE, STREET
from tests.samples import named

FIRST, SECOND = named("first survey"), named("second survey")


def low_scores(**changes: Any) -> RectificationDue:
    score = {"published_at": at("2026-03-01 09:00")}
    state = {
        "id": SECOND,
        "version": 1,
        "company_id": KEEPER,
        "estate_id": GARDEN.estate_id,
        "estate_name": GARDEN.estate,
        "division": "421202001",
        "below": Decimal(80),
        "scores": (
            LowScore(survey_id=FIRST, period="2025-H2", score=Decimal("79.50"), **score),
            LowScore(survey_id=SECOND, period="2026-H1", score=Decimal("79.99"), **score),
        ),
    }
    return RectificationDue(company=LowScoresState.model_validate(state | changes))


async def prompted(drama: Drama) -> dict[str, Any]:
    drama.move_to("2026-03-02 10:00")
    await drama.stage.hear(low_scores())
    (prompt,) = (await drama.see(STREET, "/talk-prompts"))["items"]
    return dict(prompt)


def talk(drama: Drama, **changes: Any) -> dict[str, Any]:
    return {"talk_held_at": drama.now.isoformat(), "demands": "三十日内整改"} | changes


async def test_the_street_is_prompted_once(drama: Drama) -> None:
    """E07, W6: told twice, and once more by another event about the same survey."""
    prompt = await prompted(drama)
    await drama.stage.hear(low_scores(version=2))
    assert len((await drama.see(STREET, "/talk-prompts"))["items"]) == 1
    assert (prompt["cause"], prompt["survey_id"]) == ("LOW_SCORE", str(SECOND))
    assert prompt["scores"] == [
        {"period": "2025-H2", "score": "79.50"},
        {"period": "2026-H1", "score": "79.99"},
    ]
    (told,) = await drama.stage.said(said.LowScoreTalkPrompted)
    assert told.prompt.scores == (Decimal("79.50"), Decimal("79.99"))
    assert (await drama.see(COMPANY, "/talk-prompts"))["items"] == []


async def test_the_talk_sets_a_date_of_thirty_days(drama: Drama) -> None:
    """E07, U28, CK-16: a person confirms; the company is told by the rectification, once."""
    prompt = await prompted(drama)
    path = f"/talk-prompts/{prompt['id']}/rectification"
    answer = await drama.send(OFFICE, path, talk(drama))
    assert answer.status_code == 201, answer.text
    ordered = answer.json()
    assert (ordered["cause"], ordered["due_at"]) == ("LOW_SCORE", "2026-04-02T00:00:00+08:00")
    assert (await drama.see(COMPANY, f"/rectifications/{ordered['id']}"))["stage"] == "OPEN"
    again = await drama.send(OFFICE, path, talk(drama))
    assert (again.status_code, again.json()["code"]) == (409, "TALK_PROMPT_ANSWERED")
    (shown,) = (await drama.see(STREET, "/talk-prompts"))["items"]
    assert shown["rectification_id"] == ordered["id"]
    assert len(await drama.stage.said(said.RectificationOrdered)) == 1


async def test_who_answers_a_prompt(drama: Drama) -> None:
    """E07, A13: street and centre of the place, without a stake in the company."""
    prompt = await prompted(drama)
    path = f"/talk-prompts/{prompt['id']}/rectification"
    for person, status, code in (
        (COMPANY, 403, "CENTRES_ONLY"),
        (LEADER, 403, "CENTRES_ONLY"),
        (staff("zhongzhi.fushan"), 404, "TALK_PROMPT_NOT_FOUND"),
        (replace(STREET, interests=frozenset({KEEPER})), 403, "NOT_YOUR_TASK"),
    ):
        refused = await drama.send(person, path, talk(drama))
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    early = await drama.send(STREET, path, talk(drama, talk_held_at="2027-01-01T09:00:00+08:00"))
    assert (early.status_code, early.json()["code"]) == (409, "TALK_NOT_HELD_YET")
    assert (await drama.send(STREET, path, talk(drama))).status_code == 201


async def test_nobody_is_ordered_anything_by_the_system(drama: Drama) -> None:
    """Ground rule 0.2.8: the prompt alone starts no clock and orders nothing."""
    await prompted(drama)
    assert await drama.stage.count("rectification") == 0
    assert await drama.stage.said(said.RectificationOrdered) == []
