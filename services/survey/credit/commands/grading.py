"""Grades of companies: proposed from the entries of a half-year, decided by persons (E16-E19,
U19, U20).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col

from services.survey.credit.commands.exits import follow_decision
from services.survey.credit.domain.grades import (
    OPEN,
    SETTLED,
    GradeAction,
    GradeState,
    ReasonNeeded,
    advance,
    common_place,
    first_state,
    is_restricted,
    refuse_same_person,
)
from services.survey.credit.domain.means import Part, company_mean
from services.survey.credit.domain.sources import expiry_of
from services.survey.credit.domain.standing import COUNTS, WAITS
from services.survey.credit.filed import Filed, counting, newest_of
from services.survey.credit.grade_queries import grades_of, households_of, in_turn
from services.survey.credit.queries import companies_graded, filed_of
from services.survey.credit.tables import CreditEntry, CreditGrade
from services.survey.deed import Deed
from services.survey.surveys.domain.scoring import rounded
from shared.audit import append
from shared.contracts.survey import CreditGradeDecided, CreditGradeState, CreditGradeWithdrawn
from shared.ids import new_id
from shared.messaging import publish
from shared.rulebook.bands import band_of


async def propose_grades(deed: Deed, period: str) -> None:
    """Of every company with an entry of the period; computed again, only what changed is new."""
    rules = deed.runtime.rulebooks.in_force_at(deed.at).credit
    await deed.session.flush()
    for company_id in await companies_graded(deed.session, rules.source, period):
        await regrade(deed, company_id, period)


async def regrade(deed: Deed, company_id: UUID, period: str, *, anew: bool = False) -> None:
    """From the entries that stand now: not disputed, not taken back, the newest of each estate.
    `anew`: an appeal was decided, so what was declined meanwhile is proposed again.
    """
    await in_turn(deed.session, company_id)
    source = deed.runtime.rulebooks.in_force_at(deed.at).credit.source
    filed = await filed_of(
        deed.session,
        company_id,
        col(CreditEntry.source) == source,
        col(CreditEntry.period) == period,
    )
    entries = counting(filed)
    known = await grades_of(deed.session, company_id, period)
    decided = [each for each in known if each.state == GradeState.DECIDED]
    if decided and not (entries and _stands(decided[-1], filed)):
        await _withdraw(deed, decided)
    if entries:
        await _propose(deed, known, await _computed(deed, entries), anew=anew)
        return
    for each in known:
        if each.state in OPEN:
            _supersede(deed, each)
        if each.state == GradeState.WITHDRAWN:
            each.annulled = not any(newest.standing in WAITS for newest in newest_of(filed))


async def decide_grade(deed: Deed, grade: CreditGrade, decision: str, reason: str | None) -> None:
    """Raises GradeNotInState, SecondPersonNeeded or ReasonNeeded."""
    if decision == GradeAction.CONFIRM:
        await confirm(deed, grade)
        return
    if reason is None:
        raise ReasonNeeded
    decline(deed, grade, reason)


async def confirm(deed: Deed, grade: CreditGrade) -> None:
    """One person decides; of some grades a second one (E19).

    Raises GradeNotInState or SecondPersonNeeded.
    """
    following = advance(grade.state, GradeAction.CONFIRM)
    refuse_same_person(grade.confirmed_by, deed.actor.id)
    if following is GradeState.CONFIRMED_ONCE:
        grade.confirmed_by, grade.confirmed_at = deed.actor.id, deed.at
        grade.state = advance(grade.state, GradeAction.CONFIRM)
        _record(deed, grade, "credit.grade_confirmed")
        return
    await _decide(deed, grade)


def decline(deed: Deed, grade: CreditGrade, reason: str) -> None:
    """No grade for now; it is proposed anew when its entries change. Raises GradeNotInState."""
    grade.state = advance(grade.state, GradeAction.DECLINE)
    grade.decided_by, grade.decided_at, grade.reason = deed.actor.id, deed.at, reason
    _record(deed, grade, "credit.grade_declined", reason=reason)


async def _computed(deed: Deed, entries: Sequence[CreditEntry]) -> CreditGrade:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    households = await households_of(deed.session, [each.estate_id for each in entries])
    parts = [_part(each, households.get(each.estate_id, 0)) for each in entries]
    score = rounded(company_mean(parts, book.credit.company_mean), book.scores)
    grade = band_of(book.credit.bands, score).code
    return CreditGrade(
        id=new_id(),
        company_id=entries[0].company_id,
        period=entries[0].period,
        edition=1,
        state=first_state(grade, book.credit),
        place=common_place([each.community for each in entries]),
        score=score,
        grade=grade,
        basis=[_shown(part) for part in parts],
        rulebook=book.version,
        proposed_at=deed.at,
    )


async def _propose(
    deed: Deed, known: Sequence[CreditGrade], new: CreditGrade, *, anew: bool
) -> None:
    """Nothing where a proposal, or else what was last decided, says the same; or where the same was
    declined, from the same entries.
    """
    waiting = [each for each in known if each.state in OPEN]
    if waiting and waiting[-1].basis == new.basis:
        return
    for each in waiting:
        _supersede(deed, each)
    decided = [each for each in known if each.state == GradeState.DECIDED]
    if decided and (decided[-1].score, decided[-1].grade) == (new.score, new.grade):
        return
    settled = [each for each in known if each.state in SETTLED]
    declined = [each for each in settled[-1:] if each.state == GradeState.DECLINED]
    if declined and declined[0].basis == new.basis and not anew:
        return
    new.edition = len(known) + 1
    deed.session.add(new)
    _record(deed, new, "credit.grade_proposed")
    await deed.session.flush()


def _stands(decided: CreditGrade, filed: Sequence[Filed]) -> bool:
    """A score that was corrected stands until the grade is decided anew; one that is disputed or
    was taken back does not, nor does one whose correction is.
    """
    entries = {str(each.entry.id) for each in filed if each.standing not in COUNTS}
    fallen = [each.entry for each in newest_of(filed) if each.standing not in COUNTS]
    estates = {str(entry.estate_id) for entry in fallen}
    return not any(
        part["entry_id"] in entries or part["estate_id"] in estates for part in decided.basis
    )


async def _withdraw(deed: Deed, decided: Sequence[CreditGrade]) -> None:
    """The newest is told of; those before it would come into force again if they stayed."""
    for each in decided:
        each.state = advance(each.state, GradeAction.WITHDRAW)
        each.withdrawn_at = deed.at
        _record(deed, each, "credit.grade_withdrawn")
    newest = decided[-1]
    await follow_decision(deed, newest, by_two=False)
    event = CreditGradeWithdrawn(grade=_public(newest))
    publish(deed.session, event, actor=deed.actor, at=deed.at)


async def _decide(deed: Deed, grade: CreditGrade) -> None:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    rules = book.credit
    grade.state = advance(grade.state, GradeAction.CONFIRM)
    grade.decided_by, grade.decided_at = deed.actor.id, deed.at
    grade.expires_at = expiry_of(deed.at, rules.kept_years)
    if book.in_force("credit.government_priority", deed.at):
        grade.government_priority = grade.grade in rules.government_priority
    if book.in_force("credit.bidding_restricted", deed.at):
        grade.bidding_restricted = is_restricted(grade.grade, rules)
    _record(deed, grade, "credit.grade_decided")
    event = CreditGradeDecided(grade=_public(grade))
    publish(deed.session, event, actor=deed.actor, at=deed.at)
    await follow_decision(deed, grade, by_two=grade.grade in rules.confirmed_by_two)


def _public(grade: CreditGrade) -> CreditGradeState:
    columns = set(CreditGradeState.model_fields)
    return CreditGradeState(**grade.model_dump(include=columns))


def _supersede(deed: Deed, grade: CreditGrade) -> None:
    grade.state = advance(grade.state, GradeAction.SUPERSEDE)
    _record(deed, grade, "credit.grade_superseded")


def _part(entry: CreditEntry, households: int) -> Part:
    assert entry.score is not None, "an entry without a score counts for no grade"
    return Part(entry.id, entry.estate_id, entry.score, households)


def _shown(part: Part) -> dict[str, str | int]:
    return {
        "entry_id": str(part.entry_id),
        "estate_id": str(part.estate_id),
        "score": str(part.score),
        "households": part.households,
    }


def _record(deed: Deed, grade: CreditGrade, action: str, *, reason: str | None = None) -> None:
    grade.version += 1
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="credit_grade",
        subject_id=grade.id,
        at=deed.at,
        details={"company": str(grade.company_id), "grade": grade.grade, "state": grade.state},
        reason=reason,
    )
