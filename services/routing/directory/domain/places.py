"""Communities, grids, estates and buildings fit into each other (B19, B20)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shared.errors import Conflict, Invalid


class UnknownEstate(Invalid):
    """There is no such estate."""

    code = "UNKNOWN_ESTATE"
    chinese = "没有这个小区。"


class NotACommunity(Invalid):
    """This organisation is not a community."""

    code = "NOT_A_COMMUNITY"
    chinese = "所填机构不是社区（村）。"


class GridCodeNotOfCommunity(Invalid):
    """A grid code is the 12 digits of its community and a number of three digits."""

    code = "GRID_CODE_NOT_OF_COMMUNITY"
    chinese = "网格代码应为所属社区的 12 位代码加 3 位序号。"


class CommunityNotOfDivision(Invalid):
    """The community does not lie in this street or township."""

    code = "COMMUNITY_NOT_OF_DIVISION"
    chinese = "该社区不属于所填街道（乡镇）。"


class UnknownGrid(Invalid):
    """There is no such grid in the community of the estate."""

    code = "UNKNOWN_GRID"
    chinese = "小区所在社区没有这个网格。"


class BuildingTwice(Invalid):
    """Two buildings of the estate have the same number."""

    code = "BUILDING_TWICE"
    chinese = "楼栋号重复。"


class HouseTwice(Invalid):
    """Two houses of a building have the same unit and room."""

    code = "HOUSE_TWICE"
    chinese = "同一楼栋内房号重复。"


class CoverageTwice(Conflict):
    """The building's grid is already settled from that day."""

    code = "COVERAGE_TWICE"
    chinese = "该楼栋当日的网格归属已登记。"


def check_grid_code(code: str, community_code: str, *, own_digits: int) -> None:
    """Raises GridCodeNotOfCommunity."""
    own = code.removeprefix(community_code)
    if own == code or len(own) != own_digits or not own.isdigit():
        raise GridCodeNotOfCommunity


def check_community(community_code: str, division: str) -> None:
    """Raises CommunityNotOfDivision."""
    if not community_code.startswith(division):
        raise CommunityNotOfDivision


def check_buildings(numbers: Sequence[str], rooms: Iterable[Sequence[tuple[str, str]]]) -> None:
    """`rooms`: unit and room of every house, per building. Raises BuildingTwice or HouseTwice."""
    if len(set(numbers)) < len(numbers):
        raise BuildingTwice
    if any(len(set(houses)) < len(houses) for houses in rooms):
        raise HouseTwice
