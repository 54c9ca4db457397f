"""What people are told when the deliveries to an endpoint do not arrive (Chinese)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.webhooks.domain.health import PauseReason


@dataclass(frozen=True)
class Words:
    """`phrase` has at most five characters, as the state of a notice has."""

    title: str
    phrase: str
    body: str


LAST_WORDS = "尚在重试的推送均已保留，恢复后将继续推送；重试已用尽的，可在推送记录中重推。"

FAILING = Words(
    title="数据推送连续失败",
    phrase="推送失败",
    body="向本单位接口{host}的推送已连续4次失败，系统将继续重试。"
    "请技术人员检查接口是否可用，失败原因见推送记录。",
)
PAUSED: Mapping[PauseReason, Words] = {
    PauseReason.GONE: Words(
        title="数据推送已暂停",
        phrase="推送暂停",
        body="接口{host}答复不再接收推送（410），系统已暂停向其推送。"
        f"请核实接口地址，处理后恢复推送。{LAST_WORDS}",
    ),
    PauseReason.FAILING: Words(
        title="数据推送已暂停",
        phrase="推送暂停",
        body="向接口{host}的推送已连续失败超过120小时，系统已暂停向其推送。"
        f"请联系接口单位排查，处理后恢复推送。{LAST_WORDS}",
    ),
}
