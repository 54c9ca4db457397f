"""What a bulletin or report is composed from: plain values, as they were on that day.

It is kept with the edition, so that the same words can be made again from it.
"""

from __future__ import annotations

from services.survey.bulletins.domain.content import Assessed, Moment, Part
from shared.errors import Invalid


class BulletinPlaceUnknown(Invalid):
    """There was no such city or county in the period."""

    code = "BULLETIN_PLACE_UNKNOWN"
    chinese = "统计周期内没有该行政区划，请核对代码。"


class Named(Part):
    """A division and what it is called."""

    code: str
    name: str


class Gauge(Part):
    """An indicator of a place, raw."""

    code: str
    place: str
    numerator: int
    denominator: int


class Past(Part):
    """An indicator of the reported division in an earlier period; `hidden` is what was withheld
    then, itself few or for the sake of another place.
    """

    period: str
    code: str
    numerator: int
    denominator: int
    hidden: bool = False


class Mix(Part):
    """How many complaints of a category were accepted."""

    chinese: str
    count: int


class Gathered(Part):
    """`places` and `gauges` are those of the whole city, the city first, whatever `division` is
    reported on: what is hidden there must not stand in a county's bulletin. `past` oldest first.

    Later bulletins read it again: a new field has a default, and none is taken away.
    """

    period: str
    division: str
    computed_at: Moment
    rulebook: str
    places: tuple[Named, ...]
    gauges: tuple[Gauge, ...] = ()
    past: tuple[Past, ...] = ()
    mix: tuple[Mix, ...] = ()
    assessed: tuple[Assessed, ...] = ()

    @property
    def whole(self) -> Named:
        """What is reported on."""
        return next(each for each in self.places if each.code == self.division)

    @property
    def city(self) -> Named:
        return self.places[0]


def refuse_unknown_place(gathered: Gathered) -> None:
    """What the directory has not named is known by its code alone. Raises BulletinPlaceUnknown."""
    names = {each.code: each.name for each in gathered.places}
    if names.get(gathered.division, gathered.division) == gathered.division:
        raise BulletinPlaceUnknown(division=gathered.division)
