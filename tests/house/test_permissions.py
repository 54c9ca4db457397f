"""The permission matrix: every end against every operation (A02-A07, lifecycle 3.9).

Everybody calls with an empty body: an answer about the body means that every guard was passed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from shared.identity import End
from tests.house.callers import CONCERNED, EVALUATOR, OTHERS
from tests.house.evaluation_rows import OF_EVALUATORS, OF_EVERYBODY
from tests.house.hub import Hub, absent, played_hub
from tests.house.operations import Operation, operations
from tests.house.permissions import ROWS, SIGNED, WITHOUT_TOKEN, lines
from tests.servers import Databases

REFUSED = {401, 403, 404}
BY_NAME = {str(operation): operation for operation in operations()}
OWN_THINGS = (
    *("case_id", "complaint_id", "visit_id", "survey_id"),
    *("message_id", "package_id", "binding_id"),
    *("endpoint_id", "delivery_id"),
)


def every(*wanted: Operation) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("operation", wanted, ids=str)


GUARDED = [each for each in operations() if str(each) in ROWS]
PARTICULAR = [each for each in GUARDED if each.names]
PRIVATE = [each for each in GUARDED if set(each.names) & set(OWN_THINGS)]
LISTS = [each for each in GUARDED if each.method == "GET" and not each.names]


@pytest.fixture(scope="module")
async def hub(postgres: Databases) -> AsyncIterator[Hub]:
    async with played_hub(postgres) as hub:
        yield hub


def test_every_operation_has_one_row_and_every_row_an_operation() -> None:
    declared = [*ROWS, *lines(SIGNED), *lines(WITHOUT_TOKEN)]
    assert len(set(declared)) == len(declared)
    assert set(declared) == set(BY_NAME)


def test_what_asks_for_no_token_is_declared_to_need_none() -> None:
    open_to_all = {name for name, operation in BY_NAME.items() if not operation.asks_for_token}
    assert open_to_all == {*lines(SIGNED), *lines(WITHOUT_TOKEN)}


@every(*GUARDED)
async def test_nobody_gets_in_without_a_token(hub: Hub, operation: Operation) -> None:
    answer = await hub.call(operation, hub.own[End.CENTRE], None)
    assert answer.status_code == 401


@every(*GUARDED)
async def test_an_end_without_a_row_is_refused_even_its_own_case(
    hub: Hub, operation: Operation
) -> None:
    for end in set(CONCERNED) - ROWS[str(operation)]:
        for actor in CONCERNED[end]:
            answer = await hub.call(operation, hub.own[end], actor)
            assert answer.status_code in REFUSED, f"{end}: {answer.text}"


@every(*GUARDED)
async def test_an_end_with_a_row_is_not_refused_for_being_that_end(
    hub: Hub, operation: Operation
) -> None:
    passed = False
    for end in ROWS[str(operation)]:
        answers = [await hub.call(operation, hub.own[end], each) for each in CONCERNED[end]]
        assert not all(_refused_by_end(answer) for answer in answers), end
        assert all(answer.status_code < 500 for answer in answers), end
        passed = passed or any(answer.status_code not in {401, 403} for answer in answers)
    assert passed, "the row lets nobody in"


@every(*PRIVATE)
async def test_what_concerns_somebody_else_is_not_there(hub: Hub, operation: Operation) -> None:
    for end, others in OTHERS.items():
        for actor in others:
            answer = await hub.call(operation, hub.concerned, actor)
            assert answer.status_code in REFUSED, f"{end}: {answer.text}"


@every(*LISTS)
async def test_no_list_tells_of_what_concerns_somebody_else(hub: Hub, operation: Operation) -> None:
    for end, others in OTHERS.items():
        for actor in others:
            answer = await hub.call(operation, {}, actor)
            told = [name for name in OWN_THINGS if hub.concerned[name] in answer.text]
            assert not told, f"{end}: {answer.text}"


@every(*PARTICULAR)
async def test_what_does_not_exist_is_found_by_nobody(hub: Hub, operation: Operation) -> None:
    for end in ROWS[str(operation)]:
        for actor in CONCERNED[end]:
            answer = await hub.call(operation, absent(operation), actor)
            assert answer.status_code in REFUSED, f"{end}: {answer.text}"


@every(*(each for each in GUARDED if str(each) not in lines(OF_EVALUATORS + OF_EVERYBODY)))
async def test_an_evaluator_does_nothing_but_import(hub: Hub, operation: Operation) -> None:
    """E22: refused, or told of nothing."""
    answer = await hub.call(operation, hub.concerned, EVALUATOR)
    assert answer.status_code in REFUSED or not _tells(answer), answer.text


@pytest.mark.parametrize("name", lines(SIGNED))
async def test_a_callback_is_let_in_by_its_signature_alone(hub: Hub, name: str) -> None:
    for actor in (None, *(each for actors in CONCERNED.values() for each in actors)):
        answer = await hub.call(BY_NAME[name], {}, actor)
        assert answer.status_code == 401


def _refused_by_end(answer: httpx.Response) -> bool:
    """Refused by a guard that looks at nothing but who calls, e.g. OWNERS_ONLY."""
    if answer.status_code == 401:
        return True
    return answer.status_code == 403 and answer.json()["code"].endswith("_ONLY")


def _tells(answer: httpx.Response) -> bool:
    """Whether a list has anything in it; what is no list always tells."""
    told = answer.json()
    return bool(told.get("items", told) if isinstance(told, dict) else told)
