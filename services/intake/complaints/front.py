"""Filing from the request to the receipt, without what a framework does around a request: the desk
takes less time for a complaint than that (docs/performance.md).
"""

from __future__ import annotations

from fastapi import Request, Response

from services.intake.complaints.filing import FilingDesk, prepare
from services.intake.complaints.raw_body import read_body
from services.intake.complaints.receipts import answer_with, mini_program
from services.intake.complaints.reporter import reporter_of
from services.intake.complaints.schemas import Submission


async def filed_by_owner(request: Request) -> Response:
    """The receipt. Raises what the reporter, the body or the desk refuses."""
    reporter = reporter_of(request)
    runtime = reporter.runtime
    draft = (await read_body(request, Submission)).draft()
    door = mini_program(reporter.actor, reporter.key, draft, reporter.address)
    filing = prepare(runtime, draft, door)
    filed = await runtime.part(FilingDesk).hand_in(filing)
    return answer_with(runtime, filed, draft, with_code=draft.anonymous, calls=filing.calls)
