"""Grids are drawn and get their leader and workers (A02, A05, B20)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from services.routing.directory.commands.estates import community_code
from services.routing.directory.commands.telling import tell_of_staff
from services.routing.directory.commands.versions import check_version
from services.routing.directory.domain.accounts import NotAGridLeader, NotAGridWorker
from services.routing.directory.domain.places import check_grid_code
from services.routing.directory.domain.policies import leads_grids, works_in_grids
from services.routing.directory.errand import Errand
from services.routing.directory.states import grid_state
from services.routing.directory.tables import Grid, GridWorker, Staff
from shared.contracts.directory import GridChanged
from shared.errors import Conflict


class GridCodeTaken(Conflict):
    """There is already a grid with this code."""

    code = "GRID_CODE_TAKEN"
    chinese = "该网格代码已存在。"


async def add_grid(errand: Errand, grid: Grid, worker_ids: Sequence[UUID]) -> Grid:
    """Raises NotACommunity, GridCodeNotOfCommunity, NotAGridWorker …"""
    errand.require(grid.code)
    community = await community_code(errand, grid.community_id)
    check_grid_code(grid.code, community, own_digits=errand.rulebook.divisions.grid_digits)
    people = await _people(errand, grid.leader_id, worker_ids)
    errand.session.add(grid)
    await errand.settle({"uq_grid_code": GridCodeTaken})
    await _put_workers(errand, grid, worker_ids)
    await _tell(errand, grid, people, "grid.added")
    return grid


async def staff_grid(
    errand: Errand, grid: Grid, leader_id: UUID | None, worker_ids: Sequence[UUID], *, version: int
) -> Grid:
    """Replaces leader and workers; who left and who came is told of as well."""
    errand.require(grid.code)
    check_version(grid.version, version)
    before = {*(await _worker_ids(errand, grid)), *_present(grid.leader_id)}
    after = await _people(errand, leader_id, worker_ids)
    grid.version += 1
    grid.leader_id = leader_id
    await _put_workers(errand, grid, worker_ids)
    await _tell(errand, grid, before | after, "grid.staffed")
    return grid


async def _people(errand: Errand, leader_id: UUID | None, worker_ids: Sequence[UUID]) -> set[UUID]:
    """Everybody concerned. Raises NotAGridLeader or NotAGridWorker."""
    rows = await errand.session.execute(
        select(Staff).where(col(Staff.id).in_([*worker_ids, *_present(leader_id)]))
    )
    staff = {row.id: row for row in rows.scalars() if row.active}
    if leader_id and not (leader_id in staff and leads_grids(staff[leader_id].roles)):
        raise NotAGridLeader
    if not all(id in staff and works_in_grids(staff[id].roles) for id in worker_ids):
        raise NotAGridWorker
    return set(staff)


async def _put_workers(errand: Errand, grid: Grid, worker_ids: Sequence[UUID]) -> None:
    await errand.session.execute(delete(GridWorker).where(col(GridWorker.grid_id) == grid.id))
    errand.session.add_all(
        GridWorker(grid_id=grid.id, staff_id=id, position=position)
        for position, id in enumerate(dict.fromkeys(worker_ids))
    )
    await errand.session.flush()


async def _tell(errand: Errand, grid: Grid, people: Collection[UUID], action: str) -> None:
    errand.tell(GridChanged(grid=await grid_state(errand.session, grid)), action)
    rows = await errand.session.execute(
        select(Staff)
        .where(col(Staff.id).in_(people))
        .order_by(col(Staff.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for staff in rows.scalars():
        staff.version += 1
        await tell_of_staff(errand, staff, "staff.grids_changed")


async def _worker_ids(errand: Errand, grid: Grid) -> list[UUID]:
    rows = await errand.session.execute(
        select(GridWorker.staff_id).where(col(GridWorker.grid_id) == grid.id)
    )
    return list(rows.scalars())


def _present(id: UUID | None) -> tuple[UUID, ...]:
    return (id,) if id else ()
