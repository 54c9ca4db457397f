"""W3: an illegal building, handled jointly by four departments over the May holiday."""

from __future__ import annotations

from deploy.demo import world
from deploy.demo.stories.stage import Stage, Told

OWNER, ESTATE = "owner-6", "温泉花园（演示）"
STREET_CENTRE, COUNTY_CENTRE = "zhongzhi.wenquan", "zhongzhi.xianan"
COUNTY = "421202"
LEAD = "URBAN_MANAGEMENT"
MEMBERS = ("HOUSING", "NATURAL_RESOURCES", "FIRE_RESCUE")
BY_CALLBACK, BY_DESK = ("HOUSING", "NATURAL_RESOURCES"), "xiaofang.xianan"
LEAD_DESK = "chengguan.xianan"


async def joint(stage: Stage) -> Told:
    told = await _to_the_street(stage)
    await _open(stage, told)
    await _results(stage, told)
    await stage.at("2026-05-21T10:00:00", "县级综治中心审核通过，向业主反馈")
    await stage.do(
        COUNTY_CENTRE, told, "review", decision="APPROVE", reply="违法搭建已拆除，通道已恢复。"
    )
    await stage.at("2026-05-21T18:00:00", "业主评价：非常满意，案件办结")
    await stage.rate(told)
    return told


async def _to_the_street(stage: Stage) -> Told:
    await stage.at("2026-04-30T15:00:00", "业主反映违法搭建，系统研判为大事，待综治中心确认")
    await stage.accept_messages(OWNER)
    receipt = await stage.file(
        OWNER,
        ESTATE,
        title="楼顶违建",
        text="有人在楼顶违法搭建房屋，占用公共部位。",
        category="IL01",
    )
    told = await stage.told(OWNER, receipt["id"])
    await stage.at("2026-04-30T15:20:00", "派单至街道综治中心")
    await stage.do(STREET_CENTRE, told, "dispatch")
    await stage.at("2026-04-30T15:30:00", "街道综治中心签收")
    await stage.do(STREET_CENTRE, told, "signature")
    return told


async def _open(stage: Stage, told: Told) -> None:
    await stage.at("2026-04-30T15:40:00", "启动联合处置：城管牵头，住新、资规、消防协同")
    await stage.do(
        STREET_CENTRE,
        told,
        "joint",
        lead=str(world.department(LEAD, COUNTY)),
        members=[str(world.department(each, COUNTY)) for each in MEMBERS],
    )
    await stage.at("2026-05-01T10:00:00", "四部门会商（24 小时内，节日不停）")
    await stage.do(LEAD_DESK, told, "joint/convening")
    await stage.at("2026-05-07T10:00:00", "提交联合处置方案，并向业主反馈进展")
    await stage.do(LEAD_DESK, told, "joint/plan", plan="五月十八日前自行拆除，逾期依法强制拆除。")
    await stage.do(
        STREET_CENTRE,
        told,
        "interim-feedback",
        reply="城管部门已牵头制定拆除方案。",
        reason="联合处置进行中",
    )


async def _results(stage: Stage, told: Told) -> None:
    await stage.at("2026-05-19T10:00:00", "住新、资规通过接口回传结果，消防在台账填报")
    for specialty in BY_CALLBACK:
        await stage.callback(
            "department",
            world.department(specialty, COUNTY),
            type="case.result",
            case_number=told.case_number,
            result_code="SOLVED",
            text="已核查，违建部分认定清楚。",
            proof=["认定书 演示-1"],
        )
    await stage.do(
        BY_DESK, told, "joint/results", result_code="SOLVED", text="消防通道已恢复畅通。"
    )
    await stage.at("2026-05-20T16:00:00", "城管提交结果并汇总")
    await stage.do(
        LEAD_DESK, told, "joint/results", result_code="SOLVED", text="当事人已自行拆除。"
    )
    await stage.do(
        LEAD_DESK, told, "joint/completion", result_code="SOLVED", text="违建已拆除，现场已清理。"
    )
