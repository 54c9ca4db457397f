"""The template: one row per rule, headings as offices read them."""

from __future__ import annotations

from shared.sheets import Column

ORDER = Column(
    "order", "序号", needed=False, explained="从小到大依次判断，先满足者生效；全部留空则按行序"
)
NAME = Column("name", "规则名称", filled=True, explained="同一规则集内不重复，对比版本时据此识别")
DIVISIONS = Column(
    "divisions", "行政区划", needed=False, explained="代码（6、9、12 位）或名称；留空为全部"
)
ESTATES = Column("estates", "小区", needed=False, explained="名称或编号；留空为全部")
CATEGORIES = Column(
    "categories", "类别", needed=False, explained="代码如 NS01、大类如 NS，或类别名称"
)
GRADES = Column("grades", "分级", needed=False, explained="小事、中事、大事")
CHANNELS = Column("channels", "渠道", needed=False, explained="小程序、12345热线、来访、网格上报等")
WEEKDAYS = Column(
    "weekdays", "星期", needed=False, explained="如“周一至周五”；跨零点时段按开始之日计"
)
TIMES = Column(
    "times", "时段", needed=False, explained="北京时间，含起不含止，可跨零点，如 22:00-06:00"
)
VALID_FROM = Column("valid_from", "生效日期", needed=False, explained="含当日")
VALID_TO = Column("valid_to", "失效日期", needed=False, explained="含当日")
LEAD = Column(
    "lead", "主办", filled=True, explained="社区、街道综治中心、县级综治中心、部门名称或机构名称等"
)
CO = Column("co", "协办", needed=False, explained="同上，可填物业服务企业；本地没有的不派")
REASON = Column("reason", "理由", filled=True, explained="随派单保存，办理各方可见，勿写个人信息")

COLUMNS = (
    ORDER, NAME, DIVISIONS, ESTATES, CATEGORIES, GRADES, CHANNELS,
    WEEKDAYS, TIMES, VALID_FROM, VALID_TO, LEAD, CO, REASON,
)  # fmt: skip
EXAMPLE = (
    1, "夜间噪音", "", "", "NS", "小事", "", "", "22:00-06:00", "", "",
    "街道综治中心", "社区", "夜间由值班的街道综治中心先行处置",
)  # fmt: skip
