"""The Open311 facade: its jurisdiction, what each service asks, how much it takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from shared.rulebook.section import Section, frozen
from shared.rulebook.sections.filing import FilingLimit


class Datatype(StrEnum):
    """The six of GeoReport v2."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    SINGLEVALUELIST = "singlevaluelist"
    MULTIVALUELIST = "multivaluelist"


LISTS = frozenset({Datatype.SINGLEVALUELIST, Datatype.MULTIVALUELIST})


class Option(Section):
    """One of the values of a list. `adds` are the words that the answer puts at the head of the
    complaint, instead of its name under the label; empty, it says nothing there.
    """

    key: str = Field(min_length=1)
    name: str = Field(min_length=1)
    adds: str | None = None


class Attribute(Section):
    """What a service asks beyond its description.

    `services` are categories or the beginnings of their codes. With `variable = false` nothing is
    asked and the description only tells. `place` says that the answer is part of the place. Under
    `label` an answer stands in the complaint: nothing that is asked is ever judged as if said.
    """

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]{1,31}$")
    services: tuple[str, ...] = Field(min_length=1)
    datatype: Datatype
    description: str
    label: str = ""
    datatype_description: str = ""
    variable: bool = True
    required: bool = False
    place: bool = False
    values: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def lists_have_values(self) -> Attribute:
        if bool(self.values) != (self.datatype in LISTS):
            raise ValueError("lists have values, and nothing else has")
        return self

    @model_validator(mode="after")
    def answers_have_a_label(self) -> Attribute:
        own_words = bool(self.values) and all(each.adds is not None for each in self.values)
        if self.variable and not (self.place or own_words or self.label):
            raise ValueError("an answer that the complaint tells needs a label")
        return self

    def belongs_to(self, service: str) -> bool:
        return service.startswith(self.services)


Groups = Annotated[Mapping[str, tuple[str, ...]], AfterValidator(frozen)]


class Open311(Section):
    """`jurisdictions` are the names it answers to, `division` whose centre looks for the place of
    what nobody could place. `public_doors` brought what everybody may find in the lists;
    `batch_services` answer with a token first.
    """

    jurisdictions: tuple[str, ...] = Field(min_length=1)
    division: str = Field(pattern=r"^\d{6}(\d{3}){0,2}$")
    contact: str = Field(min_length=1)
    key_service: str = Field(min_length=1)
    changeset: str = Field(min_length=1)
    groups: Groups
    other_group: str = Field(min_length=1)
    batch_services: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    public_doors: tuple[str, ...]
    same_within_minutes: int = Field(ge=1)
    nearest_within_metres: int = Field(ge=1)
    longest_span_days: int = Field(ge=1)
    results_at_most: int = Field(ge=1)
    client: FilingLimit
    account: FilingLimit

    @property
    def same_within(self) -> timedelta:
        """The same words of the same client within this are one complaint."""
        return timedelta(minutes=self.same_within_minutes)

    @property
    def longest_span(self) -> timedelta:
        return timedelta(days=self.longest_span_days)

    def group_of(self, service: str) -> str:
        named = (name for name, codes in self.groups.items() if service.startswith(codes))
        return next(named, self.other_group)

    def attributes_of(self, service: str) -> tuple[Attribute, ...]:
        """In the order in which they are asked."""
        return tuple(each for each in self.attributes if each.belongs_to(service))
