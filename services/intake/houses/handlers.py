"""What houses hear: estates as routing's directory changes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from services.intake.houses.tables import Building, Estate, House
from services.intake.subscriptions import subscriptions
from shared.contracts.directory import EstateChanged, EstateState
from shared.messaging import Reception, keep_newest

Row = dict[str, Any]


@subscriptions.batch(EstateChanged)
async def copy_estates(receptions: Sequence[Reception[EstateChanged]]) -> None:
    """Houses an estate no longer has stay behind with an older version than its own."""
    session = receptions[0].session
    states = [reception.event.estate for reception in receptions]
    await keep_newest(session, Estate, [_estate(state) for state in states])
    await keep_newest(session, Building, [row for state in states for row in _buildings(state)])
    await keep_newest(session, House, [row for state in states for row in _houses(state)])


def _estate(state: EstateState) -> Row:
    return {
        "id": str(state.id),
        "version": state.version,
        "display_name": state.display_name,
        "division": state.division,
        "households": state.households,
        "contracts": [contract.model_dump(mode="json") for contract in state.contracts],
    }


def _buildings(state: EstateState) -> Iterator[Row]:
    for building in state.buildings:
        yield {
            "id": str(building.id),
            "version": state.version,
            "estate_id": str(state.id),
            "number": building.number,
            "grid_code": building.grid_code,
        }


def _houses(state: EstateState) -> Iterator[Row]:
    for building in state.buildings:
        for house in building.houses:
            yield {
                "id": str(house.id),
                "version": state.version,
                "estate_id": str(state.id),
                "building_id": str(building.id),
                "unit": house.unit,
                "room": house.room,
            }
