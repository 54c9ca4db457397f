"""How a dispute of 咸安 comes to its court: without an agreement, with the owner's consent."""

from __future__ import annotations

from deploy.demo.stories import Stage, Told

OWNER, ESTATE = "owner-3", "温泉花园（演示）"
DISPATCHER, STREET, COMPANY = "zhongzhi.wenquan", "jiedao.wenquan", "wuye.wenquan"
SESSION = "2026-03-03T09:00:00+08:00"


async def hand_over(stage: Stage) -> None:
    """X27: with what the court may know."""
    told = await _failed_mediation(stage)
    await stage.at("2026-03-05T09:00:00", "移送法院")
    await stage.do(OWNER, told, "judicial/consent")
    await stage.do(
        STREET,
        told,
        "judicial/package",
        claims=["判令物业修复门禁并恢复楼道保洁"],
        facts="小区三号楼门禁损坏两月，楼道保洁停止。",
        evidence=["现场照片六张"],
        undisputed_facts=["门禁损坏"],
    )


async def _failed_mediation(stage: Stage) -> Told:
    receipt = await stage.file(
        OWNER,
        ESTATE,
        title="物业服务不到位",
        text="楼道长期无人保洁，门禁损坏，物业推诿不处理。",
        category="SV01",
    )
    told = await stage.told(OWNER, receipt["id"])
    await stage.do(DISPATCHER, told, "signature")
    await stage.do(STREET, told, "mediation")
    await stage.do(OWNER, told, "mediation/consents", party="OWNER", consent="AGREED")
    await stage.do(COMPANY, told, "mediation/consents", party="COMPANY", consent="AGREED")
    await stage.do(STREET, told, "mediation/schedule", time=SESSION, place="街道综治中心")
    await stage.at("2026-03-03T09:00:00", "调解会")
    await stage.do(
        STREET,
        told,
        "mediation/sessions",
        held_at=SESSION,
        place="街道综治中心",
        attendees=[{"capacity": each} for each in ("STREET", "COMMUNITY", "COMPANY", "OWNER")],
        notes="物业只愿减免一个月费用。",
    )
    await stage.at("2026-03-04T10:00:00", "调解不成")
    await stage.do(STREET, told, "mediation/failure", reason="物业拒绝承担整改责任")
    return told
