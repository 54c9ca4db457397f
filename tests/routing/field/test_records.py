"""X22, X43, U27: contacts and persuasions, and what they are good for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from services.routing.field.domain.contacts import in_vain
from shared.contracts import routing as said
from tests.routing.drama import GARDEN, NOISE, Drama, at
from tests.routing.field.device import COMPANY, LEADER, OTHER_WORKER, STREET, WORKER, Device
from tests.routing.field.pictures import jpeg


async def test_three_persuasions_make_three_lines(drama: Drama, device: Device) -> None:
    """X43: who, when, what; printed in order for the police, each word escaped."""
    case_id = await _handled(drama, device)
    for number in range(3):
        drama.stage.clock.advance(timedelta(minutes=30))
        device.persuasion(case_id, persons=f"<b>住户{number}</b>", what=f"第{number}次劝导")
    await device.send()
    shown = await drama.see(WORKER, f"/cases/{case_id}/persuasions")
    assert [each["what"] for each in shown["items"]] == ["第0次劝导", "第1次劝导", "第2次劝导"]
    page = await drama.read(WORKER, f"/cases/{case_id}/persuasions/print")
    assert page.headers["content-type"].startswith("text/html")
    assert "no-store" in page.headers["cache-control"]
    assert page.text.count("次劝导</td>") == 3
    assert "共 3 次" in page.text
    assert "<b>" not in page.text
    assert "&lt;b&gt;住户0&lt;/b&gt;" in page.text
    rows = await drama.rows("SELECT persons, what FROM persuasion")
    assert not any("住户" in row["persons"] or "劝导" in row["what"] for row in rows)


async def test_persuasion_is_recorded_at_the_desk_as_well(drama: Drama, device: Device) -> None:
    """X43: not by the company, not in a case of another grid, not before it is taken."""
    case_id = await drama.submit(NOISE)
    body = {"at": drama.now.isoformat(), "persons": "张某", "what": "劝其安静"}
    refused = await drama.refused(WORKER, case_id, "persuasions", body)
    assert refused == (409, "ACTION_NOT_POSSIBLE")
    await drama.act(WORKER, case_id, "signature")
    assert (await drama.refused(COMPANY, case_id, "persuasions", body))[0] == 403
    assert (await drama.refused(OTHER_WORKER, case_id, "persuasions", body))[0] == 404
    for actor in (WORKER, LEADER, STREET):
        await drama.act(actor, case_id, "persuasions", body)
    late = body | {"at": (drama.now + timedelta(hours=1)).isoformat()}
    assert await drama.refused(WORKER, case_id, "persuasions", late) == (
        422,
        "MADE_IN_THE_FUTURE",
    )
    assert (await drama.read(COMPANY, f"/cases/{case_id}/persuasions")).status_code == 403
    assert (await drama.read(OTHER_WORKER, f"/cases/{case_id}/persuasions")).status_code == 404


async def test_persuasion_at_the_desk_names_its_photographs(drama: Drama, device: Device) -> None:
    """X43: as one that was made offline does."""
    case_id = await _handled(drama, device)
    photo_id = str(uuid4())
    await device.upload(photo_id, jpeg())
    body = {"at": drama.now.isoformat(), "persons": "张某", "what": "劝其安静"}
    await drama.act(WORKER, case_id, "persuasions", body | {"photos": [photo_id]})
    (shown,) = (await drama.see(WORKER, f"/cases/{case_id}/photos"))["items"]
    assert (shown["id"], shown["arrived"], shown["kind"]) == (photo_id, True, "persuasion")


async def test_persuasion_that_failed_proposes_medium(drama: Drama, device: Device) -> None:
    """U27: of a minor noise; a person decides, and afterwards nothing is proposed."""
    case_id = await _handled(drama, device)
    path = f"/cases/{case_id}/persuasions"
    await device.send(device.persuasion(case_id))
    assert (await drama.see(LEADER, path))["proposed_grade"] is None
    await device.send(device.persuasion(case_id, heeded=False))
    assert (await drama.see(LEADER, path))["proposed_grade"] == "MEDIUM"
    await drama.act(LEADER, case_id, "grading", {"grade": "MEDIUM", "reason": "劝导无效"})
    assert (await drama.see(LEADER, path))["proposed_grade"] is None


async def test_contacts_on_record_make_a_party_unreachable(drama: Drama, device: Device) -> None:
    """X22, T17: three contacts on two days, logged in the field; the refusal needs no list."""
    case_id = await _handled(drama, device)
    await device.send(device.make("mediation", case_id))
    for moment in ("2026-03-02 10:00", "2026-03-02 18:00"):
        drama.move_to(moment)
        await device.send(device.contact(case_id, drama.now, house_id=str(GARDEN.house_id)))
    base = (await drama.row(case_id))["version"]
    gone = {"reason": "多次联系无人应答", "unreachable": True, "base": base}
    assert await device.code(device.make("refusal", case_id, **gone)) == "TOO_FEW_CONTACTS"
    drama.move_to("2026-03-03 08:00")
    await device.send(device.contact(case_id, drama.now))
    shown = await drama.see(WORKER, f"/cases/{case_id}/contacts")
    assert shown["in_vain"] == [{"party": "OTHER", "contacts": 3, "days": 2}]
    assert shown["items"][0]["house_id"] == str(GARDEN.house_id)
    assert await device.outcomes(device.make("refusal", case_id, **gone)) == ["APPLIED"]
    assert (await drama.stage.said(said.MediationRefused))[0].unreachable is True
    assert (await drama.row(case_id))["state"] == "HANDLING"
    assert (await drama.clock(case_id, "MEDIATION_START"))["state"] == "MET"


async def test_who_answered_once_was_not_unreachable(drama: Drama, device: Device) -> None:
    """X22: contacts before somebody was reached do not count."""
    case_id = await _handled(drama, device)
    await device.send(device.make("mediation", case_id))
    moments = ("2026-03-02 10:00", "2026-03-02 18:00", "2026-03-03 07:00")
    for moment in moments:
        drama.move_to(moment)
        await device.send(device.contact(case_id, drama.now, reached=moment == moments[1]))
        await device.send(device.contact(case_id, drama.now, party="OWNER"))
    assert (await drama.see(WORKER, f"/cases/{case_id}/contacts"))["in_vain"] == [
        {"party": "OWNER", "contacts": 3, "days": 2},
        {"party": "OTHER", "contacts": 1, "days": 1},
    ]
    body = {"reason": "联系不上", "unreachable": True}
    assert await drama.refused(WORKER, case_id, "mediation/refusal", body) == (
        422,
        "TOO_FEW_CONTACTS",
    )
    told = [{"at": at(moment).isoformat(), "means": "电话"} for moment in moments[1:]]
    few = body | {"contacts": told}
    refused = await drama.refused(WORKER, case_id, "mediation/refusal", few)
    assert refused == (422, "TOO_FEW_CONTACTS"), "the third is on record already"
    await drama.act(WORKER, case_id, "mediation/refusal", body | {"party": "OWNER"})


@pytest.mark.parametrize(
    ("reached", "left"),
    [((), 0), ((False, False), 2), ((False, True), 0), ((True, False), 1)],
)
def test_attempts_in_vain(reached: tuple[bool, ...], left: int) -> None:
    """X22: in whatever order they were written down."""
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    tries = [
        SimpleNamespace(side="OTHER", at=noon + timedelta(hours=hour), reached=each)
        for hour, each in enumerate(reached)
    ]
    assert len(in_vain(reversed(tries), "OTHER")) == left


async def test_a_note_of_a_contact_is_ciphertext(drama: Drama, device: Device) -> None:
    case_id = await _handled(drama, device)
    await device.send(device.contact(case_id, drama.now, note="门卫说外出打工"))
    unknown = device.contact(case_id, drama.now, house_id=str(case_id))
    assert await device.code(unknown) == "UNKNOWN_HOUSE"
    (row,) = await drama.rows("SELECT note, side FROM case_contact")
    assert "门卫" not in row["note"]
    assert row["side"] == "OTHER"
    shown = await drama.see(LEADER, f"/cases/{case_id}/contacts")
    assert shown["items"][0]["note"] == "门卫说外出打工"
    body = {"at": at("2026-03-02 08:00").isoformat(), "means": "上门", "reached": True}
    body["party"] = "OWNER"
    await drama.act(LEADER, case_id, "contacts", body)


async def _handled(drama: Drama, device: Device) -> UUID:
    case_id = await drama.submit(NOISE)
    await device.send(device.sign(case_id))
    return case_id
