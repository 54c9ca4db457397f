"""X09, T07: a reporter asks to be joined to a neighbour's complaint; a dispatcher decides."""

from __future__ import annotations

from uuid import UUID

from shared.contracts import routing as said
from tests.routing.drama import HOMESTEAD, Drama
from tests.routing.voices.choir import DISPATCHER, LIFT, SMELL, complain


async def test_a_wish_is_on_the_dispatchers_list_however_alike(drama: Drama) -> None:
    """X09: the two share no words; the reason is that the reporter asked. Then merged (T07)."""
    first = await complain(drama, 1, LIFT)
    second = await complain(drama, 2, SMELL, joins=first)
    (pair,) = (await drama.see(DISPATCHER, "/duplicates"))["items"]
    into = await drama.case_of(first)
    assert UUID(pair["into"]["id"]) == into
    assert pair["evidence"]["asked_by_reporter"] is True
    body = {"into": str(into), "reason": "业主要求一并办理"}
    await drama.act(DISPATCHER, await drama.case_of(second), "merge", body)
    assert await drama.case_of(second) == into
    assert (await drama.stage.said(said.ComplaintsJoined))[-1].joined == (second,)


async def test_what_resembles_without_a_wish_says_so(drama: Drama) -> None:
    await complain(drama, 1, LIFT)
    await complain(drama, 2, LIFT)
    (pair,) = (await drama.see(DISPATCHER, "/duplicates"))["items"]
    assert pair["evidence"]["asked_by_reporter"] is False


async def test_a_wish_for_what_cannot_be_joined_is_no_proposal(drama: Drama) -> None:
    """X15: an anonymous one stays apart; another estate's complaint is none of this one."""
    anonymous = await complain(drama, 1, LIFT, anonymous=True)
    elsewhere = await complain(drama, 1, LIFT, place=HOMESTEAD)
    for wish in (anonymous, elsewhere):
        await complain(drama, 2, SMELL, joins=wish)
    asked = "(evidence->>'asked_by_reporter')::bool"
    assert await drama.stage.count("duplicate_proposal", asked) == 0
