"""What people read for the codes of a worklist, in texts and in exports."""

from __future__ import annotations

from collections.abc import Mapping

from services.routing.clocks.domain.promises import ClockState
from shared.contracts.vocabulary import Channel, ResultCode

CHANNELS: Mapping[Channel, str] = {
    Channel.MINI_PROGRAM: "小程序",
    Channel.HOTLINE: "12345热线",
    Channel.WALK_IN: "来访",
    Channel.GRID_REPORT: "网格上报",
    Channel.COMPANY: "物业转报",
    Channel.INSPECTION: "巡查发现",
    Channel.COURT_DELEGATED: "法院委派",
}
CLOCK_STATES: Mapping[ClockState, str] = {
    ClockState.RUNNING_OK: "正常",
    ClockState.WARNED_50: "已过半",
    ClockState.WARNED_80: "将到期",
    ClockState.OVERDUE: "已超期",
    ClockState.PAUSED: "已暂停",
}
RESULTS: Mapping[ResultCode, str] = {
    ResultCode.SOLVED: "已解决",
    ResultCode.PARTLY: "部分解决",
    ResultCode.AGREED: "已达成调解协议",
    ResultCode.EXPLAINED: "已解释说明",
    ResultCode.NOT_TRUE: "经查情况不属实",
    ResultCode.TO_LITIGATION: "已引导通过诉讼解决",
    ResultCode.TO_AUTHORITY: "已移送主管部门",
    ResultCode.WITHDRAWN: "已撤回",
    ResultCode.NOT_POSSIBLE: "暂无法办理",
}
