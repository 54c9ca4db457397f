"""What a worker did not see: shown, and not overwritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.cases.domain.lifecycle import Action
from services.routing.field.domain.conflicts import AGAINST, standing_against
from services.routing.field.domain.operations import Kind, in_order
from tests.routing.drama import NOISE, Drama, owner
from tests.routing.field.device import LEADER, STREET, Device

ADDING = (Kind.PROGRESS, Kind.CONTACT, Kind.PERSUASION, Kind.FINDING)


@pytest.mark.parametrize("kind", ADDING)
def test_what_only_adds_never_conflicts(kind: Kind) -> None:
    changes = [SimpleNamespace(action=action.name) for action in Action]
    assert standing_against(kind, changes) == []


@pytest.mark.parametrize("kind", sorted(AGAINST))
def test_what_decides_conflicts_with_a_case_that_went_elsewhere(kind: Kind) -> None:
    """Dispatched anew, regraded, suspended, merged: but not reminded, warned or noted."""
    for action in (Action.DISPATCH, Action.REGRADE, Action.SUSPEND, Action.MERGE):
        assert standing_against(kind, [SimpleNamespace(action=action.name)])
    for action in (Action.PROGRESS, Action.WARN, Action.BREACH, Action.URGE):
        assert not standing_against(kind, [SimpleNamespace(action=action.name)])


MOMENTS = st.integers(0, 5).map(lambda n: datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=n))


@given(
    st.lists(st.tuples(MOMENTS, st.sampled_from(list(Kind)))).flatmap(
        lambda made: st.tuples(st.just(made), st.permutations(made))
    )
)
def test_any_order_of_arrival_is_the_same_order(
    both: tuple[list[tuple[datetime, Kind]], list[tuple[datetime, Kind]]],
) -> None:
    """A02: by the time of making; in one second by what follows from what."""
    orders = [[(each.made_at, each.kind) for each in in_order(map(_made, made))] for made in both]
    assert orders[0] == orders[1]
    assert [made_at for made_at, _ in orders[0]] == sorted(made_at for made_at, _ in orders[0])


def _made(what: tuple[datetime, Kind]) -> SimpleNamespace:
    return SimpleNamespace(made_at=what[0], kind=what[1])


async def test_the_conflict_shows_what_happened(drama: Drama, device: Device) -> None:
    """The leader regraded meanwhile: the case as it is, and who did what since."""
    case_id = await drama.submit(NOISE)
    sign = device.sign(case_id)
    drama.stage.clock.advance(timedelta(minutes=5))
    await drama.act(LEADER, case_id, "grading", {"grade": "MEDIUM", "reason": "三次劝导无效"})
    for _ in range(2):
        (answer,) = await device.send(sign)
        assert answer["outcome"] == "CONFLICT"
        assert answer["problem"]["code"] == "CASE_CHANGED"
        assert [(each["action"], each["row"]) for each in answer["changes"]] == [("REGRADE", "T30")]
        assert answer["case"]["grade"] == "MEDIUM"
        assert answer["case"]["version"] == (await drama.row(case_id))["version"]
    assert await drama.stage.count("field_operation") == 0


async def test_a_word_of_a_party_stands_against_a_session(drama: Drama, device: Device) -> None:
    """X23: the owner refused online while the worker noted a session; adding goes on."""
    case_id = await drama.submit(NOISE)
    device.sign(case_id)
    device.make("mediation", case_id)
    await device.send()
    seen = (await drama.row(case_id))["version"]
    session = device.session(case_id, base=seen)
    refused = {"party": "OWNER", "consent": "REFUSED"}
    await drama.act(owner(), case_id, "mediation/consents", refused)
    note = device.progress(case_id, base=seen)
    assert await device.outcomes(session, note) == ["CONFLICT", "APPLIED"]
    session["base_version"] = (await drama.row(case_id))["version"]
    assert await device.code(session) == "CONSENT_REFUSED", "seen, and still not allowed"


async def test_ones_own_operations_do_not_stand_against_each_other(
    drama: Drama, device: Device
) -> None:
    """All of a day offline has the version that was seen in the morning."""
    case_id = await drama.submit(NOISE)
    operations = [device.sign(case_id), device.progress(case_id), device.result(case_id)]
    assert {each["base_version"] for each in operations} == {3}
    assert await device.outcomes() == ["APPLIED"] * 3


async def test_a_version_that_never_was(drama: Drama, device: Device) -> None:
    case_id = await drama.submit(NOISE)
    assert await device.code(device.sign(case_id, base=4)) == "VERSION_NOT_REACHED"


async def test_the_streets_change_of_another_case_does_not_matter(
    drama: Drama, device: Device
) -> None:
    case_id, other = await drama.submit(NOISE), await drama.submit(NOISE)
    await drama.act(STREET, other, "grading", {"grade": "MEDIUM", "reason": "多次投诉"})
    assert await device.outcomes(device.sign(case_id)) == ["APPLIED"]
    assert isinstance(case_id, UUID)
