"""The pure rules of mediation, joint action and the way to court."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest

from services.routing.court.domain.matters import NumberOfAnotherCourt, number_of_court
from services.routing.court.domain.package import PackageLeaks, package_of
from services.routing.joint.domain.members import Member, ResultsMissing, refuse_incomplete
from services.routing.joint.domain.team import propose_team
from services.routing.mediation.domain.agreements import (
    Acts,
    AgreementIncomplete,
    ConfirmationTooLate,
    Kind,
    SignedInTheFuture,
    effective_at,
    file_number,
    refuse_application,
)
from services.routing.mediation.domain.consent import (
    Consent,
    ConsentMissing,
    ConsentRefused,
    Side,
    refuse_unless_agreed,
    respondent_of,
)
from services.routing.mediation.domain.validity import Capacity, judge_session
from shared.identifiers import InvalidCourtCaseNumber
from shared.rulebook import load_shelf
from shared.settings import RULEBOOKS
from tests.routing.drama import at

BOOK = load_shelf(RULEBOOKS).in_force_at(at("2026-03-02 09:00"))
NOW = at("2026-08-21 18:00")
COURTS = [court.code for court in BOOK.courts.known]


def test_an_agreement_takes_effect_with_the_last_act() -> None:
    """F:L1 art. 29: signatures, mediator, seal, in whatever order."""
    moments = [NOW - timedelta(hours=hours) for hours in (3, 2, 1)]
    for order in permutations(moments):
        assert effective_at(Kind.WRITTEN, Acts(*order), NOW) == moments[-1]
    with pytest.raises(AgreementIncomplete):
        effective_at(Kind.WRITTEN, Acts(moments[0], moments[1], None), NOW)
    with pytest.raises(SignedInTheFuture):
        effective_at(Kind.WRITTEN, Acts(moments[0], moments[1], NOW + timedelta(1)), NOW)


def test_an_oral_agreement_takes_effect_when_it_is_reached() -> None:
    """F:L1 art. 30."""
    assert effective_at(Kind.ORAL, Acts(None, None, None), NOW) == NOW
    earlier = NOW - timedelta(hours=2)
    assert effective_at(Kind.ORAL, Acts(earlier, None, None), NOW) == earlier


def test_the_last_instant_is_in_time() -> None:
    """CK-09: at 24:00 of the last day yes, a second later no; without the clock no."""
    until = at("2026-09-21 00:00")
    refuse_application(concerns_ownership=False, confirmed=False, until=until, now=until)
    for now, known in ((until + timedelta(seconds=1), until), (NOW, None)):
        with pytest.raises(ConfirmationTooLate):
            refuse_application(concerns_ownership=False, confirmed=False, until=known, now=now)


@pytest.mark.parametrize(
    ("present", "has_company", "valid", "excuse"),
    [
        ((Capacity.COMMUNITY, Capacity.COMPANY), True, True, None),
        ((Capacity.COMMUNITY,), True, False, None),
        ((Capacity.COMMUNITY,), False, True, "NO_COMPANY"),
        ((Capacity.OWNER,), False, False, None),
    ],
    ids=["B05", "B05 without company", "X29", "X29 without community"],
)
def test_which_session_counts(
    present: tuple[Capacity, ...], has_company: bool, valid: bool, excuse: str | None
) -> None:
    judged = judge_session(present, BOOK.mediation, has_company=has_company)
    assert (judged.valid, judged.excuse) == (valid, excuse)


def test_consent() -> None:
    """Facts 2.1: everybody, and a refusal weighs more than silence."""
    both = {Side.OWNER: Consent.AGREED, Side.COMPANY: Consent.AGREED}
    refuse_unless_agreed(both)
    with pytest.raises(ConsentMissing):
        refuse_unless_agreed(both | {Side.COMPANY: Consent.PENDING})
    with pytest.raises(ConsentRefused):
        refuse_unless_agreed({Side.OWNER: Consent.PENDING, Side.COMPANY: Consent.REFUSED})


def test_the_other_side() -> None:
    """Disputes led by the community are among neighbours; without company there is none."""
    assert respondent_of("STREET", has_company=True) is Side.COMPANY
    assert respondent_of("COMMUNITY", has_company=True) is Side.OTHER
    assert respondent_of("STREET", has_company=False) is Side.OTHER


def test_the_package_takes_what_is_listed_and_nothing_else() -> None:
    """X27: other fields are left out; forbidden names stop it however deep they lie."""
    material = {"facts": "事实", "claims": ["退款"], "mediation_note": "让步", "reporter": "x"}
    assert package_of(material, BOOK.courts) == {"facts": "事实", "claims": ["退款"]}
    leaks: list[object] = [{"offer": 1}, [{"Concessions": []}], {"a": [{"mediation_notes": ""}]}]
    for leak in leaks:
        with pytest.raises(PackageLeaks):
            package_of({"evidence": leak}, BOOK.courts)


def test_numbers_of_a_court() -> None:
    """Facts 2.10, T39."""
    assert (
        number_of_court("(2026)鄂1281民初88号", "鄂1281", COURTS).text == "（2026）鄂1281民初88号"
    )
    with pytest.raises(NumberOfAnotherCourt):
        number_of_court("（2026）鄂1202民初88号", "鄂1281", COURTS)
    with pytest.raises(InvalidCourtCaseNumber):
        number_of_court("（2026）鄂1203民初88号", None, COURTS)


def test_a_joint_action_waits_for_everybody() -> None:
    """A09, X19."""
    filed = Member(uuid4(), NOW, None)
    released = Member(uuid4(), None, NOW)
    refuse_incomplete([filed, released])
    silent = Member(uuid4(), None, None)
    with pytest.raises(ResultsMissing) as refused:
        refuse_incomplete([filed, released, silent])
    assert refused.value.details["members"] == [str(silent.organisation_id)]


@pytest.mark.parametrize(
    ("category", "lead"),
    [
        ("IL01", "URBAN_MANAGEMENT"),
        ("FR01", "FIRE_RESCUE"),
        ("EQ02", "MARKET_REGULATION"),
        ("SV03", "HOUSING"),
        ("OT01", "URBAN_MANAGEMENT"),
    ],
    ids=["B07", "B08", "B12", "street leads", "nobody named"],
)
def test_the_proposed_lead(category: str, lead: str) -> None:
    team = propose_team(BOOK, category)
    assert team.lead == lead
    assert team.lead not in team.members
    assert team.members


def test_file_numbers() -> None:
    """Facts 2.10: （2026）咸物调字第00012号."""
    assert file_number(BOOK.courts.mediation_file_number, NOW, 12) == "（2026）咸物调字第00012号"
