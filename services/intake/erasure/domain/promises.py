"""What an erasure takes away, and what has to stay and why: said to the person, word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ERASED: Sequence[str] = (
    "微信身份标识、手机号及其检索码",
    "监护人姓名和手机号",
    "房屋绑定、邀请和住户登记中的姓名",
    "诉求中的位置、联系人，以及文字中的姓名、手机号、证件号、银行卡号、车牌号",
    "尚未提交的诉求草稿，以及未用于诉求的图片、录音、视频、文件",
    "站内消息内容和订阅记录",
    "所有登录会话和未使用的验证码",
)
KEPT: Mapping[str, str] = {
    "诉求事项、办理过程和结果（不含身份信息）": "案件依法继续办理并归档，不能因注销而中止",
    "已提交诉求所附的图片、录音、视频、文件": "属于诉求事项的证据材料，随事项一并保存",
    "调解协议、移送法院的材料": "人民调解和司法档案依法应当保存",
    "同意与撤回的版本和时间（只对应一个无法识别个人的编号）": "证明处理个人信息的合法性",
    "操作审计记录（只含编号和操作）": "网络安全法要求留存日志，且记录不可更改",
}
