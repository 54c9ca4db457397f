"""Who must sign in with a one-time code and has none yet sets it up with the password alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.routing.directory.commands.keeping_up import keep_up
from services.routing.directory.errand import Errand
from services.routing.directory.sessions import second_factor
from services.routing.directory.sessions.opening import Attempt, proven, unlocked
from services.routing.directory.sessions.second_factor import is_demanded
from services.routing.directory.tables import Staff
from shared.errors import Conflict
from shared.identity import SYSTEM
from shared.runtime import Runtime


class EnrolmentNotNeeded(Conflict):
    """None of your roles demands a one-time code; set it up once signed in."""

    code = "SECOND_FACTOR_ENROLMENT_NOT_NEEDED"
    chinese = "您的角色不强制使用动态验证码，请登录后自行设置。"


async def begin_enrolment(runtime: Runtime, attempt: Attempt) -> str:
    """A new secret. Raises as `sign_in`, EnrolmentNotNeeded or SecondFactorOn."""
    async with _account(runtime, attempt) as (errand, staff):
        return second_factor.begin(errand, staff)


async def confirm_enrolment(runtime: Runtime, attempt: Attempt) -> None:
    """Raises as `begin_enrolment`, SecondFactorNotBegun or CodeDoesNotMatch."""
    async with _account(runtime, attempt) as (errand, staff):
        second_factor.confirm(errand, staff, attempt.code or "")


@asynccontextmanager
async def _account(runtime: Runtime, attempt: Attempt) -> AsyncIterator[tuple[Errand, Staff]]:
    proof = await proven(runtime, attempt)
    async with runtime.database.transaction() as session:
        errand = Errand(runtime, session, SYSTEM, proof.now)
        staff = await unlocked(errand, proof, attempt)
        await keep_up(errand, staff)
        if not is_demanded(errand, staff):
            raise EnrolmentNotNeeded
        yield errand, staff
