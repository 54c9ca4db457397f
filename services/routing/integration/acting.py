"""From a signed message to the command that a person would have given."""

from __future__ import annotations

from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.sign import sign
from services.routing.cases.commands.submit import Result, submit_result
from services.routing.cases.domain.policies import Policy, may_sign, may_submit
from services.routing.cases.guards import NotYourTask
from services.routing.cases.queries import CaseNotFound, load, visible_to
from services.routing.cases.tables import Case
from services.routing.court.commands.delegate import delegate_back
from services.routing.court.commands.follow_court import (
    conclude,
    file_in_court,
    refuse_other_number,
)
from services.routing.court.numbers import printed_number
from services.routing.court.queries import matter_for_court
from services.routing.court.tables import JudicialMatter
from services.routing.integration.guards import SignedCallback
from services.routing.integration.schemas import (
    CallbackOut,
    ConcludedIn,
    CourtCallback,
    DecidedIn,
    DelegatedIn,
    DepartmentCallback,
    FiledIn,
    ResultIn,
    SignedIn,
)
from services.routing.joint.commands.finish import file_result
from services.routing.joint.domain.policies import may_file
from services.routing.joint.queries import latest_joint
from services.routing.mediation.commands.confirm import decide
from services.routing.mediation.queries import application_for_court, latest
from services.routing.mediation.tables import Application
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import CaseStatus


async def act_for_department(callback: SignedCallback, message: DepartmentCallback) -> CallbackOut:
    """T11, T22, T24: as an officer of the department would."""
    on = callback.on
    match message:
        case SignedIn():
            file = await _case(on, message.case_number, may_sign)
            await sign(on, file)
        case ResultIn():
            file = await _hand_in(on, message)
    return _answer(on, file)


async def act_for_court(callback: SignedCallback, message: CourtCallback) -> CallbackOut:
    """T35, T36, T39, T41, T42: as a clerk of the court would."""
    on = callback.on
    match message:
        case FiledIn():
            file, matter = await _matter(callback, message.package_number)
            await file_in_court(on, file, matter, message.case_number_court)
        case DelegatedIn():
            file, matter = await _matter(callback, message.package_number)
            await refuse_other_number(on, file, matter, message.case_number_court)
            await delegate_back(on, file, matter, message.procedure)
        case ConcludedIn():
            file, matter = await _matter(callback, message.package_number)
            await conclude(on, file, matter, message.case_number_court, message.result)
        case DecidedIn():
            file = await _decide(callback, message)
    return _answer(on, file)


async def _hand_in(on: Occasion, message: ResultIn) -> CaseFile:
    """A member's own result while departments act jointly, else the result of the case."""
    result = Result(message.result_code, message.text, message.proof)
    file = await _case(on, message.case_number, may_file)
    if file.case.status is CaseStatus.JOINT:
        await file_result(on, await latest_joint(on.session, file), result)
        return file
    if not may_submit(on.actor, file.standing):
        raise NotYourTask
    await submit_result(on, file, result)
    return file


async def _case(on: Occasion, number: str, policy: Policy) -> CaseFile:
    file = await load(on.session, col(Case.number) == number, visible_to(on.actor))
    if file is None:
        raise CaseNotFound
    if not policy(on.actor, file.standing):
        raise NotYourTask
    return file


async def _matter(callback: SignedCallback, number: str) -> tuple[CaseFile, JudicialMatter]:
    session = callback.on.session
    addressed = col(JudicialMatter.package_number) == number
    matter = await matter_for_court(session, callback.organisation_id, addressed)
    file = await _locked(callback.on, matter)
    return file, matter


async def _decide(callback: SignedCallback, message: DecidedIn) -> CaseFile:
    on = callback.on
    addressed = col(Application.number) == message.application_number
    application = await application_for_court(on.session, callback.organisation_id, addressed)
    file = await _locked(on, application)
    number = message.case_number_court
    if number is not None:
        number = await printed_number(on, file, callback.organisation_id, number)
    mediation = await latest(on.session, file)
    await decide(on, mediation, application, message.result, number)
    return file


async def _locked(on: Occasion, row: JudicialMatter | Application) -> CaseFile:
    """The case of a court's matter, locked; the row as it is under that lock."""
    file = await load(on.session, col(Case.id) == row.case_id)
    assert file is not None, "a matter has a case"
    await on.session.refresh(row)
    return file


def _answer(on: Occasion, file: CaseFile) -> CallbackOut:
    case = file.case
    return CallbackOut(
        case_number=case.number, state=case.status, version=case.version, received_at=on.now
    )
