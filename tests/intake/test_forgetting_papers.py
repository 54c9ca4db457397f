"""Papers beside the complaints go after their time; a reply that is still owed stays (X44)."""

from __future__ import annotations

from datetime import timedelta

from deploy.simulators.faults import Fault
from services.intake.channels.forgetting import forget_once
from shared.rulebook import Rulebook
from tests.intake.orders import hotline_behind, named_order, send_replies
from tests.intake.people import hotline
from tests.intake.test_hotline_replies import feedback, handled, imported
from tests.stage import Stage

DOWN = Fault(call="replies", status=503, body="{}", times=1000)


def rules(stage: Stage) -> Rulebook:
    return stage.host.runtime.rulebooks.in_force_at(stage.clock.now())


async def test_taken_replies_and_other_words_go_after_half_a_year(stage: Stage) -> None:
    await hotline_behind(stage)
    complaint_id = await imported(stage)
    async with stage.client(hotline()) as adapter:
        await adapter.post("/hotline/orders", json=named_order(text="楼道灯坏了一个月，仍无人修理"))
    await stage.hear(feedback(stage, handled(complaint_id)))
    await send_replies(stage)
    kept = rules(stage).doors.papers_kept
    stage.clock.advance(kept)
    await forget_once(stage.host.runtime)
    assert await stage.count("hotline_reply") == await stage.count("hotline_correction") == 1
    stage.clock.advance(timedelta(days=2))
    await forget_once(stage.host.runtime)
    assert await stage.count("hotline_reply") == await stage.count("hotline_correction") == 0
    assert await stage.count("complaint") == 1


async def test_a_reply_the_hotline_has_not_taken_is_kept(stage: Stage) -> None:
    simulator = await hotline_behind(stage)
    simulator.script.add(DOWN)
    await stage.hear(feedback(stage, handled(await imported(stage))))
    await send_replies(stage)
    stage.clock.advance(rules(stage).doors.papers_kept + timedelta(days=2))
    await forget_once(stage.host.runtime)
    assert await stage.count("hotline_reply", "state = 'WAITING'") == 1
