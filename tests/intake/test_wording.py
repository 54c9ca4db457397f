"""Every event about a case either has a line for its owner or is known to be silent."""

from __future__ import annotations

from typing import Any

import pytest

from services.intake.complaints.domain.wording import WRITERS, line_of
from shared.contracts import heard_by, routing
from shared.contracts.routing import CaseEvent
from shared.contracts.vocabulary import Grade
from shared.privacy import Sealed
from shared.rulebook import ClockKind
from tests.samples import COMPANY, FIRE_BRIGADE, GRID_WORKER, NINE, a_case, a_clock, named

SILENT = {
    routing.CaseEscalated,
    routing.CaseMerged,
    routing.CaseReturnDecided,
    routing.CaseTransferDecided,
    routing.ClockWarned,
    routing.ComplaintReleased,
    routing.ConfirmationDueSoon,
    routing.ExtensionRequested,
    routing.GroupAlerted,
    routing.PoliceMatterFound,
    routing.RepresentativesNamed,
    routing.SuspensionDenied,
    routing.SuspensionRequested,
}
CLOCKS = (
    a_clock(ClockKind.DISPATCH, hours=1),
    a_clock(ClockKind.FEEDBACK, hours=183),
    a_clock(ClockKind.OWNER_CONFIRMATION, hours=63),
    a_clock(ClockKind.REOPEN_WINDOW, hours=375),
)
CASE = a_case(clocks=CLOCKS)
SEALED = Sealed(audience="intake", ciphertext="-")
PACKAGE = routing.PackageState(package_id=CASE.id, package_number="YS-1", court_id=named("court"))


