"""Scores that call for a talk (N14, E07, E26), and what has to be mended names them (N15)."""

from __future__ import annotations

import pytest

from shared.contracts.event import Event
from shared.contracts.routing import (
    RectificationAccepted,
    RectificationExtended,
    RectificationOrdered,
    RectificationOverdue,
    RectificationState,
)
from tests.notify import news
from tests.notify.catalogue.cast import EVERYBODY, MANAGER_1, OFFICE, gather, told
from tests.notify.sends import pump
from tests.notify.survey_news import found_poor, low_score_talk
from tests.notify.town import Town
from tests.samples import named
from tests.stage import Stage


def ordered(cause: str = "LOW_SCORE", name: str = "rectification") -> RectificationOrdered:
    event = news.rectified(RectificationOrdered)
    state: RectificationState = event.rectification.model_copy(
        update={"cause": cause, "id": named(name)}
    )
    return RectificationOrdered(rectification=state)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (low_score_talk(), ("连续2次满意度测评", "79.60分、78.00分")),
        (found_poor(), ("2026年上半年评价等级为“差”", "55.00分", "已约谈的不重复")),
    ],
    ids=["E07", "E26"],
)
async def test_the_street_is_told_of_the_scores_and_nobody_else(
    stage: Stage, event: Event, words: tuple[str, ...]
) -> None:
    """N14: a company does not read who is about to call it; told twice, it is one message."""
    await gather(stage)
    await stage.hear_after_forgetting(event)
    for person in EVERYBODY:
        entries = await told(stage, person, "N14")
        assert len(entries) == (person is OFFICE), person.name
        for entry in entries:
            for said in ("演示物业公司在演示·桂花园", *words):
                assert said in entry["body"]


@pytest.mark.parametrize(
    ("event", "cause", "scores"),
    [(low_score_talk(), "LOW_SCORE", "79.60分、78.00分"), (found_poor(), "POOR_GRADE", "55.00分")],
    ids=["E07", "E26"],
)
async def test_what_has_to_be_mended_names_the_scores(
    stage: Stage, town: Town, event: Event, cause: str, scores: str
) -> None:
    """N15: score, date and deadline; also when it is extended, overdue or accepted."""
    await gather(stage)
    await stage.hear(event)
    await stage.hear(ordered(cause))
    for kind in (RectificationExtended, RectificationOverdue, RectificationAccepted):
        await stage.hear(kind(rectification=ordered(cause).rectification))
    entries = await told(stage, MANAGER_1, "N15")
    assert len(entries) == 4
    for entry in entries:
        for said in (f"（{scores}）", "约谈日期：2026年3月2日", "2026年4月1日 24:00"):
            assert said in entry["body"]
    await pump(stage)
    assert scores not in str(town.sms_to(MANAGER_1.mobile)), "it fits no text message"


async def test_scores_belong_to_one_rectification(stage: Stage) -> None:
    """Those of an earlier talk, or of another cause, are not repeated."""
    await gather(stage)
    await stage.hear(low_score_talk())
    await stage.hear(ordered(), ordered(name="another"), ordered("INSPECTION", "inspected"))
    bodies = [entry["body"] for entry in await told(stage, MANAGER_1, "N15")]
    assert sum("79.60分" in body for body in bodies) == 1
    assert await stage.count("talk_score", "rectification_id IS NOT NULL") == 1


async def test_a_corrected_evaluation_is_the_one_that_is_named(stage: Stage) -> None:
    await gather(stage)
    await stage.hear(found_poor())
    await stage.hear(found_poor(version=2, edition=2, third_party="57.00"))
    await stage.hear(ordered("POOR_GRADE"))
    (entry,) = await told(stage, MANAGER_1, "N15")
    assert "57.00分" in entry["body"]
