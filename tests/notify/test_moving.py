"""Whoever must act is told, and the reporter of a case that leaves (T12, T43, T44)."""

from __future__ import annotations

from shared.identity import End, Role
from tests.notify.news import (
    CENTRE,
    owner_known,
    returned,
    staff_known,
    supervised,
    transferred,
    worker_known,
)
from tests.notify.test_messages import GRID_STAFF, inbox
from tests.samples import STRANGER, owner, staff
from tests.stage import Stage


async def test_a_supervised_unit_is_told_to_answer(stage: Stage) -> None:
    """T44, N04."""
    await stage.hear(worker_known(), owner_known())
    await stage.hear(supervised())
    (task,) = await inbox(stage, GRID_STAFF)
    assert (task["notification"], task["title"]) == ("N04", "案件被督办")
    assert await inbox(stage, owner()) == []


async def test_the_dispatcher_is_told_of_a_return(stage: Stage) -> None:
    """T12, N14: the nearest dispatcher, and nobody of another place."""
    dispatcher = staff(STRANGER, End.CENTRE, Role.DISPATCHER, CENTRE, ("421202",))
    known = staff_known(STRANGER, "dispatcher-1", CENTRE, end="CENTRE", roles=("DISPATCHER",))
    divided = known.staff.model_copy(update={"divisions": ("421202",)})
    await stage.hear(known.model_copy(update={"staff": divided}), worker_known())
    await stage.hear(returned())
    (task,) = await inbox(stage, dispatcher)
    assert (task["notification"], task["title"]) == ("N14", "退单待裁定")
    assert await inbox(stage, GRID_STAFF) == []


async def test_the_reporter_learns_where_the_case_went(stage: Stage) -> None:
    """T43, N03: to whom, and how to reach them."""
    await stage.hear(owner_known())
    await stage.hear(transferred())
    (told,) = await inbox(stage, owner())
    assert told["notification"] == "N03"
    assert "公安机关" in told["body"]
    assert "110" in told["body"]
