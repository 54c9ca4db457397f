"""What a complaint is about: the category table of facts 2.9 and the party it goes to."""

from __future__ import annotations

from pydantic import Field, model_validator

from shared.rulebook.section import RuleLength, Section
from shared.rulebook.vocabulary import Grade, Limit


class OrganisationKind(Section):
    """A kind of organisation or party that cases, co-handling or information can go to.

    `seeded` says that every county and the city starts with one (A10).
    """

    code: str = Field(pattern=r"^[A-Z][A-Z_]+$")
    chinese: str
    english: str
    department: bool = False
    seeded: bool = False


class Category(Section):
    """One row of the category table. `code` is its key in the rulebook.

    `handed_over` are the illegal acts that always go to an enforcement department (B17);
    `may_concern_ownership` bars judicial confirmation (X24); `persuasion_record` is evidence (X43).
    """

    code: str = Field(pattern=r"^[A-Z]{2}\d{2}$")
    chinese: str
    english: str
    grade: Grade | None = None
    lead: str
    joined_by: tuple[str, ...] = ()
    limit: Limit
    first_answer: RuleLength | None = None
    fast_fix: bool = False
    causes: tuple[str, ...] = ()
    named_by_letter: bool = False
    police: bool = False
    handed_over: bool = False
    may_concern_ownership: bool = False
    persuasion_record: bool = False
    notes: str = ""

    @model_validator(mode="after")
    def graded_unless_police(self) -> Category:
        if self.police == (self.grade is not None):
            raise ValueError("a category is either graded or a police matter")
        return self


class JointTeams(Section):
    """Departments that act together on a MAJOR case: those of today and those of the plan."""

    existing: tuple[str, ...]
    planned: tuple[str, ...]
    default_lead: str

    @property
    def all(self) -> tuple[str, ...]:
        """The union, each department once, in the order named."""
        return tuple(dict.fromkeys(self.existing + self.planned))
