"""What a webhook says: ids, numbers, states and due times; details are fetched with a token.

Nothing in it is personal, so it may lie in the logs of whoever receives it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from shared.clock import BEIJING
from shared.contracts.routing import CaseEvent, ClockState, ConfirmationApplied, JudicialHandedOver
from shared.contracts.vocabulary import CaseStatus, Grade

TEST = "webhook.test"


def _in_beijing(moment: datetime) -> str:
    return moment.astimezone(BEIJING).isoformat()


Moment = Annotated[datetime, PlainSerializer(_in_beijing)]


class Payload(BaseModel):
    """What every body says."""

    model_config = ConfigDict(frozen=True)

    type: Annotated[str, Field(description="the event type 事件类型")]
    time: Annotated[Moment, Field(description="when it happened, at +08:00 发生时间")]
    link: Annotated[str, Field(description="where to read more, with a token 详情地址（需令牌）")]

    def written(self) -> bytes:
        """The exact bytes of the body, the same for every attempt."""
        return self.model_dump_json(exclude_none=True).encode()


class CasePayload(Payload):
    """Something happened to a case in which the organisation takes part."""

    case_id: Annotated[UUID, Field(description="the case 案件标识")]
    case_number: Annotated[str, Field(description="its number 案件编号")]
    state: Annotated[CaseStatus, Field(description="state after the event 事件后的案件状态")]
    grade: Annotated[
        Grade | None, Field(description="absent until the case is graded 等级，定级前没有此项")
    ] = None
    due: Annotated[
        dict[str, Moment],
        Field(description="deadlines that still run, by clock 仍在计时的期限，对法院为空"),
    ]


class PackagePayload(CasePayload):
    """A court is pointed to its package, not to the case."""

    package_id: Annotated[UUID, Field(description="the package 材料包标识")]
    package_number: Annotated[str, Field(description="its number 材料包编号")]


class ApplicationPayload(CasePayload):
    """A court is pointed to the application for confirmation, not to the case."""

    application_id: Annotated[UUID, Field(description="the application 司法确认申请标识")]
    application_number: Annotated[str, Field(description="its number 司法确认申请编号")]


class TestPayload(Payload):
    """The organisation asked for it, to see that it arrives."""

    __test__ = False  # not a test of pytest's

    endpoint_id: Annotated[UUID, Field(description="the endpoint 推送地址标识")]


def shape_of(event: type[CaseEvent]) -> type[Payload]:
    """Which of the payloads tells of the event."""
    if event is JudicialHandedOver:
        return PackagePayload
    return ApplicationPayload if event is ConfirmationApplied else CasePayload


def payload(event: CaseEvent, time: datetime, origin: str) -> bytes:
    """The body that tells of the event; a court sees its papers and no clocks of ours."""
    if isinstance(event, JudicialHandedOver):
        return _of_package(event, time, origin).written()
    if isinstance(event, ConfirmationApplied):
        return _of_application(event, time, origin).written()
    case = event.case
    return CasePayload(
        type=event.name,
        time=time,
        case_id=case.id,
        case_number=case.number,
        state=case.state,
        grade=case.grade,
        due=_due(case.clocks),
        link=f"{origin}/routing/cases/{case.id}",
    ).written()


def test_payload(endpoint_id: UUID, time: datetime, origin: str) -> bytes:
    """The body of a test, with the address of the endpoint it goes to."""
    link = f"{origin}/notify/webhooks/endpoints/{endpoint_id}"
    return TestPayload(type=TEST, time=time, endpoint_id=endpoint_id, link=link).written()


def _due(clocks: tuple[ClockState, ...]) -> dict[str, datetime]:
    return {clock.kind: clock.due_at for clock in clocks if clock.state == "RUNNING"}


def _of_package(event: JudicialHandedOver, time: datetime, origin: str) -> PackagePayload:
    case, package = event.case, event.package
    return PackagePayload(
        type=event.name,
        time=time,
        case_id=case.id,
        case_number=case.number,
        state=case.state,
        grade=case.grade,
        due={},
        package_id=package.package_id,
        package_number=package.package_number,
        link=f"{origin}/routing/court/packages/{package.package_id}",
    )


def _of_application(event: ConfirmationApplied, time: datetime, origin: str) -> ApplicationPayload:
    case, application = event.case, event.application
    return ApplicationPayload(
        type=event.name,
        time=time,
        case_id=case.id,
        case_number=case.number,
        state=case.state,
        grade=case.grade,
        due={},
        application_id=application.application_id,
        application_number=application.application_number,
        link=f"{origin}/routing/court/applications/{application.application_id}",
    )
