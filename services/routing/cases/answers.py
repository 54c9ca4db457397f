"""Every command on a case is answered the same way: with the case after it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Response

from services.routing.cases.casefile import CaseFile
from services.routing.cases.schemas import CaseReceipt, CaseSummary
from services.routing.cases.views import receipt_of, summary_of
from services.routing.deed import Deed

Command = Callable[[], Awaitable[None]]


async def answered(deed: Deed, file: CaseFile, command: Command) -> Response:
    """For staff."""

    async def answer() -> CaseSummary:
        return summary_of(deed.on, file)

    return await deed.answered(command, answer)


async def receipted(deed: Deed, file: CaseFile, command: Command) -> Response:
    """For doors that owners use as well: the state, and nothing of how staff work."""

    async def answer() -> CaseReceipt:
        return receipt_of(file.case)

    return await deed.answered(command, answer)
