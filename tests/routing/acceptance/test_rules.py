"""The rules of acceptance: why a complaint waits, what a case can do without, and outlives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.acceptance.domain.lifecycle import (
    OPEN,
    DecisionNotPossible,
    PendingAction,
    PendingStatus,
    advance,
    is_possible,
)
from services.routing.acceptance.domain.reasons import (
    Matter,
    Reason,
    asked_at_once,
    is_handleable,
    reasons_to_wait,
)
from services.routing.cases.domain.urging import leads_to_supervision
from services.routing.cases.domain.withdrawing import Remaining, goes_on
from shared.contracts.narrative import Narrative, Proof
from shared.contracts.vocabulary import Channel, Grade
from shared.identifiers import court_case_numbers_in
from shared.rulebook import Rulebook
from shared.settings import RULEBOOKS

BOOK = Rulebook.load(RULEBOOKS / "xianning-2025-07-21")
NUMBER = "（2026）鄂1202民初88号"
PLAIN = Matter(
    channel=Channel.MINI_PROGRAM,
    category="PF01",
    emergency=False,
    place_known=True,
    placed=True,
    narrative=Narrative(title="物业费", text="物业费收得不清不楚，请说明一下。"),
)


def saying(text: str, **changes: object) -> Matter:
    narrative = Narrative(title="物业费", text=text)
    return replace(PLAIN, narrative=narrative, **changes)  # type: ignore[arg-type]


def test_what_is_complete_does_not_wait() -> None:
    """T06: the system accepts it."""
    assert reasons_to_wait(PLAIN, BOOK) == ()


@pytest.mark.parametrize(
    ("text", "known", "waits"),
    [
        ("九个字的一句话啊。", False, True),
        ("十个字的一句话，啊！", False, False),
        ("太短", True, False),
    ],
)
def test_an_unknown_place_needs_words(text: str, known: bool, waits: bool) -> None:
    """T01: estate known, or text of at least ten characters."""
    reasons = reasons_to_wait(saying(text, place_known=known), BOOK)
    assert reasons == ((Reason.PLACE_UNKNOWN,) if waits else ())


@pytest.mark.parametrize(
    ("channel", "category", "proofs", "waits"),
    [
        (Channel.COMPANY, "PF01", (), True),
        (Channel.COMPANY, "PF01", (Proof(item="EVIDENCE", reference="照片1"),), True),
        (Channel.COMPANY, "PF01", (Proof(item="REMINDER", reference="催交函3号"),), False),
        (Channel.COMPANY, "NS01", (), False),
        (Channel.MINI_PROGRAM, "PF01", (), False),
    ],
)
def test_a_company_reminds_first(
    channel: Channel, category: str, proofs: tuple[Proof, ...], waits: bool
) -> None:
    """X21: a fee claim of the company without a reminder; the system asks for it by itself."""
    narrative = PLAIN.narrative.model_copy(update={"proofs": proofs})
    matter = replace(PLAIN, channel=channel, category=category, narrative=narrative)
    reasons = reasons_to_wait(matter, BOOK)
    assert reasons == ((Reason.REMINDER_MISSING,) if waits else ())
    assert asked_at_once(reasons) == (("REMINDER",) if waits else ())


@pytest.mark.parametrize(
    "text",
    [f"此事已起诉，案号{NUMBER}，请处理。", "案号(2026)鄂1202民初88号。", "(2025)鄂0106民终7号"],
)
def test_a_court_number_is_for_a_person(text: str) -> None:
    """X28: of any court, in either kind of brackets."""
    assert reasons_to_wait(saying(text), BOOK) == (Reason.COURT_NUMBER,)
    assert asked_at_once((Reason.COURT_NUMBER,)) == ()


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_a_court_number_is_found_wherever_it_stands(before: str, after: str) -> None:
    """X28."""
    assert NUMBER in court_case_numbers_in(f"{before} {NUMBER} {after}")


def test_words_of_a_final_petition_are_for_a_person() -> None:
    """X28."""
    matter = saying("此前信访事项已终结，但是问题还在。")
    assert reasons_to_wait(matter, BOOK) == (Reason.FINAL_PETITION,)


@pytest.mark.parametrize("channel", [Channel.HOTLINE, Channel.INSPECTION, Channel.COURT_DELEGATED])
def test_some_doors_never_wait(channel: Channel) -> None:
    """T06: read by somebody in office before; a court's own number is no obstacle."""
    matter = saying(f"委托调解{NUMBER}", channel=channel)
    assert reasons_to_wait(matter, BOOK) == ()


