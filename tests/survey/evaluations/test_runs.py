"""A half-year of a county: what counts, who approves, what is public, corrections (E15, E16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.survey.evaluations.queries import published_of
from shared.contracts.survey import EvaluationPublished
from tests.samples import COMPANY, ESTATE, named
from tests.stage import Stage
from tests.survey.evaluations.town import (
    AFTER_H1,
    BUREAU,
    CENTRE,
    COUNTY,
    EVALUATOR,
    OBSERVER,
    County,
    a_row,
)
from tests.survey.surveys.pollster import LEADER, MANAGER, STREET, resident

ALL_88 = dict.fromkeys(
    ("service_system", "charging", "owner_satisfaction", "maintenance", "emergency"), "88"
)


async def evaluated(stage: Stage) -> County:
    """Owners 80.00, community 76.00, third party 88.00: 81.20 together."""
    county = await County(stage).founded()
    await county.imported(a_row(**ALL_88))
    await county.assessed("76")
    await county.surveyed((4, 4, 4, 4, 4))
    stage.clock.move_to(AFTER_H1)
    return county


async def test_a_half_year_becomes_public(stage: Stage) -> None:
    """E15, E16, U20: 0.4 x 80 + 0.3 x 76 + 0.3 x 88 = 81.20; approved by another person."""
    county = await evaluated(stage)
    run = await county.drafted()
    assert (run["state"], run["edition"], run["served"]) == ("DRAFT", 1, 1)
    assert (run["evaluated"], run["composed"]) == (1, 1)
    (found,) = await county.results(run)
    assert [found[part] for part in ("owners", "community", "third_party")] == [
        "80.00", "76.00", "88.00",
    ]  # fmt: skip
    assert (found["composite"], found["missing"]) == ("81.20", {})
    assert (found["band"]["chinese"], found["grade"]["chinese"]) == ("良好", "B级")
    assert found["sources"]["owners"]["period"] == "2026-H1"
    assert found["sources"]["third_party"]["version"] == 1
    own = await county.run(run["id"], "approval", BUREAU)
    assert (own.status_code, own.json()["code"]) == (403, "SAME_PERSON")
    early = await county.run(run["id"], "publication")
    assert (early.status_code, early.json()["code"]) == (409, "EVALUATION_RUN_STATE_FORBIDS")
    assert (await county.run(run["id"], "approval")).json()["state"] == "APPROVED"
    assert await stage.said(EvaluationPublished) == []
    assert (await county.run(run["id"], "publication", BUREAU)).json()["state"] == "PUBLISHED"
    (told,) = await stage.said(EvaluationPublished)
    assert (told.evaluation.composite, told.evaluation.band) == (Decimal("81.20"), "GOOD")
    assert (told.evaluation.estate_id, told.evaluation.company_id) == (ESTATE, COMPANY)
    assert (told.evaluation.edition, told.evaluation.version) == (1, 1)


async def test_both_scores_enter_the_credit_file(stage: Stage) -> None:
    """U20, E28: the composite and the third party's score, each once."""
    county = await evaluated(stage)
    await county.published()
    for source, score in (("COMPOSITE", "81.20"), ("EVALUATION", "88.00")):
        where = f"source = '{source}' AND score = {score} AND period = '2026-H1'"
        assert await stage.count("credit_entry", where) == 1
        assert await stage.count("credit_entry", f"source = '{source}'") == 1


async def test_not_before_the_half_year_is_over(stage: Stage) -> None:
    """E16: a result of the last minute still counts."""
    county = await County(stage).founded()
    await county.imported(a_row())
    stage.clock.move_to(AFTER_H1 - timedelta(seconds=1))
    early = await county.draft()
    assert (early.status_code, early.json()["code"]) == (409, "HALF_YEAR_RUNNING")
    stage.clock.move_to(AFTER_H1)
    assert (await county.draft()).status_code == 201


@pytest.mark.parametrize(
    ("published", "owners", "absent"),
    [
        ("2026-06-30T09:00:00+08:00", "80.00", None),
        ("2026-07-01T09:00:00+08:00", None, "SURVEY_DATED_OUTSIDE"),
    ],
)
async def test_the_day_of_publication_decides(
    stage: Stage, published: str, owners: str | None, absent: str | None
) -> None:
    """E16, E15: a survey of H1 published in July is no result of H1; then there is no composite."""
    county = await County(stage).founded()
    await county.imported(a_row(**ALL_88))
    await county.assessed("76")
    stage.clock.move_to(datetime.fromisoformat(published) - timedelta(days=1))
    await county.surveyed((4, 4, 4, 4, 4))
    stage.clock.move_to(AFTER_H1 + timedelta(days=2))
    (found,) = await county.results(await county.drafted())
    assert found["owners"] == owners
    assert found["missing"].get("owners", {}).get("code") == absent
    assert found["composite"] == ("81.20" if owners else None)
    assert (found["band"]["code"], found["grade"] is None) == ("GOOD", owners is None)