def test_every_event_is_worded_or_silent() -> None:
    cases = {event for event in heard_by("intake") if issubclass(event, CaseEvent)}
    assert cases - SILENT == set(WRITERS)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        pytest.param(routing.CaseCreated(case=CASE), ["受理", "3月2日 10:00前派单"], id="T06"),
        pytest.param(routing.CaseDispatched(case=CASE), ["演示社区", "3月9日 24:00前"], id="T10"),
        pytest.param(routing.CaseSigned(case=CASE, automatic=True), ["代为签收"], id="X04"),
        pytest.param(
            routing.CaseRegraded(case=CASE, old_grade=Grade.MEDIUM), ["中事", "小事"], id="T30"
        ),
        pytest.param(
            routing.ClockBreached(case=CASE, clock=ClockKind.FEEDBACK, breached_at=NINE),
            ["反馈结果", "超期"],
            id="CK-05",
        ),
        pytest.param(
            routing.MediationScheduled(case=CASE, scheduled_for=NINE, place="社区调解室"),
            ["3月2日 09:00", "社区调解室", "自愿", "不收费"],
            id="N07",
        ),
        pytest.param(
            routing.MediationHeld(case=CASE, held_at=NINE, valid=False), ["未到齐"], id="B05"
        ),
        pytest.param(
            routing.MediationRefused(case=CASE, unreachable=True), ["未能找到对方"], id="X22"
        ),
        pytest.param(
            routing.AgreementEffective(
                case=CASE, agreement_id=CASE.id, effective_at=NINE, confirmation_until=NINE
            ),
            ["共同向法院申请司法确认"],
            id="N08",
        ),
        pytest.param(
            routing.AgreementEffective(
                case=CASE,
                agreement_id=CASE.id,
                effective_at=NINE,
                confirmation_until=NINE,
                confirmable=False,
            ),
            ["已生效", "不能申请司法确认"],
            id="X24",
        ),
        pytest.param(
            routing.CaseReturned(case=CASE, organisation_id=COMPANY, reason="NOT_OURS"),
            ["裁定", "照常计算"],
            id="T12",
        ),
        pytest.param(
            routing.CaseSuspended(case=CASE, reason="APPRAISAL", until=NINE),
            ["鉴定", "3月2日 09:00", "顺延"],
            id="T27",
        ),
        pytest.param(
            routing.CaseResumed(case=CASE, paused_seconds=3600), ["3月9日 24:00前"], id="T28"
        ),
        pytest.param(
            routing.ExtensionDecided(
                case=CASE, clock=ClockKind.FEEDBACK, granted=True, due_at=NINE
            ),
            ["延长至3月2日 09:00"],
            id="T29",
        ),
        pytest.param(
            routing.CaseSupervised(case=CASE, order_id=CASE.id, cause="URGED"),
            ["督办"],
            id="T44",
        ),
        pytest.param(routing.CaseUrged(case=CASE, times=2), ["第2次"], id="T45"),
        pytest.param(
            routing.ComplaintsJoined(case=CASE, joined=()),
            [CASE.number, "并案", "评价"],
            id="T07",
        ),
        pytest.param(
            routing.ComplaintUnmerged(case=CASE, complaint_id=CASE.id, from_case_id=CASE.id),
            [CASE.number, "单独办理"],
            id="X10",
        ),
        pytest.param(routing.CaseCancelled(case=CASE, reason="WITHDRAWN"), ["终止"], id="T08"),
        pytest.param(
            routing.CasePartTransferred(case=CASE, receiver="演示公安分局"),
            ["演示公安分局", "继续办理"],
            id="X12",
        ),
        pytest.param(
            routing.CaseTransferred(case=CASE, receiver="演示公安分局", contact="110"),
            ["演示公安分局", "110"],
            id="T43",
        ),
        pytest.param(
            routing.JudicialDelegatedBack(case=CASE, package=PACKAGE, procedure="DELEGATED"),
            ["调解组织"],
            id="T41",
        ),
        pytest.param(
            routing.JudicialReturned(case=CASE, package=PACKAGE), ["退回法院"], id="CK-10"
        ),
        pytest.param(routing.JudicialGuided(case=CASE), ["诉讼", "仲裁", "行政"], id="T20"),
        pytest.param(
            routing.JudicialGuided(case=CASE, broken=True), ["未能履行", "诉讼"], id="T38"
        ),
        pytest.param(routing.MediationFailed(case=CASE), ["诉讼", "仲裁", "行政"], id="N10"),
        pytest.param(
            routing.JudicialFiled(
                case=CASE, package=PACKAGE, court_case_number="（2026）鄂1281民初88号"
            ),
            ["（2026）鄂1281民初88号"],
            id="T39",
        ),
        pytest.param(
            routing.JointOpened(
                case=a_case(
                    handler=FIRE_BRIGADE,
                    units=(FIRE_BRIGADE, GRID_WORKER.model_copy(update={"role": "CO"})),
                )
            ),
            ["演示消防救援大队", "演示社区第一网格"],
            id="A09",
        ),
        pytest.param(
            routing.JointMemberResult(case=CASE, organisation_id=COMPANY, released=True),
            ["不再参与"],
            id="X19",
        ),
        pytest.param(routing.CaseClosed(case=CASE), ["办结", "重新办理"], id="N13"),
    ],
)
def test_a_line_says_who_until_when_and_why(event: CaseEvent, words: list[str]) -> None:
    line = line_of(event, None)
    assert line is not None
    assert all(word in line.text for word in words), line.text


def test_a_reply_is_quoted_and_the_owner_asked() -> None:
    """T25, N11: result, and until when to answer."""
    line = line_of(routing.CaseFeedbackGiven(case=CASE, reply=SEALED), "灯已换新。")
    assert line is not None
    assert line.text.startswith("灯已换新。\n请于3月4日 24:00前确认")
    assert line.until == a_clock("-", hours=63).due_at


@pytest.mark.parametrize(("note", "shown"), [("已联系电工", True), (None, False)])
def test_only_public_notes_are_shown(note: str | None, shown: bool) -> None:
    """T14."""
    line = line_of(routing.CaseProgressed(case=CASE, note=SEALED if note else None), note)
    assert (line is not None) is shown


@pytest.mark.parametrize("clock", [ClockKind.SIGN, "unknown"])
def test_internal_clocks_stay_internal(clock: Any) -> None:
    event = routing.ClockBreached(case=CASE, clock=clock, breached_at=NINE)
    assert line_of(event, None) is None


def test_a_grade_without_a_value_says_nothing() -> None:
    assert line_of(routing.CaseGraded(case=a_case(grade=None)), None) is None
