"""What a complaint costs routing: counted statements, which no busy machine can blur."""

from __future__ import annotations

import pytest

from tests.routing.costs import counted
from tests.routing.drama import HOMESTEAD, NOISE, POLICE, Drama


@pytest.mark.parametrize("size", [1, 50])
async def test_statements_of_a_batch(drama: Drama, size: int) -> None:
    """From inbox to outbox: a complaint alone takes ten, fifty of one place as many."""
    submissions = [drama.submission(NOISE) for _ in range(size)]
    with counted(drama) as statements:
        await drama.stage.host.consumer.receive(drama.stage._deliveries(submissions, None))
    assert await drama.stage.count("cases") == size
    assert len(statements) <= 10, statements


async def test_each_further_place_costs_one_look_up(drama: Drama) -> None:
    submissions = [drama.submission(NOISE), drama.submission(NOISE, place=HOMESTEAD)]
    submissions.append(drama.submission(POLICE))
    with counted(drama) as statements:
        await drama.stage.host.consumer.receive(drama.stage._deliveries(submissions, None))
    assert len(statements) <= 11, statements
