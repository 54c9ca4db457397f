"""W2: a fee dispute from the hotline, mediated, agreed in writing, confirmed by the court."""

from __future__ import annotations

from deploy.demo import world
from deploy.demo.stories.stage import Stage, Told

OWNER, ESTATE = "owner-1", "温泉花园（演示）"
DISPATCHER, STREET = "zhongzhi.wenquan", "jiedao.wenquan"
MEDIATOR, COMPANY = "tiaojie.xianan1", "wuye.wenquan"
COUNTY = "421202"


async def agreement(stage: Stage) -> Told:
    told = await applied_for_confirmation(stage)
    await _confirm(stage)
    await stage.at("2026-10-15T10:00:00", "义务履行完毕，提交结果")
    await stage.do(MEDIATOR, told, "agreement/performance", proofs=["收据 演示-2026-1015"])
    await stage.at("2026-10-15T15:00:00", "街道审核通过，向业主反馈")
    await stage.do(
        STREET, told, "review", decision="APPROVE", reply="物业费已按协议结清，物业已完成整改。"
    )
    await stage.at("2026-10-16T09:00:00", "业主评价：满意，案件办结")
    await stage.rate(told, level=4)
    return told


async def applied_for_confirmation(stage: Stage) -> Told:
    """The story up to the moment in which the court is asked."""
    told = await _from_hotline(stage)
    await _session(stage, told)
    await _sign(stage, told)
    await stage.at("2026-09-10T09:00:00", "双方共同申请司法确认")
    await stage.do(OWNER, told, "agreement/confirmation-applications")
    await stage.do(COMPANY, told, "agreement/confirmation-applications/consents", party="COMPANY")
    return told


async def _from_hotline(stage: Stage) -> Told:
    await stage.at("2026-08-20T10:05:00", "12345 转来工单：物业费争议（热线 10:00 受理）")
    await stage.accept_messages(OWNER)
    home = world.owner(OWNER).homes[0]
    receipt = await stage.hotline().post(
        "/intake/hotline/orders",
        {
            "order_number": "XN12345-20260820-0007",
            "accepted_at": "2026-08-20T10:00:00+08:00",
            "estate_id": str(home.estate.id),
            "building_id": str(home.building.id),
            "house_id": str(home.house.id),
            "reporter_mobile": world.owner(OWNER).mobile,
            "title": "物业费争议",
            "text": "物业服务不到位却要求足额缴纳物业费，多次沟通无果。",
            "category": "PF01",
        },
    )
    await stage.settled()
    told = await stage.told(OWNER, receipt["id"])
    await stage.at("2026-08-20T10:40:00", "综治中心派单（40 分钟，时限 1 小时）")
    await stage.do(DISPATCHER, told, "dispatch")
    await stage.at("2026-08-20T10:50:00", "街道签收")
    await stage.do(DISPATCHER, told, "signature")
    return told


async def _session(stage: Stage, told: Told) -> None:
    await stage.at("2026-08-20T15:00:00", "双方同意调解，约定次日上午")
    await stage.do(STREET, told, "mediation")
    await stage.do(OWNER, told, "mediation/consents", party="OWNER", consent="AGREED")
    await stage.do(COMPANY, told, "mediation/consents", party="COMPANY", consent="AGREED")
    await stage.do(
        STREET, told, "mediation/schedule", time="2026-08-21T09:00:00+08:00", place="街道综治中心"
    )
    await stage.at("2026-08-21T09:00:00", "调解会召开并登记（22 小时 20 分，时限 24 小时）")
    await stage.do(
        STREET,
        told,
        "mediation/sessions",
        held_at="2026-08-21T09:00:00+08:00",
        place="街道综治中心",
        attendees=[{"capacity": each} for each in ("STREET", "COMMUNITY", "COMPANY", "OWNER")],
        notes="物业愿减收一季度费用，业主愿分期补缴。",
    )
    await stage.at("2026-08-21T10:00:00", "房产物业调委会受理")
    committee = world.staff(MEDIATOR).organisation_id
    await stage.do(STREET, told, "mediation", committee_id=str(committee))


async def _sign(stage: Stage, told: Told) -> None:
    await stage.at("2026-08-21T16:00:00", "双方签字、调解员签字、调委会盖章，协议生效")
    moment = "2026-08-21T16:00:00+08:00"
    await stage.do(
        MEDIATOR,
        told,
        "mediation/agreement",
        kind="WRITTEN",
        content="业主于十月十五日前补缴物业费，物业于九月底前完成楼道照明整改。",
        obligations=[
            {"party": "OWNER", "what": "补缴物业费", "amount": "1200.00", "due_on": "2026-10-15"},
            {"party": "COMPANY", "what": "修复楼道照明", "due_on": "2026-09-30"},
        ],
        signed_at=moment,
        mediator_signed_at=moment,
        sealed_at=moment,
    )
    await stage.at("2026-08-22T09:00:00", "向业主反馈阶段情况")
    await stage.do(
        STREET,
        told,
        "interim-feedback",
        reply="双方已达成书面调解协议，可在三十日内共同申请司法确认。",
        reason="协议履行中",
    )


async def _confirm(stage: Stage) -> None:
    court = world.court(COUNTY)
    application = (await stage.deliveries("court", court))[-1]["payload"]
    await stage.at("2026-09-28T10:00:00", "法院裁定：协议有效")
    await stage.callback(
        "court",
        court,
        type="confirmation.decided",
        application_number=application["application_number"],
        case_number_court="（2026）鄂1202民特7号",
        result="CONFIRMED",
    )
