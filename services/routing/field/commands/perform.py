"""Every operation ends in the command that the desk uses, behind the same policy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.progress import Note, progress
from services.routing.cases.commands.sign import sign
from services.routing.cases.commands.submit import Result, submit_result
from services.routing.cases.domain.policies import (
    Policy,
    may_note,
    may_see,
    may_sign,
    may_submit,
)
from services.routing.cases.guards import NotYourTask, case_for
from services.routing.cases.views import summary_of
from services.routing.field import operations as made
from services.routing.field.commands.find import find
from services.routing.field.commands.photos import mention
from services.routing.field.commands.record import record_contact, record_persuasion
from services.routing.field.domain.conflicts import (
    CaseChanged,
    VersionNotReached,
    needs_the_version,
    standing_against,
)
from services.routing.field.domain.policies import may_record
from services.routing.field.queries import changes_by_others
from services.routing.field.schemas import ChangeOut
from services.routing.mediation.commands.conclude import agree
from services.routing.mediation.commands.hold import give_up, hold, refuse
from services.routing.mediation.commands.request import Wish, consent, request
from services.routing.mediation.domain.consent import Consent
from services.routing.mediation.domain.policies import may_mediate, may_record_consent, may_request
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.queries import latest
from services.routing.mediation.reading import agreed_of, attempts_of, held_of, refusing_side
from services.routing.occasion import Occasion

Act = Callable[[Occasion, CaseFile, Any], Awaitable[None]]


async def perform(on: Occasion, operation: made.Operation) -> CaseFile:
    """The case after it. Raises CaseChanged, or whatever the command raises."""
    if isinstance(operation, made.FindingOperation):
        file = await find(on, operation)
    else:
        assert isinstance(operation, made.OnCase)
        file = await case_for(may_see)(operation.case_id, on)
        await _refuse_unseen_changes(on, file, operation)
        await ACTS[type(operation)](on, file, operation)
    await mention(on, file.case.id, getattr(operation, "photos", ()), operation.does)
    return file


async def _refuse_unseen_changes(on: Occasion, file: CaseFile, operation: made.OnCase) -> None:
    if operation.base_version > file.case.version:
        raise VersionNotReached(version=file.case.version)
    if operation.base_version == file.case.version or not needs_the_version(operation.does):
        return
    done = await changes_by_others(on.session, file.case.id, operation.base_version, on.actor.id)
    against = standing_against(operation.does, done)
    if against:
        changes = [ChangeOut.model_validate(each, from_attributes=True) for each in against]
        raise CaseChanged(
            case=summary_of(on, file).model_dump(mode="json"),
            changes=[each.model_dump(mode="json") for each in changes],
        )


async def _sign(on: Occasion, file: CaseFile, _: made.SignOperation) -> None:
    _permit(on, file, may_sign)
    await sign(on, file)


async def _progress(on: Occasion, file: CaseFile, told: made.ProgressOperation) -> None:
    _permit(on, file, may_note)
    await progress(on, file, Note(told.text, told.public))


async def _contact(on: Occasion, file: CaseFile, told: made.ContactOperation) -> None:
    _permit(on, file, may_record)
    await record_contact(on, file, told)


async def _persuasion(on: Occasion, file: CaseFile, told: made.PersuasionOperation) -> None:
    _permit(on, file, may_record)
    await record_persuasion(on, file, told)


async def _mediation(on: Occasion, file: CaseFile, told: made.MediationOperation) -> None:
    _permit(on, file, may_request)
    await request(on, file, Wish(told.committee_id, told.mediator_id, told.respondent))


async def _consent(on: Occasion, file: CaseFile, told: made.ConsentOperation) -> None:
    table = await latest(on.session, file)
    if not may_record_consent(on.actor, file.standing, table.mediation, told.party):
        raise NotYourTask
    await consent(on, table, told.party, Consent(told.consent))


async def _session(on: Occasion, file: CaseFile, told: made.SessionOperation) -> None:
    await hold(on, await _table(on, file), held_of(told))


async def _refusal(on: Occasion, file: CaseFile, told: made.RefusalOperation) -> None:
    table = await _table(on, file)
    if told.unreachable:
        await give_up(on, table, attempts_of(told), told.reason, told.party)
    else:
        await refuse(on, table, refusing_side(table, told), told.reason)


async def _agreement(on: Occasion, file: CaseFile, told: made.AgreementOperation) -> None:
    await agree(on, await _table(on, file), agreed_of(told))


async def _result(on: Occasion, file: CaseFile, told: made.ResultOperation) -> None:
    _permit(on, file, may_submit)
    await submit_result(on, file, Result(told.result_code, told.text, told.proofs))


ACTS: Mapping[type[made.OnCase], Act] = {
    made.SignOperation: _sign,
    made.ProgressOperation: _progress,
    made.ContactOperation: _contact,
    made.PersuasionOperation: _persuasion,
    made.MediationOperation: _mediation,
    made.ConsentOperation: _consent,
    made.SessionOperation: _session,
    made.RefusalOperation: _refusal,
    made.AgreementOperation: _agreement,
    made.ResultOperation: _result,
}


def _permit(on: Occasion, file: CaseFile, policy: Policy) -> None:
    if not policy(on.actor, file.standing):
        raise NotYourTask


async def _table(on: Occasion, file: CaseFile) -> MediationFile:
    """The mediation under way, for who may lead it."""
    found = await latest(on.session, file)
    if not may_mediate(on.actor, file.standing, found.mediation):
        raise NotYourTask
    return found
