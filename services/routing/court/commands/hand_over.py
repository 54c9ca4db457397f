"""T39: the party consents, and the package goes to the court."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.numbering import yearly_number, yearly_series
from services.routing.cases.numbers import next_number
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.court.addressing import addressed_court
from services.routing.court.domain.matters import (
    ConsentToCourtMissing,
    PackageAlreadySent,
    Stage,
)
from services.routing.court.domain.package import package_of
from services.routing.court.queries import open_matter
from services.routing.court.tables import JudicialMatter
from services.routing.directory.queries import organisation_by_id
from services.routing.occasion import Occasion
from shared.contracts.routing import JudicialHandedOver, PackageState
from shared.ids import new_id

PACKAGES = "judicial_matter"


@dataclass(frozen=True)
class Brief:
    """What the street writes for the court: claims, facts, evidence, what nobody disputes."""

    claims: Sequence[str]
    facts: str
    evidence: Sequence[str]
    undisputed_facts: Sequence[str]
    cause: str | None = None
    court_id: UUID | None = None


async def consent_to_court(on: Occasion, file: CaseFile) -> None:
    """A consent given twice is one consent."""
    if await open_matter(on.session, file.case.id) is not None:
        return
    move(on, file, Action.CONSENT_TO_COURT)
    on.session.add(
        JudicialMatter(
            id=new_id(),
            case_id=file.case.id,
            stage=Stage.CONSENTED,
            consented_by=on.actor.id,
            consented_at=on.now,
        )
    )


async def hand_over(on: Occasion, file: CaseFile, brief: Brief) -> None:
    """Raises ConsentToCourtMissing, PackageAlreadySent, PackageLeaks or UnknownCourt."""
    matter = await open_matter(on.session, file.case.id)
    if matter is None:
        raise ConsentToCourtMissing
    if matter.stage != Stage.CONSENTED:
        raise PackageAlreadySent
    court = await addressed_court(on, file, brief.court_id)
    package = package_of(await _material(on, file, brief), rulebook_of(on, file).courts)
    move(on, file, Action.HAND_OVER, details={"court": str(court.id)})
    series = yearly_series("PK", on.now)
    matter.stage, matter.court_id, matter.handed_over_at = Stage.HANDED_OVER, court.id, on.now
    matter.package_number = yearly_number(series, await next_number(on.session, series))
    text = json.dumps(package, ensure_ascii=False)
    matter.package = on.conceal(text, PACKAGES, matter.id, "package")
    await tell(on, file, JudicialHandedOver, package=package_state(matter))


def package_state(matter: JudicialMatter) -> PackageState:
    assert matter.package_number is not None
    assert matter.court_id is not None
    return PackageState(
        package_id=matter.id, package_number=matter.package_number, court_id=matter.court_id
    )


async def _material(on: Occasion, file: CaseFile, brief: Brief) -> Mapping[str, Any]:
    causes = rulebook_of(on, file).category(file.case.category).causes
    return {
        "case_number": file.case.number,
        "parties": await _parties(on, file),
        "cause": brief.cause or next(iter(causes), None),
        "claims": list(brief.claims),
        "facts": brief.facts,
        "evidence": list(brief.evidence),
        "undisputed_facts": list(brief.undisputed_facts),
    }


async def _parties(on: Occasion, file: CaseFile) -> list[dict[str, str | None]]:
    """The owner by id, for intake holds the name; the company by its registered name."""
    owner = str(file.owner_ids[0]) if file.owner_ids else None
    parties: list[dict[str, str | None]] = [{"role": "原告", "owner_id": owner}]
    if file.case.company_id is not None:
        company = await organisation_by_id(on.session, file.case.company_id)
        name = company.display_name if company else None
        parties.append({"role": "被告", "name": name})
    return parties
