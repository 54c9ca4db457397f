"""Who takes part: ends and parties of the platform, streets' offices, mediators (A01-A20, U01)."""

from __future__ import annotations

from decimal import Decimal

from pydantic import model_validator

from shared.rulebook.section import Section


class Named(Section):
    """A code with the words people read."""

    code: str
    chinese: str


class People(Section):
    """Six ends are login surfaces, six parties are data scopes; they are not the same (U01)."""

    ends: tuple[Named, ...]
    parties: tuple[Named, ...]
    organisation_levels: tuple[Named, ...]

    @model_validator(mode="after")
    def six_of_each(self) -> People:
        if len(self.ends) != 6 or len(self.parties) != 6:
            raise ValueError("there are six ends and six parties")
        return self


class Recusal(Section):
    """Nobody handles, reviews or closes where one of these is a party and theirs (A13)."""

    own_interests: tuple[str, ...]
    reviewer_is_not_submitter: bool


class StreetOffices(Section):
    """Staff range is a soft check: outside it warns, nothing is refused (A14, A15)."""

    staff_at_least: int
    staff_at_most: int
    assessment_weight_at_least: Decimal
    permissions: tuple[str, ...]


class DisplayNames(Section):
    """Names printed on notices; codes never depend on them (G03, U18)."""

    housing: str


class Divisions(Section):
    """Division and grid codes (facts 2.6, 2.7; D13)."""

    counties: tuple[Named, ...]
    grid_digits: int


class Sharing(Section):
    """What crosses between ends: audited, confidential to few, anonymous to all (A08, X15, X16)."""

    audited_across_ends: bool
    confidential_readers: tuple[str, ...]
    anonymous_excluded_from: tuple[str, ...]
