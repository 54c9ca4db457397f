"""Where organisations want to be called, what they are told, and every attempt at it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Index, LargeBinary, Text, text
from sqlmodel import Field

from services.notify.tables import Table
from services.notify.webhooks.domain.health import Health, PauseReason
from services.notify.webhooks.domain.lifecycle import DeliveryStatus
from shared.database import moment


class WebhookEndpoint(Table, table=True):
    """`events` limits what is sent, empty is everything. `secret` and `next_secret` (`whsec_…`) are
    ciphertext: the next one signs already, and is shown when the secret is rotated. The row of a
    deleted endpoint stays, without secrets, as long as deliveries to it are kept.

    `active` is its owner's switch. A pause is ours (`paused_because`): deliveries wait until
    somebody resumes. The rest is its health, see `domain/health.py`.
    """

    __tablename__ = "webhook_endpoint"
    __table_args__ = (
        Index(
            "uq_webhook_endpoint_address",
            "organisation_id",
            "url",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(index=True)
    url: str
    description: str = ""
    events: list[str] = Field(sa_type=ARRAY(Text))
    secret: str | None = None
    next_secret: str | None = None
    active: bool = True
    paused_at: datetime | None = moment(nullable=True)
    paused_because: PauseReason | None = Field(default=None, sa_type=Text)
    failures: int = 0
    failing_since: datetime | None = moment(nullable=True)
    failed_at: datetime | None = moment(nullable=True)
    probe_at: datetime | None = moment(nullable=True)
    alerted_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment()
    deleted_at: datetime | None = moment(nullable=True)

    @property
    def health(self) -> Health:
        return Health(
            self.failures, self.failing_since, self.failed_at, self.probe_at, self.alerted_at
        )

    @health.setter
    def health(self, health: Health) -> None:
        for name, value in asdict(health).items():
            setattr(self, name, value)


class WebhookOldSecret(Table, table=True):
    """A secret that was rotated away and signs beside the new one until its overlap ends."""

    __tablename__ = "webhook_old_secret"

    id: UUID = Field(primary_key=True)
    endpoint_id: UUID = Field(index=True)
    secret: str
    until: datetime = moment()


class WebhookDelivery(Table, table=True):
    """One per event and endpoint; its id is the `webhook-id`, the same over all attempts and
    replays. `attempts` counts those of the schedule that runs. What is sent `again` lets pass what
    happens now. A test concerns no case.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("uq_webhook_delivery_once", "event_id", "endpoint_id", unique=True),
        Index("ix_webhook_delivery_organisation", "organisation_id", "id"),
        Index("ix_webhook_delivery_period", "endpoint_id", "created_at"),
        Index("ix_webhook_delivery_created", "created_at"),
        Index(
            "ix_webhook_delivery_due",
            "endpoint_id",
            "again",
            "next_at",
            "id",
            postgresql_where=text("state = 'WAITING'"),
        ),
        Index(
            "ix_webhook_delivery_order",
            "endpoint_id",
            "case_id",
            "id",
            postgresql_where=text("state = 'WAITING'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    endpoint_id: UUID
    organisation_id: UUID
    event_id: UUID
    event_type: str
    case_id: UUID | None
    body: bytes = Field(sa_type=LargeBinary)
    state: DeliveryStatus = Field(default=DeliveryStatus.WAITING, sa_type=Text)
    attempts: int = 0
    next_at: datetime = moment()
    claimed_until: datetime | None = moment(nullable=True)
    created_at: datetime = moment()
    settled_at: datetime | None = moment(nullable=True)
    replayed_at: datetime | None = moment(nullable=True)
    again: bool = False


class WebhookAttempt(Table, table=True):
    """`failure` is the kind of error when no answer came; `response` is cut to 20 kB. `signed_with`
    names the keys that signed by their fingerprints; the signatures themselves are not kept.
    """

    __tablename__ = "webhook_attempt"
    __table_args__ = (Index("ix_webhook_attempt_delivery", "delivery_id", "id"),)

    id: UUID = Field(primary_key=True)
    delivery_id: UUID
    started_at: datetime = moment()
    ended_at: datetime = moment()
    status: int | None
    failure: str | None
    response: str | None
    response_cut: bool = False
    signed_with: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
