"""Accounts of the hub and of authorities: centres, departments, courts, mediators, utilities."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from deploy.demo.world.organisations import AGENCY
from deploy.demo.world.records import Estate, Staff, demo_id
from shared.contracts.reference import organisation_id
from shared.identity import End, Role

CITY = "4212"
COUNTIES = {"xianan": ("421202", "咸安"), "jiayu": ("421221", "嘉鱼"), "chibi": ("421281", "赤壁")}
DEPARTMENTS = {
    "zhuxin": ("HOUSING", "住新"),
    "chengguan": ("URBAN_MANAGEMENT", "城管"),
    "gongan": ("PUBLIC_SECURITY", "公安"),
    "xiaofang": ("FIRE_RESCUE", "消防"),
    "shijian": ("MARKET_REGULATION", "市监"),
    "sifa": ("JUSTICE", "司法"),
    "minzheng": ("CIVIL_AFFAIRS", "民政"),
    "zigui": ("NATURAL_RESOURCES", "资规"),
    "huanjing": ("ECOLOGY", "环境"),
    "fagai": ("PRICE", "发改"),
    "xinfang": ("PETITION", "信访"),
    "shegong": ("SOCIAL_WORK", "社工"),
    "shenji": ("AUDIT", "审计"),
    "wangxin": ("CYBERSPACE", "网信"),
}
MEDIATORS = {
    "shi1": CITY,
    "shi2": CITY,
    "xianan1": "421202",
    "xianan2": "421202",
    "jiayu1": "421221",
    "tongshan1": "421224",
    "chibi1": "421281",
    "chibi2": "421281",
}


def member(
    account: str,
    title: str,
    organisation: UUID,
    end: End,
    *roles: Role,
    divisions: tuple[str, ...] = (),
    estates: tuple[Estate, ...] = (),
    interests: tuple[UUID, ...] = (),
    certificate: str | None = None,
) -> Staff:
    """The mobile number follows from the place in the list of all staff."""
    return Staff(
        id=demo_id("staff", account),
        account=account,
        name=f"演示{title}",
        mobile="",
        organisation_id=organisation,
        end=end,
        roles=roles,
        divisions=divisions,
        estates=estates,
        interests=interests,
        certificate=certificate,
    )


def centre_of(division: str) -> UUID:
    return organisation_id("CENTRE", "GOVERNANCE_CENTRE", division)


def _department(specialty: str, division: str) -> UUID:
    return organisation_id("DEPARTMENT", specialty, division)


def _city() -> Iterator[Staff]:
    yield member(
        "guanli.shi", "市管理员", centre_of(CITY), End.CENTRE, Role.ADMINISTRATOR, divisions=(CITY,)
    )
    yield member(
        "zhongzhi.shi", "市中心", centre_of(CITY), End.CENTRE, Role.DISPATCHER, divisions=(CITY,)
    )
    # A20: two city-level roles that read all and edit nothing.
    yield member(
        "zhuxin.shi", "市住新", _department("HOUSING", CITY), End.DEPARTMENT,
        Role.HOUSING_OFFICER, Role.CITY_OBSERVER, divisions=(CITY,),
    )  # fmt: skip
    yield member(
        "shegong.shi", "市社工", _department("SOCIAL_WORK", CITY), End.DEPARTMENT,
        Role.CITY_OBSERVER, divisions=(CITY,),
    )  # fmt: skip
    yield member(
        "sifa.shi", "市司法", _department("JUSTICE", CITY), End.DEPARTMENT,
        Role.DEPARTMENT_OFFICER, Role.ANALYST, divisions=(CITY,),
    )  # fmt: skip
    yield member(
        "fayuan.shi", "市法院", organisation_id("COURT", "COURT", CITY), End.COURT, Role.COURT_CLERK
    )
    for account, specialty, title in (
        ("gongshui.shi", "UTILITY", "供水供气"),
        ("dianwang.shi", "POWER_GRID", "供电"),
    ):
        utility = organisation_id("UTILITY", specialty, CITY)
        yield member(account, title, utility, End.DEPARTMENT, Role.DEPARTMENT_OFFICER)


def _county(name: str, division: str, chinese: str) -> Iterator[Staff]:
    yield member(
        f"zhongzhi.{name}", f"{chinese}中心", centre_of(division), End.CENTRE,
        Role.DISPATCHER, Role.ARBITER, divisions=(division,),
    )  # fmt: skip
    court = organisation_id("COURT", "COURT", division)
    yield member(f"fayuan.{name}", f"{chinese}法院", court, End.COURT, Role.COURT_CLERK)
    for account, (specialty, title) in DEPARTMENTS.items():
        housing = specialty == "HOUSING"
        yield member(
            f"{account}.{name}",
            f"{chinese}{title}",
            _department(specialty, division),
            End.DEPARTMENT,
            Role.DEPARTMENT_OFFICER,
            *([Role.HOUSING_OFFICER] if housing else []),
            divisions=(division,) if housing else (),
        )


def _mediators() -> Iterator[Staff]:
    for number, (name, division) in enumerate(MEDIATORS.items(), start=1):
        committee = organisation_id("MEDIATION_COMMITTEE", "MEDIATION_COMMITTEE", division)
        yield member(
            f"tiaojie.{name}", f"调解员{number}", committee, End.CENTRE, Role.MEDIATOR,
            certificate=f"演示证书{number:04d}",
        )  # fmt: skip


OFFICES = (
    *_city(),
    *(
        staff
        for name, (division, chinese) in COUNTIES.items()
        for staff in _county(name, division, chinese)
    ),
    *_mediators(),
)

# who connects the systems of a department and of a court: keys and webhooks, no cases (A06, A07)
ENGINEERS = (
    member(
        "jishu.chengguan.xianan", "咸安城管技术", _department("URBAN_MANAGEMENT", "421202"),
        End.DEPARTMENT, Role.STAFF_ADMINISTRATOR,
    ),
    member(
        "jishu.fayuan.xianan", "咸安法院技术", organisation_id("COURT", "COURT", "421202"),
        End.COURT, Role.STAFF_ADMINISTRATOR,
    ),
)  # fmt: skip

# of the agency that evaluates companies: imports, and nothing else (E22)
EVALUATORS = (
    member("pinggu.shi", "评估员", AGENCY.id, End.CENTRE, Role.EVALUATOR),
)  # fmt: skip

# of the city's centre as well: approves the bulletins that the other one drafted (D10)
APPROVERS = (
    member(
        "shenqian.shi", "市中心审签员", centre_of(CITY), End.CENTRE, Role.DISPATCHER,
        divisions=(CITY,),
    ),
)  # fmt: skip