async def test_run_again_it_is_the_same(stage: Stage) -> None:
    """E16: from the same data the same results, and one edition under way at a time."""
    county = await evaluated(stage)
    first = await county.drafted()
    second = await county.draft()
    assert (second.status_code, second.json()["code"]) == (409, "EVALUATION_RUN_UNDER_WAY")
    before = await county.results(first)
    assert (await county.run(first["id"], "discarding")).json()["state"] == "DISCARDED"
    after = await county.results(await county.drafted())
    assert [each | {"run_id": ""} for each in after] == [each | {"run_id": ""} for each in before]


async def test_frozen_with_what_it_was_computed_from(stage: Stage) -> None:
    """E16: a correction that comes after drafting is not in it, and nobody alters a result."""
    county = await evaluated(stage)
    run = await county.drafted()
    await county.imported(a_row(**ALL_88 | {"emergency": "0"}))
    await county.run(run["id"], "approval")
    await county.run(run["id"], "publication")
    (found,) = await county.items("/evaluations", OBSERVER)
    assert (found["third_party"], found["composite"]) == ("88.00", "81.20")
    for change in ("UPDATE evaluation_result SET composite = 100", "DELETE FROM evaluation_result"):
        with pytest.raises(DBAPIError, match="frozen"):
            async with stage.host.runtime.database.transaction() as session:
                await session.execute(text(change))


async def test_a_correction_is_the_next_edition(stage: Stage) -> None:
    """E16, E23: with its reason and every difference; the report lists each estate once."""
    county = await evaluated(stage)
    first = await county.published()
    for reason, code in ((None, "CORRECTION_NEEDS_REASON"), ("复核", "NOTHING_TO_CORRECT")):
        refused = await county.draft(reason=reason)
        assert refused.json()["code"] == code
    await county.imported(a_row(**ALL_88 | {"emergency": "78"}))
    second = await county.published(reason="应急能力得分复核有误")
    assert (second["edition"], second["corrects"]) == (2, first["id"])
    told = {each["figure"]: (each["before"], each["after"]) for each in second["differences"]}
    assert told == {"third_party": ("88.00", "87.00"), "composite": ("81.20", "80.90")}
    (found,) = await county.items("/evaluations", BUREAU)
    assert (found["composite"], found["run_id"]) == ("80.90", second["id"])
    detail = (await county.get(f"/evaluations/{found['evaluation_id']}", MANAGER)).json()
    assert [each["edition"] for each in detail["editions"]] == [1, 2]
    assert detail["editions"][1]["reason"] == "应急能力得分复核有误"
    async with stage.host.runtime.database.transaction() as session:
        listed = await published_of(session, "2026-H1", "4212")
        assert [(each.estate_id, str(each.composite)) for each in listed] == [(ESTATE, "80.90")]
        assert await published_of(session, "2026-H1", "421202") == []
        assert await published_of(session, "2026-H2", "4212") == []
    assert [each.evaluation.edition for each in await stage.said(EvaluationPublished)] == [1, 2]
    assert len({each.evaluation.id for each in await stage.said(EvaluationPublished)}) == 1
    assert await stage.count("credit_entry", "source = 'COMPOSITE'") == 2
    (old,) = await county.results(first)
    assert old["composite"] == "81.20"


async def test_one_run_for_a_place(stage: Stage) -> None:
    """E23: city and county do not both publish an estate."""
    county = await evaluated(stage)
    await county.drafted()
    city = replace(BUREAU, id=named("city"), scope=replace(BUREAU.scope, divisions=("4212",)))
    refused = await county.draft(city, division="4212")
    assert (refused.status_code, refused.json()["code"]) == (409, "EVALUATION_RUN_OVERLAPS")
    street = await county.draft(division="42128")
    assert street.json()["code"] == "RUN_DIVISION_NOT_POSSIBLE"
    outside = await county.draft(division="421202")
    assert (outside.status_code, outside.json()["code"]) == (403, "NOT_YOUR_DIVISION")
    empty = await county.draft(period="2025-H2")
    assert (empty.status_code, empty.json()["code"]) == (409, "NOTHING_TO_EVALUATE")
    before = await county.draft(period="2024-H2")
    assert (before.status_code, before.json()["code"]) == (409, "COMPOSITE_NOT_IN_FORCE")


