"""W1: a small matter, solved the same day by the grid worker.

Acceptance, grading and dispatch happen in one instant here, where the example has three seconds.
"""

from __future__ import annotations

from deploy.demo.stories.stage import Stage, Told

OWNER, ESTATE = "owner-3", "温泉花园（演示）"
WORKER, LEADER = "wangge.wenquan1", "wanggezhang.wenquan"


async def noise(stage: Stage) -> Told:
    told = await noise_answered(stage)
    await stage.at("2026-03-02T20:30:00", "业主评价：非常满意，案件办结")
    await stage.rate(told)
    return told


async def noise_answered(stage: Stage) -> Told:
    """As far as the feedback: the owner has not rated yet."""
    await stage.at("2026-03-02T09:00:06", "业主在小程序提交诉求：轻微噪音")
    await stage.accept_messages(OWNER)
    receipt = await stage.file(
        OWNER, ESTATE, title="楼上拖椅子", text="楼上晚上拖动椅子，声音比较大。", category="NS01"
    )
    told = await stage.told(OWNER, receipt["id"])
    await stage.at("2026-03-02T09:20:00", "网格员签收")
    await stage.do(WORKER, told, "signature")
    await _mediate(stage, told)
    await stage.at("2026-03-02T20:10:00", "网格长审核通过，向业主反馈")
    await stage.do(
        LEADER,
        told,
        "review",
        decision="APPROVE",
        reply="楼上住户已加装脚垫，晚十点后不再拖动家具。",
    )
    return told


async def _mediate(stage: Stage, told: Told) -> None:
    await stage.at("2026-03-02T18:30:00", "网格员征得双方同意，约定上门调解")
    await stage.do(WORKER, told, "mediation")
    await stage.do(OWNER, told, "mediation/consents", party="OWNER", consent="AGREED")
    await stage.do(WORKER, told, "mediation/consents", party="OTHER", consent="AGREED")
    await stage.do(
        WORKER, told, "mediation/schedule", time="2026-03-02T19:30:00+08:00", place="社区居委会"
    )
    await stage.at("2026-03-02T19:30:00", "社区、物业到场，调解会召开并登记")
    await stage.do(
        WORKER,
        told,
        "mediation/sessions",
        held_at="2026-03-02T19:30:00+08:00",
        place="社区居委会",
        attendees=[{"capacity": each} for each in ("COMMUNITY", "COMPANY", "OWNER", "OTHER")],
        notes="双方均愿和睦相处。",
    )
    await stage.at("2026-03-02T19:50:00", "达成口头协议，提交结果")
    await stage.do(
        WORKER,
        told,
        "mediation/agreement",
        kind="ORAL",
        content="楼上住户加装脚垫，晚十点后不拖动家具。",
        result_code="SOLVED",
    )
