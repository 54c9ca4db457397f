"""What the app does offline, each with the id the device gave it: one union, told by `type`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Discriminator, Field, Tag, TypeAdapter, WrapValidator
from pydantic_core import core_schema

from services.routing.cases.schemas import ProgressIn, ResultIn, Text
from services.routing.field.domain.operations import Kind
from services.routing.field.schemas import ContactIn, PersuasionIn, PhotoIds
from services.routing.mediation.schemas import (
    AgreementIn,
    ConsentIn,
    MediationIn,
    RefusalIn,
    SessionIn,
)
from shared.web.body import Body

Version = Annotated[int, Field(ge=1, le=2_147_483_647)]
Title = Annotated[str, Field(min_length=1, max_length=60)]


class Operation(Body):
    """`id` is a UUID made by the device, `made_at` when it was done, by the device's clock.

    `after` names the operation made before it on the same case: it waits until that is applied.
    Within one batch `made_at` is enough; between batches only this keeps a result from overtaking
    the progress before it.
    """

    does: ClassVar[Kind]

    id: UUID
    made_at: AwareDatetime
    after: UUID | None = None


class OnCase(Operation):
    """`base_version` is the version of the case that the worker saw."""

    case_id: UUID
    base_version: Version


class SignOperation(OnCase):
    """T11."""

    does = Kind.SIGN
    type: Literal["sign"]


class ProgressOperation(OnCase, ProgressIn):
    """T14, with photographs that may arrive later."""

    does = Kind.PROGRESS
    type: Literal["progress"]
    photos: PhotoIds = ()


class ContactOperation(OnCase, ContactIn):
    """X22."""

    does = Kind.CONTACT
    type: Literal["contact"]


class PersuasionOperation(OnCase, PersuasionIn):
    """X43."""

    does = Kind.PERSUASION
    type: Literal["persuasion"]


class MediationOperation(OnCase, MediationIn):
    """T15: mediation is proposed."""

    does = Kind.MEDIATION
    type: Literal["mediation"]


class ConsentOperation(OnCase, ConsentIn):
    """T15: what a party said."""

    does = Kind.CONSENT
    type: Literal["consent"]


class SessionOperation(OnCase, SessionIn):
    """T16: a session with its participants; CK-03 is met when it is received, not when made."""

    does = Kind.SESSION
    type: Literal["session"]


class RefusalOperation(OnCase, RefusalIn):
    """T17: `unreachable` counts the contacts on record as well (X22)."""

    does = Kind.REFUSAL
    type: Literal["refusal"]


class AgreementOperation(OnCase, AgreementIn):
    """T18, T19."""

    does = Kind.AGREEMENT
    type: Literal["agreement"]


class ResultOperation(OnCase, ResultIn):
    """T24."""

    does = Kind.RESULT
    type: Literal["result"]
    photos: PhotoIds = ()


class FindingOperation(Operation):
    """X45: found on patrol; opens a case without a reporter."""

    does = Kind.FINDING
    type: Literal["finding"]
    channel: Literal["INSPECTION", "GRID_REPORT"] = "INSPECTION"
    estate_id: UUID
    building_id: UUID | None = None
    place: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    category: Annotated[str | None, Field(pattern=r"^[A-Z]{2}\d{2}$")] = None
    title: Title
    text: Text
    photos: PhotoIds = ()


def _type_of(raw: Any) -> str | None:
    told = raw.get("type") if isinstance(raw, dict) else None
    return told if isinstance(told, str) else None


AnyOperation = Annotated[
    Annotated[SignOperation, Tag("sign")]
    | Annotated[ProgressOperation, Tag("progress")]
    | Annotated[ContactOperation, Tag("contact")]
    | Annotated[PersuasionOperation, Tag("persuasion")]
    | Annotated[MediationOperation, Tag("mediation")]
    | Annotated[ConsentOperation, Tag("consent")]
    | Annotated[SessionOperation, Tag("session")]
    | Annotated[RefusalOperation, Tag("refusal")]
    | Annotated[AgreementOperation, Tag("agreement")]
    | Annotated[ResultOperation, Tag("result")]
    | Annotated[FindingOperation, Tag("finding")],
    Discriminator(_type_of),
]
OPERATIONS: TypeAdapter[AnyOperation] = TypeAdapter(AnyOperation)


def _as_it_comes(value: Any, _: Any) -> Any:
    """One bad operation must not keep the others out, so each is judged alone."""
    return value


class SyncIn(Body):
    """Operations in any order, at most as many as the rulebook says."""

    operations: Annotated[
        list[Annotated[AnyOperation, WrapValidator(_as_it_comes)]], Field(min_length=1)
    ]

    @classmethod
    def _from_parsed(
        cls, value: Any, handler: core_schema.ValidatorFunctionWrapHandler, _: Any
    ) -> Any:
        """The texts of an operation are judged with it."""
        return handler(value)
