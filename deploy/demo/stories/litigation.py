"""W4: mediation fails, the parties are told their routes, the case goes to court."""

from __future__ import annotations

from deploy.demo import world
from deploy.demo.stories.stage import Stage, Told

OWNER, ESTATE = "owner-20", "赤马港家园（演示）"
DISPATCHER, STREET, COMPANY = "zhongzhi.chimagang", "jiedao.chimagang", "wuye.jiayuan"
COUNTY = "421281"
COURT_NUMBER = "（2026）鄂1281民初88号"


async def litigation(stage: Stage) -> Told:
    told = await _failed_mediation(stage)
    await _to_court(stage, told)
    await stage.at("2026-07-21T10:00:00", "街道审核：转诉讼—判决，向业主反馈")
    await stage.do(
        STREET, told, "review", decision="APPROVE", reply="法院已作出判决，请按生效判决执行。"
    )
    await stage.at("2026-07-21T12:00:00", "业主评价：满意，案件办结")
    await stage.rate(told, level=4)
    return told


async def _failed_mediation(stage: Stage) -> Told:
    await stage.at("2026-06-02T10:00:00", "业主反映物业服务质量问题")
    await stage.accept_messages(OWNER)
    receipt = await stage.file(
        OWNER,
        ESTATE,
        title="物业服务不到位",
        text="楼道长期无人保洁，门禁损坏，物业推诿不处理。",
        category="SV01",
    )
    told = await stage.told(OWNER, receipt["id"])
    await stage.at("2026-06-02T10:30:00", "街道签收")
    await stage.do(DISPATCHER, told, "signature")
    await stage.at("2026-06-02T14:00:00", "双方同意调解")
    await stage.do(STREET, told, "mediation")
    await stage.do(OWNER, told, "mediation/consents", party="OWNER", consent="AGREED")
    await stage.do(COMPANY, told, "mediation/consents", party="COMPANY", consent="AGREED")
    await stage.do(
        STREET, told, "mediation/schedule", time="2026-06-03T09:00:00+08:00", place="街道综治中心"
    )
    await stage.at("2026-06-03T09:00:00", "第二天：调解会召开并登记，物业拒绝整改方案")
    await stage.do(
        STREET,
        told,
        "mediation/sessions",
        held_at="2026-06-03T09:00:00+08:00",
        place="街道综治中心",
        attendees=[{"capacity": each} for each in ("STREET", "COMMUNITY", "COMPANY", "OWNER")],
        notes="物业只愿减免一个月费用。",
    )
    await stage.at("2026-06-04T10:00:00", "第三天：调解不成，告知其他途径，并反馈阶段情况")
    await stage.do(STREET, told, "mediation/failure", reason="物业拒绝承担整改责任")
    await stage.do(
        STREET,
        told,
        "interim-feedback",
        reply="调解未能达成一致，您可以依法向人民法院起诉。",
        reason="调解不成，引导诉讼",
    )
    return told


async def _to_court(stage: Stage, told: Told) -> None:
    await stage.at("2026-06-05T09:00:00", "业主同意移送，街道向法院移送材料")
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
    court = world.court(COUNTY)
    package = (await stage.deliveries("court", court))[-1]["payload"]
    await stage.at("2026-06-10T09:00:00", "法院立案（七日内）")
    await stage.callback(
        "court",
        court,
        type="judicial.filed",
        package_number=package["package_number"],
        case_number_court=COURT_NUMBER,
    )
    await stage.at("2026-07-20T16:00:00", "法院判决")
    await stage.callback(
        "court",
        court,
        type="judicial.concluded",
        package_number=package["package_number"],
        case_number_court=COURT_NUMBER,
        result="JUDGMENT",
    )
