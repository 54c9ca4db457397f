"""A company in an estate for a half-year: which results count, and what they come to (E15, E16)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from services.survey.evaluations.domain.absences import Absence
from services.survey.evaluations.domain.halves import HalfYear
from services.survey.evaluations.domain.results import (
    CommunityResult,
    Gathered,
    OwnersResult,
    ThirdPartyResult,
    Where,
)
from services.survey.evaluations.domain.revoked import Basis
from services.survey.evaluations.domain.scoring import (
    COMMUNITY,
    COMPOSITE,
    OWNERS,
    THIRD_PARTY,
    composite_score,
    owners_weight,
)
from shared.contracts.reference import reference_id
from shared.rulebook.bands import Band, band_of
from shared.rulebook.sections.evaluation import Evaluation as Rules
from shared.rulebook.sections.survey import Scores

Pair = tuple[UUID, UUID]
FIGURES = ("owners", "community", "third_party", "composite", "band", "grade")


@dataclass(frozen=True)
class Composed:
    """`same_figures`: the third party's owners and ours have the same score and number, which
    somebody should look at (U13).
    """

    id: UUID
    where: Where
    scores: Mapping[str, Decimal | None]
    composite: Decimal | None
    band: str | None
    grade: str | None
    owners_weight: Decimal
    same_figures: bool
    missing: Mapping[str, Absence]
    owners: OwnersResult | None
    community: CommunityResult | None
    third_party: ThirdPartyResult | None

    def figures(self) -> dict[str, str | None]:
        """By the names of FIGURES, as shown."""
        told: dict[str, object] = {**self.scores, "composite": self.composite}
        told |= {"band": self.band, "grade": self.grade}
        return {name: None if told[name] is None else str(told[name]) for name in FIGURES}


def evaluation_id(pair: Pair, period: str) -> UUID:
    """The same in every edition."""
    return reference_id("evaluation", *map(str, pair), period)


def compose(
    gathered: Gathered, period: str, half: HalfYear, rules: Rules, bands: Bands
) -> list[Composed]:
    """One for every company and estate of which anything is known, in a fixed order."""
    surveys = [each for each in gathered.owners if half.holds_moment(each.published_at)]
    assessments = [
        each for each in gathered.community if each.confirmed and half.holds(each.assessed_on)
    ]
    evaluations = [each for each in gathered.third_party if half.holds(each.evaluated_on)]
    revoked = gathered.revoked
    owners = _by_pair(each for each in surveys if each.id not in revoked.results)
    community = _by_pair(assessments)
    third = _by_pair(each for each in evaluations if each.id not in revoked.results)
    why = {
        OWNERS: (
            (_pairs(surveys), Absence.SURVEY_REVOKED),
            (_pairs(gathered.owners), Absence.SURVEY_DATED_OUTSIDE),
        ),
        COMMUNITY: ((_pairs(gathered.community), Absence.NOT_CONFIRMED),),
        THIRD_PARTY: ((_pairs(evaluations), Absence.THIRD_PARTY_REVOKED),),
    }
    wheres = _wheres(surveys) | _wheres(assessments) | _wheres(evaluations)  # the last one names it
    composed = []
    for pair, where in sorted(wheres.items(), key=lambda item: item[0]):
        parts = Parts(owners.get(pair), community.get(pair), third.get(pair))
        missing = {
            name: _absence(pair, reasons, NEVER[name])
            for name, reasons in why.items()
            if parts.named(name) is None
        }
        if parts.basis in revoked.composites:
            missing[COMPOSITE] = Absence.COMPOSITE_REVOKED
        id = evaluation_id(pair, period)
        composed.append(_composed(id, where, parts, missing, rules, bands))
    return composed


@dataclass(frozen=True)
class Bands:
    """What labels follow from which score (U19, U20)."""

    evaluation: tuple[Band, ...]
    credit: tuple[Band, ...]
    scores: Scores


@dataclass(frozen=True)
class Parts:
    owners: OwnersResult | None
    community: CommunityResult | None
    third_party: ThirdPartyResult | None

    def named(self, name: str) -> OwnersResult | CommunityResult | ThirdPartyResult | None:
        return {
            OWNERS: self.owners,
            COMMUNITY: self.community,
            THIRD_PARTY: self.third_party,
        }[name]

    @property
    def basis(self) -> Basis | None:
        """Of what a composite is formed, if it can be."""
        if self.owners is None or self.community is None or self.third_party is None:
            return None
        return self.owners.id, self.community.id, self.third_party.id


Reasons = Iterable[tuple[Collection[Pair], Absence]]

NEVER: Mapping[str, Absence] = {
    OWNERS: Absence.NO_SURVEY,
    COMMUNITY: Absence.NO_ASSESSMENT,
    THIRD_PARTY: Absence.NO_THIRD_PARTY,
}


def _absence(pair: Pair, reasons: Reasons, otherwise: Absence) -> Absence:
    return next((absence for pairs, absence in reasons if pair in pairs), otherwise)


def _composed(
    id: UUID,
    where: Where,
    parts: Parts,
    missing: Mapping[str, Absence],
    rules: Rules,
    bands: Bands,
) -> Composed:
    third = parts.third_party
    scores: dict[str, Decimal | None] = {
        OWNERS: parts.owners.score if parts.owners else None,
        COMMUNITY: parts.community.score if parts.community else None,
        THIRD_PARTY: third.score if third else None,
    }
    composite = None if COMPOSITE in missing else composite_score(scores, rules, bands.scores)
    return Composed(
        id=id,
        where=where,
        scores=scores,
        composite=composite,
        band=band_of(bands.evaluation, third.score).code if third else None,
        grade=None if composite is None else band_of(bands.credit, composite).code,
        owners_weight=owners_weight(rules, same_source=bool(third and third.same_source)),
        same_figures=_alike(parts),
        missing=missing,
        owners=parts.owners,
        community=parts.community,
        third_party=third,
    )


def _alike(parts: Parts) -> bool:
    ours, theirs = parts.owners, parts.third_party
    if ours is None or theirs is None:
        return False
    return ours.score == theirs.owner_mark and ours.answers == theirs.sample_size


R = TypeVar("R", OwnersResult, CommunityResult, ThirdPartyResult)


def _pair(where: Where) -> Pair:
    return (where.estate_id, where.company_id)


def _wheres(results: Iterable[R]) -> dict[Pair, Where]:
    return {_pair(each.where): each.where for each in results}


def _pairs(results: Iterable[R]) -> frozenset[Pair]:
    return frozenset(_pair(each.where) for each in results)


def _by_pair(results: Iterable[R]) -> dict[Pair, R]:
    """The newest of each pair: `results` come in the order of their dates."""
    return {_pair(each.where): each for each in results}