def test_danger_never_waits() -> None:
    """X31."""
    assert reasons_to_wait(saying(NUMBER, emergency=True), BOOK) == ()


@pytest.mark.parametrize(
    ("missing", "handleable"),
    [(("EVIDENCE",), True), (("COURT_STATE", "EVIDENCE"), True), (("EVIDENCE", "PLACE"), False)],
)
def test_what_can_be_done_without(missing: tuple[str, ...], handleable: bool) -> None:
    """T04, CK-13: only what is essential refuses."""
    assert is_handleable(missing, BOOK) is handleable


def test_every_reason_and_item_has_a_name() -> None:
    """The desk reads all of them."""
    assert {each.code for each in BOOK.acceptance.reasons} == set(Reason)


@given(st.lists(st.sampled_from(PendingAction), max_size=10))
def test_nothing_leads_out_of_a_decision(actions: list[PendingAction]) -> None:
    """What is refused, accepted or withdrawn stays so; only time that ran out can be forgiven."""
    state = PendingStatus.WAITING
    for action in actions:
        if not is_possible(state, action):
            with pytest.raises(DecisionNotPossible):
                advance(state, action)
            continue
        assert state in OPEN | {PendingStatus.EXPIRED}
        state = advance(state, action)


ALONE = Remaining(
    grade=Grade.SMALL, category="NS01", emergency=False, group_incident=False, standing=0
)


@pytest.mark.parametrize(
    ("remaining", "on"),
    [
        (ALONE, False),
        (replace(ALONE, grade=Grade.MEDIUM), False),
        (replace(ALONE, standing=1), True),
        (replace(ALONE, grade=Grade.MAJOR), True),
        (replace(ALONE, group_incident=True), True),
        (replace(ALONE, emergency=True), True),
        (replace(ALONE, category="IL01"), True),
        (replace(ALONE, grade=None), False),
    ],
)
def test_what_outlives_a_withdrawal(remaining: Remaining, on: bool) -> None:
    """T08, X14, invariant 7: others, a group, danger, a major matter, an illegal act."""
    assert goes_on(remaining, BOOK) is on


@given(
    st.sampled_from(Grade), st.booleans(), st.booleans(), st.sampled_from(sorted(BOOK.categories))
)
def test_a_major_case_never_ends_by_withdrawal(
    grade: Grade, group: bool, emergency: bool, category: str
) -> None:
    """Invariant 7."""
    remaining = Remaining(grade, category, emergency, group, standing=0)
    if not goes_on(remaining, BOOK):
        assert grade is not Grade.MAJOR


@pytest.mark.parametrize(
    ("before", "now", "supervised"), [(0, 1, False), (1, 2, False), (2, 3, True), (3, 4, False)]
)
def test_the_third_urge_is_supervised(before: int, now: int, supervised: bool) -> None:
    """X17: once, when the count gets there."""
    assert leads_to_supervision(BOOK.urging, before, now) is supervised


def test_what_has_no_estate_waits_for_a_person() -> None:
    """A01, X31: somebody finds the place, unless there is danger."""
    assert reasons_to_wait(replace(PLAIN, placed=False), BOOK) == (Reason.PLACE_UNKNOWN,)
    assert reasons_to_wait(replace(PLAIN, placed=False, emergency=True), BOOK) == ()
    hotline = replace(PLAIN, placed=False, channel=Channel.HOTLINE)
    assert reasons_to_wait(hotline, BOOK) == (Reason.PLACE_UNKNOWN,)
    assert reasons_to_wait(replace(hotline, placed=True), BOOK) == ()
