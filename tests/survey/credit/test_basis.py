"""Nothing is accepted that no longer follows from anything (E19, E24-E28)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.survey.credit.domain.sources import EntrySource
from tests.samples import named
from tests.stage import Stage
from tests.survey.credit.ledger import BUREAU, COLLEAGUE, SECOND, Ledger

ACCEPT, DECLINE = ({"decision": each, "reason": "经研究"} for each in ("ACCEPT", "DECLINE"))


async def accept(ledger: Ledger, row: dict[str, Any], **more: Any) -> httpx.Response:
    return await ledger.send(f"/consequences/{row['id']}/decision", ACCEPT | more, BUREAU)


async def refused_and_gone(ledger: Ledger, row: dict[str, Any], **more: Any) -> None:
    """With a code of its own, once; from then on it has ended, and nobody decided it."""
    gone = await accept(ledger, row, **more)
    assert (gone.status_code, gone.json()["code"]) == (409, "CONSEQUENCE_BASIS_GONE"), gone.text
    shown = (await ledger.get(f"/consequences/{row['id']}")).json()
    assert (shown["state"], shown["decided_at"]) == ("WITHDRAWN", None)
    again = await accept(ledger, row, **more)
    assert (again.status_code, again.json()["code"]) == (409, "CONSEQUENCE_BASIS_GONE")


async def leaving(ledger: Ledger) -> dict[str, Any]:
    (task,) = await ledger.list("/consequences?state=PROPOSED")
    assert task["kind"] == "MARKET_EXIT"
    return task


async def confirmed_by_two(ledger: Ledger, grade: dict[str, Any]) -> None:
    for actor in (BUREAU, COLLEAGUE):
        assert (await ledger.confirms(grade["id"], actor)).status_code == 200


@pytest.fixture
async def ledger(stage: Stage) -> Ledger:
    """A D of 10.00 in one estate and 92.00 in another, confirmed by two."""
    ledger = await Ledger(stage).founded(10, 10)
    await ledger.enters("10.00", source_id=named("low"))
    await confirmed_by_two(ledger, await ledger.graded("92.00", estate_id=SECOND))
    stage.clock.advance(timedelta(days=1))
    return ledger


async def low_entry(ledger: Ledger) -> Any:
    entries = await ledger.list("/credit-entries")
    return next(each["id"] for each in entries if each["score"] == "10.00")


async def test_a_grade_that_stands_is_acted_upon(ledger: Ledger) -> None:
    """E19, E28: after an appeal that was in vain two persons decide again, and the task is new."""
    first = await leaving(ledger)
    appeal = (await ledger.appeals(await low_entry(ledger))).json()["id"]
    assert await ledger.list("/consequences?state=PROPOSED") == []
    ended = await accept(ledger, first)
    assert (ended.status_code, ended.json()["code"]) == (409, "CONSEQUENCE_BASIS_GONE")
    await ledger.rules(appeal, "UPHELD")
    await confirmed_by_two(ledger, (await ledger.list("/credit-grades"))[0])
    accepted = await accept(ledger, await leaving(ledger))
    assert (accepted.status_code, accepted.json()["state"]) == (200, "ACCEPTED")


async def test_a_task_ends_with_the_score_it_rests_on(ledger: Ledger) -> None:
    """E19, E28: accepted already, and nobody's refusal of the A brings the D back."""
    assert (await accept(ledger, await leaving(ledger))).status_code == 200
    await ledger.rules((await ledger.appeals(await low_entry(ledger))).json()["id"])
    (task,) = await ledger.list("/consequences")
    assert task["state"] == "WITHDRAWN"
    (waiting,) = await ledger.list("/credit-grades?state=PROPOSED")
    await ledger.send(f"/credit-grades/{waiting['id']}/decision", DECLINE, BUREAU)
    assert await ledger.in_force() is None


async def test_a_grade_that_was_computed_anew(ledger: Ledger) -> None:
    """E19: nothing is accepted until that is decided; then the task has the score of the day."""
    newer = await ledger.graded("20.00", source_id=named("second edition"))
    waits = await accept(ledger, await leaving(ledger))
    assert (waits.status_code, waits.json()["code"]) == (409, "GRADE_UNSETTLED")
    await confirmed_by_two(ledger, newer)
    task = await leaving(ledger)
    assert task["score"] == "56.00"
    assert (await accept(ledger, task)).status_code == 200


async def test_a_grade_that_stays_keeps_its_task(ledger: Ledger) -> None:
    """E19: what was computed anew is declined, so the D is what it was."""
    newer = await ledger.graded("20.00", source_id=named("second edition"))
    await ledger.send(f"/credit-grades/{newer['id']}/decision", DECLINE, BUREAU)
    assert (await accept(ledger, await leaving(ledger))).status_code == 200


async def test_a_newer_half_year_is_in_force(ledger: Ledger) -> None:
    """E16, E19: whoever was a D is an A by now."""
    await ledger.confirms((await ledger.graded("95.00", period="2026-H2"))["id"])
    assert await ledger.in_force() == "A"
    await refused_and_gone(ledger, await leaving(ledger))


async def test_a_grade_that_has_expired(ledger: Ledger) -> None:
    ledger.stage.clock.advance(timedelta(days=3 * 366))
    await refused_and_gone(ledger, await leaving(ledger))


async def test_declining_needs_no_basis(ledger: Ledger) -> None:
    await ledger.confirms((await ledger.graded("95.00", period="2026-H2"))["id"])
    path = f"/consequences/{(await leaving(ledger))['id']}/decision"
    declined = await ledger.send(path, DECLINE, BUREAU)
    assert (declined.status_code, declined.json()["state"]) == (200, "DECLINED")


async def test_an_appeal_at_the_same_moment(ledger: Ledger) -> None:
    """E19, E28: one comes before the other, and neither fails for it."""
    task, entry = await leaving(ledger), await low_entry(ledger)
    accepted, appealed = await asyncio.gather(accept(ledger, task), ledger.appeals(entry))
    assert appealed.status_code == 201
    assert accepted.status_code in {200, 409}, accepted.text
    if accepted.status_code == 409:
        assert accepted.json()["code"] == "CONSEQUENCE_BASIS_GONE"
    (ended,) = await ledger.list("/consequences")
    assert ended["state"] == "WITHDRAWN"
    assert await ledger.in_force() is None


async def test_a_band_that_the_newest_score_has_not(stage: Stage) -> None:
    """E24, E25: 95.00 was corrected to 89.99 in the file."""
    ledger = await Ledger(stage).founded()
    await ledger.evaluated("95.00")
    stage.clock.advance(timedelta(days=1))
    await ledger.enters("89.99", source=EntrySource.EVALUATION)
    for row in await ledger.list("/consequences?state=PROPOSED"):
        base = {"base_fen": 1_000_000} if row["kind"] == "SUBSIDY_UPLIFT" else {}
        await refused_and_gone(ledger, row, **base)


async def test_years_that_are_poor_no_longer(stage: Stage) -> None:
    """E27: the first year was corrected to 75.00."""
    ledger = await Ledger(stage).founded()
    for period in ("2026-H1", "2026-H2", "2027-H1", "2027-H2"):
        await ledger.evaluated("55.00", period)
    stage.clock.advance(timedelta(days=1))
    (task,) = await ledger.list("/consequences?state=PROPOSED")
    await ledger.enters("95.00", source=EntrySource.EVALUATION, period="2026-H1")
    await refused_and_gone(ledger, task)
