"""Who complains again and again: only how many, and small counts hidden (C08)."""

from __future__ import annotations

from typing import Any

from shared.contracts.intake import ComplaintWithdrawn
from shared.contracts.vocabulary import ComplaintStatus
from tests.samples import ESTATE, named
from tests.stage import Stage
from tests.survey.analysis.places import FAR, JUSTICE, ask, complained, two_buildings

OTHER = named("estate elsewhere")


async def found(stage: Stage, **query: Any) -> Any:
    answer = await ask(stage, "repeat-reporters", **query)
    assert answer.status_code == 200, answer.text
    return answer.json()["found"]


async def people(stage: Stage, name: str, count: int, times: int = 3, **where: Any) -> None:
    for number in range(count):
        await stage.hear(*complained(f"{name} {number}", times, **where))


async def test_three_complaints_make_a_repeat_reporter(stage: Stage) -> None:
    """C08: six persons with three complaints each, one with two; nothing says who."""
    await stage.hear(two_buildings(20, 5))
    await people(stage, "often", 6)
    await people(stage, "twice", 1, times=2)
    told = await found(stage)
    assert (told["reporters"], told["complaints"], told["at_least"]) == (6, 18, 3)
    (estate,) = told["estates"]
    assert (estate["estate_id"], estate["name"]) == (str(ESTATE), "演示·桂花园")
    assert estate["reporters"] == 6
    answer = (await ask(stage, "repeat-reporters")).text
    assert not any(str(named(f"often {number}")) in answer for number in range(6))
    assert (await ask(stage, "repeat-reporters", FAR)).json()["found"]["reporters"] == 0


async def test_few_are_hidden_with_what_would_betray_them(stage: Stage) -> None:
    """Six in one estate and two in another: neither cell is shown, the total of eight is."""
    await people(stage, "here", 6)
    await people(stage, "there", 2, estate_id=OTHER)
    told = await found(stage)
    assert told["reporters"] == 8
    assert [each["reporters"] for each in told["estates"]] == [None, None]
    alone = await found(stage, estate_id=str(OTHER))
    assert (alone["reporters"], alone["complaints"]) == (None, None)


async def test_anonymous_and_withdrawn_complaints_are_nobodys(stage: Stage) -> None:
    """X14, X15."""
    await people(stage, "often", 5)
    first = complained("often 0", 1)[0].complaint
    withdrawn = first.model_copy(update={"version": 2, "state": ComplaintStatus.WITHDRAWN})
    assert (await found(stage))["reporters"] == 5
    await stage.hear(ComplaintWithdrawn(complaint=withdrawn))
    assert (await found(stage))["reporters"] is None
    assert JUSTICE.scope.divisions == ("4212",)
