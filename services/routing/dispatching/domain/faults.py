"""What can be wrong with a row of a sheet of rules; each is told with its row and heading."""

from __future__ import annotations

from shared.errors import Invalid


class RuleDivisionUnknown(Invalid):
    """There is no such division, by code or name, within the division of the rules."""

    code = "RULE_DIVISION_UNKNOWN"
    chinese = "规则所属区划内没有这个行政区划（代码或名称）。"


class RuleEstateUnknown(Invalid):
    """There is no such estate within the division of the rules."""

    code = "RULE_ESTATE_UNKNOWN"
    chinese = "规则所属区划内没有这个小区。"


class RuleNameAmbiguous(Invalid):
    """Several have this name; give the code or id."""

    code = "RULE_NAME_AMBIGUOUS"
    chinese = "有多个同名对象，请改填代码或编号。"


class RuleCategoryUnknown(Invalid):
    """The rulebook has no such graded category or family of categories."""

    code = "RULE_CATEGORY_UNKNOWN"
    chinese = "规则册中没有这个类别（或类别大类）。"


class RuleGradeUnknown(Invalid):
    """A grade is SMALL, MEDIUM or MAJOR."""

    code = "RULE_GRADE_UNKNOWN"
    chinese = "分级须为小事、中事或大事。"


class RuleChannelUnknown(Invalid):
    """There is no such channel."""

    code = "RULE_CHANNEL_UNKNOWN"
    chinese = "没有这个受理渠道。"


class RuleWeekdaysUnreadable(Invalid):
    """Weekdays are written like 周一、周三 or 周一至周五."""

    code = "RULE_WEEKDAYS_UNREADABLE"
    chinese = "星期请填如“周一、周三”或“周一至周五”。"


class RuleTimesUnreadable(Invalid):
    """Times are written like 22:00-06:00; beginning and end differ."""

    code = "RULE_TIMES_UNREADABLE"
    chinese = "时段请填如“22:00-06:00”，起止不能相同。"


class RuleDateUnreadable(Invalid):
    """A date is written like 2026-03-01."""

    code = "RULE_DATE_UNREADABLE"
    chinese = "日期请填如“2026-03-01”。"


class RuleDatesReversed(Invalid):
    """The last day lies before the first."""

    code = "RULE_DATES_REVERSED"
    chinese = "失效日期早于生效日期。"


class RuleOrderUnreadable(Invalid):
    """The order is a positive number, given in every row or in none."""

    code = "RULE_ORDER_UNREADABLE"
    chinese = "序号须为正整数，且全部填写或全部留空。"


class RuleOrderTwice(Invalid):
    """Another row has this order."""

    code = "RULE_ORDER_TWICE"
    chinese = "序号与其他行重复。"


class RuleNameTwice(Invalid):
    """Another row has this name."""

    code = "RULE_NAME_TWICE"
    chinese = "规则名称与其他行重复。"


class RuleUnitUnknown(Invalid):
    """This is neither a desk, nor a department, nor an active office within the division."""

    code = "RULE_UNIT_UNKNOWN"
    chinese = "不是可派单的岗位、部门，也不是本区划内在用的机构。"


class RuleUnitCannotLead(Invalid):
    """The company is a party and never leads (A13)."""

    code = "RULE_UNIT_CANNOT_LEAD"
    chinese = "物业服务企业为当事方，不能主办，只能协办。"


class RuleUnitTwice(Invalid):
    """A unit is named twice in the rule."""

    code = "RULE_UNIT_TWICE"
    chinese = "同一规则中重复填写同一单位。"
