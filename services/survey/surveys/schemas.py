"""Request and response bodies of surveys; those of visits are in visit_schemas.py beside this."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.survey.credit.domain.standing import Standing
from services.survey.surveys.domain.answers import Mode
from services.survey.surveys.domain.lifecycle import Invalidity, SurveyStatus
from services.survey.surveys.visit_schemas import LevelsIn
from services.survey.times import Moment
from shared.contracts.vocabulary import Relation
from shared.web.body import Body


class SurveyIn(Body):
    """`period` as the rulebook's cycle asks, e.g. 2026-H1; answers are taken to the end of the
    day `ends_on`.
    """

    estate_id: UUID
    period: Annotated[str, Field(min_length=4, max_length=10)]
    ends_on: date


class VoidingIn(Body):
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class PublicationIn(Body):
    """E05: `proof` is the number of a document or the address of a photograph."""

    channel: Annotated[str, Field(min_length=1, max_length=40)]
    posted_at: AwareDatetime
    proof: Annotated[str, Field(min_length=1, max_length=300)]


class HomeAnswerIn(Body):
    """One level per dimension of the questionnaire, for the household of a home of yours."""

    house_id: UUID
    levels: LevelsIn


class ResultOut(BaseModel):
    """The same figures for everybody. `averages` per dimension are absent where they would tell
    what single households answered.
    """

    households: int
    visited: int
    answers: int
    coverage: Decimal
    score: Decimal
    averages: dict[str, Decimal] | None
    synchronous: bool | None


class SurveyOut(BaseModel):
    """`questionnaire` is the version to ask for at `/questionnaires/{version}`; `result` is there
    once published, for those who conduct the survey once counted. `standing` says of one that
    is published how the credit file holds it: valid, disputed, upheld or revoked (E28).
    """

    id: UUID
    version: int
    state: SurveyStatus
    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID
    period: str
    ends_on: date
    questionnaire: str
    opened_at: Moment | None
    closed_at: Moment | None
    published_at: Moment | None
    invalid_because: Invalidity | None
    result: ResultOut | None
    standing: Standing | None


class ProgressOut(BaseModel):
    """How far the survey has come, in households; for those who conduct it."""

    households: int
    visited: int
    answered: int
    coverage: Decimal
    coverage_at_least: Decimal


class HomeOut(BaseModel):
    """A home of yours: whether its household has answered, when and how; `levels` if it was you."""

    house_id: UUID
    answered_at: Moment | None
    mode: Mode | None
    relation: Relation | None
    levels: dict[str, int] | None


class PostingOut(BaseModel):
    """`proof` is for those who conduct the survey."""

    channel: str
    posted_at: Moment
    proof: str | None


class SurveyDetail(SurveyOut):
    """`progress` and drafts of a publication for staff, `homes` for residents."""

    progress: ProgressOut | None
    homes: list[HomeOut]
    publications: list[PostingOut]


class DimensionOut(BaseModel):
    code: str
    chinese: str
    weight: Decimal
    named_by_letter: bool
    question: str


class ScaleStepOut(BaseModel):
    level: int
    chinese: str


class QuestionnaireOut(BaseModel):
    """The questionnaire of one version of the rulebook (E04, U02)."""

    version: str
    in_force: bool
    title: str
    introduction: str
    dimensions: list[DimensionOut]
    scale: list[ScaleStepOut]


class QuestionnairesOut(BaseModel):
    """Oldest first."""

    items: list[QuestionnaireOut]
