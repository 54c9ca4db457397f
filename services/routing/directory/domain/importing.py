"""What a sheet of houses would change: estates, buildings and houses, new or other than present.

Nothing is taken away: what the sheet does not name stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from shared.errors import Conflict, Invalid


class Change(StrEnum):
    NEW = "NEW"
    CHANGED = "CHANGED"
    UNCHANGED = "UNCHANGED"


class RowsDisagree(Invalid):
    """An earlier row says something else of the same estate or building."""

    code = "ROWS_DISAGREE"
    chinese = "与前面的行对同一小区或楼栋的填写不一致。"


class BuildingInAnotherGrid(Conflict):
    """The building belongs to another grid; move it with a day instead."""

    code = "BUILDING_IN_ANOTHER_GRID"
    chinese = "该楼栋现属其他网格；如需调整，请登记网格调整及生效日。"


class EstateAmbiguous(Conflict):
    """The community has several estates of this name."""

    code = "ESTATE_AMBIGUOUS"
    chinese = "该社区有多个同名小区，无法确定是哪一个。"


class HouseIncomplete(Invalid):
    """A house has unit, room and area; a row for the building alone has none of them."""

    code = "HOUSE_INCOMPLETE"
    chinese = "单元、房号、面积应同时填写，或（仅登记楼栋时）同时留空。"


class ImportOutdated(Conflict):
    """The directory has changed since the preview; upload the sheet again."""

    code = "IMPORT_OUTDATED"
    chinese = "预览之后基础数据已有变化，请重新上传并预览。"


class ImportHasFaults(Conflict):
    """The sheet has faults; correct them and upload it again."""

    code = "IMPORT_HAS_FAULTS"
    chinese = "表格存在错误，请按逐行报告修改后重新上传。"


class ImportExpired(Conflict):
    """The preview is too old; upload the sheet again."""

    code = "IMPORT_EXPIRED"
    chinese = "预览已过期，请重新上传。"


class ImportApplied(Conflict):
    """This import was applied already."""

    code = "IMPORT_APPLIED"
    chinese = "该导入已执行。"


class PlaceRow(NamedTuple):
    """One line: a house, or a building alone. Estates are known by community and name."""

    number: int
    community: str
    estate: str
    kind: str
    households: int | None
    building: str
    grid: str
    unit: str
    room: str
    area: float | None


@dataclass(frozen=True, slots=True)
class PresentHouse:
    id: UUID
    area: float


@dataclass(frozen=True, slots=True)
class PresentBuilding:
    id: UUID
    grid: str
    houses: Mapping[tuple[str, str], PresentHouse]


@dataclass(frozen=True, slots=True)
class PresentEstate:
    id: UUID
    kind: str
    households: int
    buildings: Mapping[str, PresentBuilding]


@dataclass(frozen=True, slots=True)
class Present:
    """The directory as far as the sheet names it: by community code, and estates also by name."""

    communities: Mapping[str, UUID]
    grids: Mapping[str, frozenset[str]]
    estates: Mapping[tuple[str, str], PresentEstate]
    ambiguous: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class HousePlan:
    unit: str
    room: str
    area: float
    present: PresentHouse | None

    @property
    def change(self) -> Change:
        if self.present is None:
            return Change.NEW
        return Change.UNCHANGED if self.present.area == self.area else Change.CHANGED


@dataclass(slots=True)
class BuildingPlan:
    number: str
    grid: str
    present: PresentBuilding | None
    houses: dict[tuple[str, str], HousePlan] = field(default_factory=dict)

    @property
    def change(self) -> Change:
        if self.present is None:
            return Change.NEW
        return _of_parts(house.change for house in self.houses.values())


@dataclass(slots=True)
class EstatePlan:
    """`stated` is the number of households as the sheet gives it."""

    community: str
    name: str
    kind: str
    stated: int | None
    present: PresentEstate | None
    buildings: dict[str, BuildingPlan] = field(default_factory=dict)

    @property
    def households(self) -> int:
        """As stated; else no fewer than there are houses."""
        if self.stated is not None:
            return self.stated
        new = sum(
            house.change is Change.NEW
            for building in self.buildings.values()
            for house in building.houses.values()
        )
        if self.present is None:
            return new
        listed = sum(len(each.houses) for each in self.present.buildings.values())
        return max(self.present.households, listed + new)

    @property
    def change(self) -> Change:
        if self.present is None:
            return Change.NEW
        if (self.kind, self.households) != (self.present.kind, self.present.households):
            return Change.CHANGED
        return _of_parts(building.change for building in self.buildings.values())


def _of_parts(changes: Iterator[Change]) -> Change:
    return Change.UNCHANGED if set(changes) <= {Change.UNCHANGED} else Change.CHANGED
