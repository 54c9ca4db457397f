"""The blank sheet of an agency, with what its contracts let it evaluate."""

from __future__ import annotations

from typing import IO
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from services.survey.copies.names import names_of_organisations
from services.survey.deed import Deed
from services.survey.evaluations.commands.contracting import own_contracts
from services.survey.evaluations.knowing import estates_within
from services.survey.evaluations.template import Line, template


async def blank_sheet(deed: Deed) -> IO[bytes]:
    rules = deed.runtime.rulebooks.in_force_at(deed.at).evaluation
    estates = await estates_within(deed.session, await own_contracts(deed))
    serving = [
        (estate, UUID(contract["company_id"]))
        for estate in estates
        for contract in estate.contracts
    ]
    names = await names_of_organisations(deed.session, {company for _, company in serving})
    lines: list[Line] = [
        (str(estate.id), estate.division, estate.name, str(company), names.get(company, ""))
        for estate, company in serving
    ]
    return await run_in_threadpool(template, rules, lines)
