"""Deliveries and every attempt at them, as the receiving organisation sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notify.moments import Instant, Moment
from services.notify.webhooks.domain.failures import Failure, failure_of
from services.notify.webhooks.domain.lifecycle import DeliveryStatus
from services.notify.webhooks.sending.posting import HEADERS
from services.notify.webhooks.tables import WebhookAttempt, WebhookDelivery
from shared.web.body import Body


class ReplayPeriod(Body):
    """Deliveries written down from `since` on and before `until`; `only_missed` those that
    were tried in vain, whether they are still tried or not.
    """

    since: Instant
    until: Instant
    only_missed: bool = False


class Replayed(BaseModel):
    replayed: int


class DeliveryOut(BaseModel):
    """`id` is the `webhook-id`, the same over all attempts and replays. `attempts` counts those of
    the schedule that runs. `last_failure` says why the last attempt got no answer. A test has no
    case.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    endpoint_id: UUID
    organisation_id: UUID
    event_type: str
    case_id: UUID | None
    state: DeliveryStatus
    attempts: int
    next_at: Moment
    created_at: Moment
    settled_at: Moment | None
    replayed_at: Moment | None
    last_status: int | None = None
    last_failure: str | None = None

    @classmethod
    def of(cls, delivery: WebhookDelivery, last: WebhookAttempt | None) -> DeliveryOut:
        shown = cls.model_validate(delivery)
        if last is None:
            return shown
        return shown.model_copy(update={"last_status": last.status, "last_failure": last.failure})


class FailureOut(BaseModel):
    """Why an attempt did not count as taken: a stable code, and in plain words."""

    code: str
    chinese: str
    english: str

    @classmethod
    def of(cls, failure: Failure) -> FailureOut:
        return cls(code=failure.code, chinese=failure.chinese, english=failure.english)


class AttemptOut(BaseModel):
    """One POST. The signatures are not kept: `signed_with` names the keys (`v1:…`, `v1a:…`) by
    their fingerprints, those of `secrets` and `public_keys` of the endpoint. At most 20 kB of the
    answer are kept; `response_cut` says that it went on.
    """

    id: UUID
    started_at: Moment
    duration_ms: int
    request_headers: dict[str, str]
    signed_with: list[str]
    status: int | None
    failure: FailureOut | None
    response: str | None
    response_cut: bool

    @classmethod
    def of(cls, attempt: WebhookAttempt) -> AttemptOut:
        failure = failure_of(attempt.status, attempt.failure)
        return cls(
            id=attempt.id,
            started_at=attempt.started_at,
            duration_ms=(attempt.ended_at - attempt.started_at) // timedelta(milliseconds=1),
            request_headers=_headers(attempt),
            signed_with=attempt.signed_with,
            status=attempt.status,
            failure=FailureOut.of(failure) if failure else None,
            response=attempt.response,
            response_cut=attempt.response_cut,
        )


def _headers(attempt: WebhookAttempt) -> Mapping[str, str]:
    """As they were sent, without the signatures: what stands in a log must not be good for sending
    it once more.
    """
    return {
        **HEADERS,
        "content-type": "application/json",
        "webhook-id": str(attempt.delivery_id),
        "webhook-timestamp": str(int(attempt.started_at.timestamp())),
    }


class DeliveryDetail(DeliveryOut):
    """`request_body` is the exact text of the body. `log` are the attempts, oldest first: the
    newest fifty of `attempts_in_all`.
    """

    url: str
    request_body: str
    attempts_in_all: int
    log: list[AttemptOut]
