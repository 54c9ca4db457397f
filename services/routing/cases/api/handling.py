"""What staff do to cases: each POST takes an Idempotency-Key and answers with the case."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered
from services.routing.cases.commands.dispatch import Wish, dispatch
from services.routing.cases.commands.grade import Judgement, grade
from services.routing.cases.commands.progress import Note, progress
from services.routing.cases.commands.reopen import decide_on_reopening
from services.routing.cases.commands.review import approve, give_interim_feedback, reject
from services.routing.cases.commands.sign import sign
from services.routing.cases.commands.submit import Result, submit_result
from services.routing.cases.guards import (
    CaseToDispatch,
    CaseToGrade,
    CaseToInform,
    CaseToNote,
    CaseToReopen,
    CaseToReview,
    CaseToSign,
    CaseToSubmit,
)
from services.routing.cases.schemas import (
    CaseSummary,
    DispatchIn,
    GradingIn,
    InterimFeedbackIn,
    ProgressIn,
    ReopeningIn,
    ResultIn,
    ReviewIn,
)
from services.routing.deed import DeedDep

router = APIRouter(prefix="/cases/{case_id}", tags=["cases"])


@router.post("/grading", response_model=CaseSummary)
async def set_grade(file: CaseToGrade, body: GradingIn, deed: DeedDep) -> Response:
    """T09 before the dispatch, T30 after it: category and grade, with the reason."""
    judgement = Judgement(body.category or file.case.category, body.grade, body.reason)
    return await answered(deed, file, lambda: grade(deed.on, file, judgement))


@router.post("/dispatch", response_model=CaseSummary)
async def send(file: CaseToDispatch, body: DispatchIn, deed: DeedDep) -> Response:
    """T10: by map, or to the unit or person named; never to somebody with a stake (A13)."""
    wish = Wish(body.organisation_id, body.person_id)
    return await answered(deed, file, lambda: dispatch(deed.on, file, wish))


@router.post("/signature", response_model=CaseSummary)
async def take(file: CaseToSign, deed: DeedDep) -> Response:
    """T11: the assignee takes the case."""
    return await answered(deed, file, lambda: sign(deed.on, file))


@router.post("/progress", response_model=CaseSummary)
async def note(file: CaseToNote, body: ProgressIn, deed: DeedDep) -> Response:
    """T14: what was done; a public note is shown to the owner."""
    written = Note(body.text, body.public)
    return await answered(deed, file, lambda: progress(deed.on, file, written))


@router.post("/result", response_model=CaseSummary)
async def hand_in_result(file: CaseToSubmit, body: ResultIn, deed: DeedDep) -> Response:
    """T24: the result, for review by somebody else."""
    result = Result(body.result_code, body.text, body.proofs)
    return await answered(deed, file, lambda: submit_result(deed.on, file, result))


@router.post("/review", response_model=CaseSummary)
async def judge_result(file: CaseToReview, body: ReviewIn, deed: DeedDep) -> Response:
    """T25 feeds back to the owner, T26 returns to the assignee."""
    if body.decision == "APPROVE":
        return await answered(deed, file, lambda: approve(deed.on, file, body.reply))
    return await answered(deed, file, lambda: reject(deed.on, file, body.reason))


@router.post("/interim-feedback", response_model=CaseSummary)
async def inform(file: CaseToInform, body: InterimFeedbackIn, deed: DeedDep) -> Response:
    """CK-05: tells the owner how far it is."""
    return await answered(
        deed, file, lambda: give_interim_feedback(deed.on, file, body.reply, body.reason)
    )


@router.post("/reopening", response_model=CaseSummary)
async def decide_reopening(file: CaseToReopen, body: ReopeningIn, deed: DeedDep) -> Response:
    """T32, T33: the case comes back; or X35: the owner is told finally why it does not."""
    return await answered(
        deed, file, lambda: decide_on_reopening(deed.on, file, body.decision, body.reason)
    )
