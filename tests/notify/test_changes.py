"""What changed since somebody looked: no gap though commits come out of order, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.changes.domain.cursor import Cursor
from services.notify.changes.domain.snapshot import LARGEST, Snapshot
from services.notify.changes.reading import changes, snapshot
from tests.samples import OWNER
from tests.stage import START, Stage

WRITE = text("""
    INSERT INTO message (id, event_id, event_type, notification, recipient_kind, recipient_id,
        title, body, template, card, channels, quiet, state, step, tries, taken, deliver_after,
        created_at)
    VALUES (:id, :id, 'x', 'N06', 'OWNER', :owner, 't', '', 'PROGRESS', '{}', '{}', false,
        'DELIVERED', 0, 0, false, :at, :at)
""")


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    low = draw(st.integers(0, LARGEST - 200))
    high = low + draw(st.integers(0, 100))
    inside = st.sets(st.integers(low, high - 1), max_size=5) if high > low else st.just(set())
    return Snapshot(low, high, frozenset(draw(inside)))


@given(snapshots(), snapshots(), st.integers(0, LARGEST), st.uuids())
def test_a_cursor_is_read_as_it_was_written(
    since: Snapshot, until: Snapshot, transaction: int, message: UUID
) -> None:
    for cursor in (Cursor(since), Cursor(since, until, (transaction, message))):
        assert Cursor.parse(cursor.text) == cursor
        assert cursor.text.isascii()
        assert "\n" not in cursor.text


@pytest.mark.parametrize(
    "text", ["", "x", "1:2", "3:2:", "1:5:9", "1:99999999999999999999:", "1:2:;1:2:", "é", "MTox"]
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — whoever reads it makes the problem of it
        Cursor.parse(text)


def test_a_snapshot_sees_what_had_ended() -> None:
    looked = Snapshot.parse("10:15:11,13")
    assert [number for number in range(8, 17) if looked.sees(number)] == [8, 9, 10, 12, 14]


async def written(session: AsyncSession) -> UUID:
    message = uuid4()
    await session.execute(WRITE, {"id": message, "owner": OWNER, "at": START})
    return message


async def read(stage: Stage, cursor: Cursor, limit: int = 100) -> tuple[Sequence[UUID], Cursor]:
    async with stage.host.runtime.database.transaction() as session:
        found = await changes(session, [OWNER], cursor, limit)
    return [message.id for message in found.messages], found.cursor


async def beginning(stage: Stage) -> Cursor:
    async with stage.host.runtime.database.transaction() as session:
        return Cursor(await snapshot(session))


async def test_who_commits_late_is_not_missed(stage: Stage) -> None:
    """The first to write is the last to commit: its number is below what has been shown."""
    cursor, database = await beginning(stage), stage.host.runtime.database
    async with database.transaction() as slow:
        late = await written(slow)
        async with database.transaction() as quick:
            early = await written(quick)
        seen, cursor = await read(stage, cursor)
        assert seen == [early]
    seen, cursor = await read(stage, cursor)
    assert seen == [late]
    assert (await read(stage, cursor))[0] == []


async def test_a_page_ends_in_the_middle_and_goes_on_there(stage: Stage) -> None:
    start, database = await beginning(stage), stage.host.runtime.database
    async with database.transaction() as session:
        first = {await written(session) for _ in range(5)}
    async with database.transaction() as slow:
        late = await written(slow)
        shown, cursor = await read(stage, start, limit=2)
    async with database.transaction() as session:
        last = await written(session)
    while True:
        seen, following = await read(stage, cursor, limit=2)
        shown = [*shown, *seen]
        if not seen and following == cursor:
            break
        cursor = following
    assert len(shown) == 7, "nothing twice"
    assert set(shown[:5]) == first
    assert set(shown[5:]) == {late, last}


async def test_every_event_knows_what_comes_after_it(stage: Stage) -> None:
    start, database = await beginning(stage), stage.host.runtime.database
    async with database.transaction() as session:
        for _ in range(4):
            await written(session)
    async with database.transaction() as session:
        found = await changes(session, [OWNER], start, 100)
    everything = [message.id for message in found.messages]
    for number, cursor in enumerate(found.cursors(start), 1):
        assert (await read(stage, cursor))[0] == everything[number:]
