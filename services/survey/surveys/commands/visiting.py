"""A visit at the door, sent at once or later: it happens once, whatever is sent (E02, E03)."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from services.survey.deed import Deed
from services.survey.surveys.commands.answering import place
from services.survey.surveys.commands.recording import note
from services.survey.surveys.domain.answers import Answer, Mode
from services.survey.surveys.domain.lifecycle import refuse_unless_open
from services.survey.surveys.domain.periods import refuse_future, refuse_outside
from services.survey.surveys.domain.policies import NotYourSurvey, may_visit
from services.survey.surveys.domain.visits import Outcome
from services.survey.surveys.queries import answer_by_id, household_to_answer, survey_of
from services.survey.surveys.tables import Survey, SurveyAnswer, SurveyHousehold, SurveyVisit
from services.survey.surveys.views import standing_of
from services.survey.surveys.visit_schemas import Receipt, StandingOut, VisitIn, VisitResult
from shared.errors import Invalid
from shared.web.once import fingerprint


class VisitIdReused(Invalid):
    """You have sent a visit with another content under this id."""

    code = "VISIT_ID_REUSED"
    chinese = "该走访编号已用于内容不同的走访。"


async def take_visit(deed: Deed, visit: VisitIn) -> Receipt:
    """Whoever sends the same at the same time waits for the row, then gets its receipt.

    Raises VisitIdReused, SurveyNotFound, SurveyNotOpen, OutsideSurvey, MadeInTheFuture,
    HouseholdNotListed, NotYourSurvey, AnswerIncomplete or TenantsDoNotAnswer.
    """
    mark = fingerprint("VISIT", str(visit.survey_id), visit.model_dump_json().encode())
    inserted = await deed.session.execute(
        insert(SurveyVisit).values(_row(deed, visit, mark)).on_conflict_do_nothing()
    )
    kept = await deed.session.get_one(SurveyVisit, (deed.actor.id, visit.id))
    if inserted.rowcount == 0:  # type: ignore[attr-defined]
        return _again(kept, mark)
    receipt = await _apply(deed, visit)
    kept.receipt = receipt.model_dump(mode="json")
    return receipt


def _again(kept: SurveyVisit, mark: str) -> Receipt:
    if kept.fingerprint != mark:
        raise VisitIdReused
    receipt = Receipt.model_validate(kept.receipt)
    return receipt.model_copy(update={"result": VisitResult.ALREADY_APPLIED})


async def _apply(deed: Deed, visit: VisitIn) -> Receipt:
    survey = await survey_of(deed.session, deed.actor, visit.survey_id, lock="SHARE")
    _refuse_untimely(deed, survey, visit)
    household = await household_to_answer(deed.session, survey.id, visit.house_id)
    if not may_visit(deed.actor, standing_of(survey), household.grid_code, household.house_id):
        raise NotYourSurvey
    _count(household, visit)
    standing = await _answered(deed, survey, household, visit)
    note(deed, survey, "survey.visited", {"outcome": visit.outcome, "house": str(visit.house_id)})
    result = _result(deed, visit, standing)
    return Receipt(id=visit.id, result=result, standing=_shown(standing))


def _refuse_untimely(deed: Deed, survey: Survey, visit: VisitIn) -> None:
    refuse_unless_open(survey.state)
    skew = deed.runtime.rulebooks.in_force_at(deed.at).field_work.clock_skew
    refuse_future(visit.visited_at, deed.at, skew)
    refuse_outside(visit.visited_at, survey.opened_at or deed.at, survey.ends_on)


def _count(household: SurveyHousehold, visit: VisitIn) -> None:
    """U22: who answered or declined was reached; the earliest such visit is kept."""
    if not visit.outcome.reaches:
        household.tries += 1
    elif household.contacted_at is None or visit.visited_at < household.contacted_at:
        household.contacted_at = visit.visited_at


async def _answered(
    deed: Deed, survey: Survey, household: SurveyHousehold, visit: VisitIn
) -> SurveyAnswer | None:
    """The household's valid answer afterwards."""
    if visit.answer is None:
        return await answer_by_id(deed.session, household.answer_id)
    given = visit.answer
    answer = Answer(given.relation, Mode.VISIT, visit.visited_at, given.levels)
    return await place(deed, survey, household, answer)


def _result(deed: Deed, visit: VisitIn, standing: SurveyAnswer | None) -> VisitResult:
    """An answer that does not count is told, not hidden: the household was asked twice."""
    if visit.outcome is not Outcome.ANSWERED or standing is None:
        return VisitResult.APPLIED
    mine = standing.received_at == deed.at and standing.given_at == visit.visited_at
    return VisitResult.APPLIED if mine else VisitResult.CONFLICT


def _shown(standing: SurveyAnswer | None) -> StandingOut | None:
    """When and how, never what."""
    if standing is None:
        return None
    return StandingOut(
        mode=Mode(standing.mode), given_at=standing.given_at, relation=standing.relation
    )


def _row(deed: Deed, visit: VisitIn, mark: str) -> dict[str, object]:
    return {
        "worker_id": deed.actor.id,
        "id": visit.id,
        "survey_id": visit.survey_id,
        "house_id": visit.house_id,
        "outcome": visit.outcome,
        "visited_at": visit.visited_at,
        "received_at": deed.at,
        "fingerprint": mark,
    }