async def test_nobody_else_runs_or_sees_drafts(stage: Stage) -> None:
    """E16: housing bureau and centre; a draft is nobody else's to see."""
    county = await evaluated(stage)
    run = await county.drafted()
    for actor in (LEADER, STREET, MANAGER, EVALUATOR, OBSERVER, resident("anybody", 1)):
        refused = await county.draft(actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "EVALUATION_RUNNERS_ONLY")
        assert await county.items("/evaluation-runs", actor) == []
        assert await county.items("/evaluations", actor) == []
        for path in ("", "/results"):
            seen = await county.get(f"/evaluation-runs/{run['id']}{path}", actor)
            assert seen.status_code == 404
        for what in ("approval", "publication", "discarding"):
            assert (await county.run(run["id"], what, actor)).status_code == 403


async def test_who_reads_what_is_public(stage: Stage) -> None:
    """Staff by place, the company at its estates and without sources; A13: no stake is staff."""
    county = await evaluated(stage)
    run = await county.published()
    elsewhere = replace(MANAGER, scope=replace(MANAGER.scope, estates=frozenset({named("x")})))
    other = replace(CENTRE, scope=replace(CENTRE.scope, divisions=("421202",)))
    partial = replace(OBSERVER, interests=frozenset({COMPANY}))
    for actor, seen in (
        (LEADER, 1), (STREET, 1), (CENTRE, 1), (BUREAU, 1), (OBSERVER, 1), (MANAGER, 1),
        (elsewhere, 0), (other, 0), (partial, 0), (EVALUATOR, 0), (resident("anybody", 1), 0),
    ):  # fmt: skip
        assert len(await county.items("/evaluations?period=2026-H1", actor)) == seen
    (found,) = await county.items("/evaluations", MANAGER)
    assert (found["band"]["code"], found["grade"]) == ("GOOD", None), "a grade is decided first"
    path = f"/evaluations/{found['evaluation_id']}"
    assert (await county.get(path, MANAGER)).json()["grade"] is None
    assert (await county.get(path, STREET)).json()["grade"]["code"] == "B"
    assert (await county.get(path, MANAGER)).json()["sources"] is None
    assert (await county.get(path, STREET)).json()["sources"]["community"]["version"] == 2
    assert (await county.get(path, elsewhere)).status_code == 404
    assert (await county.get(f"/evaluation-runs/{run['id']}", OBSERVER)).status_code == 200
    assert await county.items(f"/evaluation-runs/{run['id']}/results", partial) == []
    assert await county.items("/evaluations?period=2026-H2", STREET) == []


async def test_whoever_has_a_stake_reads_no_difference_of_a_draft(stage: Stage) -> None:
    """A13: before and after are figures of the own company as well."""
    county = await evaluated(stage)
    await county.published()
    await county.imported(a_row(**ALL_88 | {"emergency": "78"}))
    draft = await county.drafted(reason="应急能力得分复核有误")
    partial = replace(BUREAU, interests=frozenset({COMPANY}))
    for actor, told in ((BUREAU, 2), (partial, 0)):
        seen = (await county.get(f"/evaluation-runs/{draft['id']}", actor)).json()
        assert len(seen["differences"]) == told


async def test_whoever_has_a_stake_leaves_the_run_to_others(stage: Stage) -> None:
    """A13: drafting, approving and publishing; nor does a discarded run spare the own company."""
    county = await evaluated(stage)
    partial = replace(CENTRE, interests=frozenset({COMPANY}))
    refused = await county.draft(partial)
    assert (refused.status_code, refused.json()["code"]) == (403, "STAKE_IN_RUN")
    run = await county.drafted()
    for what in ("approval", "publication"):
        for refused_to_do in (what, "discarding"):
            refused = await county.run(run["id"], refused_to_do, partial)
            assert (refused.status_code, refused.json()["code"]) == (403, "STAKE_IN_RUN")
        assert (await county.run(run["id"], what)).status_code == 200


async def test_a_poor_third_party_score_is_poor(stage: Stage) -> None:
    """U19, U20: 59.99 is POOR and 60.00 is not, whatever the composite is."""
    county = await County(stage).founded()
    low = dict.fromkeys(ALL_88, "59.99")
    await county.imported(a_row(**low))
    stage.clock.move_to(AFTER_H1)
    await county.published()
    (found,) = await county.items("/evaluations", BUREAU)
    assert (found["band"]["code"], found["composite"], found["grade"]) == ("POOR", None, None)
    assert found["missing"]["community"]["chinese"] == "社区未填报本期评价"
    assert await stage.count("credit_entry", "source = 'EVALUATION'") == 1
    assert await stage.count("credit_entry", "source = 'COMPOSITE'") == 0
    assert (await county.items("/evaluation-runs", OBSERVER))[0]["division"] == COUNTY
