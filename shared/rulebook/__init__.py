"""The letter as dated data: every number, list and threshold, with its source."""

from __future__ import annotations

from shared.rulebook.book import Rulebook
from shared.rulebook.entries import Entry, Origin
from shared.rulebook.errors import NoRulebook, NoSuchRule, RulebookError
from shared.rulebook.header import Header
from shared.rulebook.sections.categories import Category, JointTeams, OrganisationKind
from shared.rulebook.sections.times import ClockRule
from shared.rulebook.shelf import RulebookShelf, load_shelf
from shared.rulebook.vocabulary import (
    OTHERS_TIME,
    BreachAction,
    Channel,
    ClockKind,
    Desk,
    Grade,
    Limit,
    SuspensionReason,
)
from shared.rulebook.weights import Weights

__all__ = [
    "OTHERS_TIME",
    "BreachAction",
    "Category",
    "Channel",
    "ClockKind",
    "ClockRule",
    "Desk",
    "Entry",
    "Grade",
    "Header",
    "JointTeams",
    "Limit",
    "NoRulebook",
    "NoSuchRule",
    "OrganisationKind",
    "Origin",
    "Rulebook",
    "RulebookError",
    "RulebookShelf",
    "SuspensionReason",
    "Weights",
    "load_shelf",
]
