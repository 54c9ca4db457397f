"""Saying in Chinese why somebody was told, or was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.notify.messages.domain.course import INBOX, PHONE_TASK, SMS, WECHAT, Outcome
from services.notify.messages.domain.leaving_out import Why
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.messages.domain.planning import Held
from services.notify.messages.domain.words import at

CHANNELS: Mapping[str, str] = {
    INBOX: "站内消息",
    WECHAT: "微信订阅消息",
    SMS: "短信",
    PHONE_TASK: "电话任务",
}
REASONS: Mapping[str, str] = {
    "NO_CONSENT": "没有剩余的微信订阅授权",
    "43101": "微信拒收，用户未订阅、已取消订阅或授权次数已用完",
    "43107": "微信已封禁该模板或该功能",
    "45009": "微信当日调用额度已用完",
    "NO_ADDRESS": "没有可用的联系方式",
    "NOT_CONFIGURED": "该渠道尚未开通",
    "RECIPIENT_UNKNOWN": "接收人资料尚未同步或账号已停用",
    "NO_ANSWER": "渠道没有答复，是否送达不明，不再重复发送",
    "SENDER_DIED": "发送程序中断",
    "UNREACHABLE": "渠道连接不上",
    "FIELDS_DO_NOT_FIT": "内容不符合微信模板要求",
    "NOT_TO_BE_ASKED": "暂时无法向短信服务商查询结果",
    "NO_REPORT": "短信服务商尚无回执",
    "BUDGET_SPENT": "当日短信预算已用完",
    "REFUSED_BY_PREFERENCE": "接收人选择不接收",
}
HELD: Mapping[str, str] = {
    Held.QUIET_HOURS: "处于全市免打扰时段",
    Held.OWN_QUIET_HOURS: "处于接收人自设的免打扰时段",
    Held.DIGEST_TIMES: "接收人选择定时汇总",
    Held.DIGEST: "短时间内待办较多，将合并提醒",
}
LEFT_OUT: Mapping[str, str] = {
    Why.ANONYMOUS: "匿名诉求，不通知诉求人",
    Why.NO_ACCOUNT: "诉求人没有小程序账号，由登记渠道自行告知",
    Why.ERASED: "诉求人账号已注销",
    Why.NO_COMPANY: "该小区没有物业服务企业",
    Why.AMONG_NEIGHBOURS: "邻里之间的纠纷，不通知物业服务企业",
    Why.NOBODY_THERE: "没有对应的接收人",
}
RECEIPTS: Mapping[str, str] = {"DELIVERED": "回执：已送达", "FAILED": "回执：未送达"}


@dataclass(frozen=True)
class Tried:
    channel: str
    outcome: Outcome
    reason: str | None
    receipt: str | None


@dataclass(frozen=True)
class Story:
    """What is known of a message. `left_out` are channel and reason; `digest` is the state of the
    message that tells of it together with others.
    """

    state: MessageStatus
    attempts: Sequence[Tried]
    left_out: Sequence[tuple[str, str]]
    held: str | None
    held_until: datetime | None
    digest: MessageStatus | None = None


def explain(story: Story) -> str:
    parts = [_state(story), *_failures(story)]
    parts += [f"{named(channel)}未使用：{because(why)}" for channel, why in story.left_out]
    return "；".join(parts) + "。"


def because(reason: str | None) -> str:
    if reason is None:
        return "原因未记录"
    return REASONS.get(reason, f"渠道返回代码{reason}")


def named(channel: str) -> str:
    return CHANNELS.get(channel, channel)


def _state(story: Story) -> str:
    match story.state:
        case MessageStatus.WAITING:
            return _waiting(story)
        case MessageStatus.GATHERED:
            is_out = story.digest is MessageStatus.DELIVERED
            became = "摘要已发出" if is_out else "摘要待发送或未能送达"
            return f"已与其他待办合并为一条摘要，{became}，可在站内消息逐条查看"
        case MessageStatus.EXHAUSTED:
            return "各渠道均未送达，仅可在站内消息查看"
    sent = [each for each in story.attempts if each.outcome is Outcome.SENT]
    if any(each.channel == PHONE_TASK for each in sent):
        return "微信和短信均未送达，已转电话任务，由网格员或综治中心电话告知"
    return f"已通过{'、'.join(map(_sent, sent))}告知" if sent else "已告知"


def _waiting(story: Story) -> str:
    if story.held is None or story.held_until is None:
        return "等待发送"
    return f"等待发送：{HELD[story.held]}，{at(story.held_until)}后发送"


def _sent(attempt: Tried) -> str:
    receipt = RECEIPTS.get(attempt.receipt or "")
    return f"{named(attempt.channel)}（{receipt}）" if receipt else named(attempt.channel)


def _failures(story: Story) -> Iterator[str]:
    """Each channel and reason once, however often it was tried."""
    failed = [
        (each.channel, each.reason)
        for each in story.attempts
        if each.outcome not in {Outcome.SENT, Outcome.STARTED}
    ]
    for channel, reason in dict.fromkeys(failed):
        yield f"{named(channel)}未确认送达：{because(reason)}"
