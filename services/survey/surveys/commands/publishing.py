"""Publication, channel by channel; with the last one the score is public (E05, E06, E07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.survey.credit.commands.low_scores import enter_score
from services.survey.deed import Deed
from services.survey.surveys.commands.recording import note, record
from services.survey.surveys.commands.serving import has_changed_company
from services.survey.surveys.domain.lifecycle import (
    SurveyAction,
    SurveyNotInState,
    SurveyStatus,
    advance,
)
from services.survey.surveys.domain.publication import (
    is_complete,
    is_synchronous,
    refuse_posting,
    refuse_unknown_channel,
)
from services.survey.surveys.domain.scope import CompanyChangedSince
from services.survey.surveys.queries import publications_of
from services.survey.surveys.tables import Survey, SurveyPublication
from shared.contracts.survey import SatisfactionPublished, SatisfactionState
from shared.messaging import publish


@dataclass(frozen=True)
class Posting:
    """On which channel, when, and what proves it."""

    channel: str
    posted_at: datetime
    proof: str


async def record_publication(deed: Deed, survey: Survey, posting: Posting) -> None:
    """Raises SurveyNotInState, ChannelUnknown, ChannelRecorded, PostedAtImpossible or
    CompanyChangedSince.
    """
    rules = deed.runtime.rulebooks.named(survey.rulebook).survey
    refuse_unknown_channel(posting.channel, rules)
    if survey.state != SurveyStatus.CLOSED or survey.closed_at is None:
        raise SurveyNotInState(state=str(survey.state))
    known = await publications_of(deed.session, survey.id)
    recorded = {each.channel: each.posted_at for each in known}
    refuse_posting(posting.channel, posting.posted_at, recorded, survey.closed_at, deed.at)
    if not known and await has_changed_company(deed, survey):
        raise CompanyChangedSince
    deed.session.add(_row(deed, survey, posting))
    note(deed, survey, "survey.posted", {"channel": posting.channel})
    recorded[posting.channel] = posting.posted_at
    if is_complete(recorded, rules):
        survey.synchronous = is_synchronous(recorded.values())
        await _publish(deed, survey)


async def _publish(deed: Deed, survey: Survey) -> None:
    survey.state = advance(survey.state, SurveyAction.PUBLISH)
    survey.published_at = deed.at
    record(deed, survey, "survey.published")
    state = public_state(survey)
    publish(deed.session, SatisfactionPublished(survey=state), actor=deed.actor, at=deed.at)
    await enter_score(deed, survey)


def public_state(survey: Survey) -> SatisfactionState:
    """Of a published survey."""
    columns = set(SatisfactionState.model_fields) - {"questionnaire"}
    told = {name: getattr(survey, name) for name in columns}
    return SatisfactionState(**told, questionnaire=survey.rulebook)


def _row(deed: Deed, survey: Survey, posting: Posting) -> SurveyPublication:
    return SurveyPublication(
        survey_id=survey.id,
        **vars(posting),
        recorded_by=deed.actor.id,
        recorded_at=deed.at,
    )
