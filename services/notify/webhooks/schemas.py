"""Endpoints as the organisation enters, changes and sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.notify.moments import Moment
from services.notify.webhooks.domain.fingerprints import of_secret
from services.notify.webhooks.domain.health import PauseReason
from services.notify.webhooks.domain.limits import LONGEST_OVERLAP_HOURS, USUAL_OVERLAP_HOURS
from services.notify.webhooks.secrets import Held, SecretState
from services.notify.webhooks.tables import WebhookEndpoint
from shared.identity import End
from shared.signatures import PublicKey
from shared.web.body import Body

Address = Annotated[str, Field(min_length=1, max_length=500)]
EventTypes = Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=100)]
Description = Annotated[str, Field(max_length=200)]


class NewEndpoint(Body):
    """`events` empty means everything; `description` is for people, never for personal data."""

    url: Address
    events: EventTypes = ()
    description: Description = ""


class EndpointChanges(Body):
    """What is left out stays as it is; `active` false switches the endpoint off."""

    url: Address | None = None
    events: EventTypes | None = None
    description: Description | None = None
    active: bool | None = None

    def given(self) -> dict[str, Any]:
        """The columns to change."""
        given = self.model_dump(exclude_none=True)
        if "events" in given:
            given["events"] = list(dict.fromkeys(given["events"]))
        return given


class Rotation(Body):
    """0 ends the old secrets at once."""

    overlap_hours: Annotated[int, Field(ge=0, le=LONGEST_OVERLAP_HOURS)] = USUAL_OVERLAP_HOURS

    @property
    def overlap(self) -> timedelta:
        return timedelta(hours=self.overlap_hours)


class SecretOut(BaseModel):
    """A secret told apart by its fingerprint: `v1:` and the first 12 hexadecimal digits of the
    SHA-256 over its bytes. NEXT signs already and is shown by the next rotation; PREVIOUS signs
    until `until`.
    """

    state: SecretState
    fingerprint: str
    until: Moment | None

    @classmethod
    def of(cls, held: Held) -> SecretOut:
        return cls(state=held.state, fingerprint=of_secret(held.secret), until=held.until)


class EndpointOut(BaseModel):
    """`events` empty means all. `public_keys` (`whpk_…`) verify the `v1a` signatures; while the
    platform changes its key there are two, and either signature will do. An endpoint that is not
    `active` was switched off by its organisation; one with `paused_at` is left alone by us until
    somebody resumes it.
    """

    id: UUID
    organisation_id: UUID
    url: str
    description: str
    events: list[str]
    active: bool
    paused_at: Moment | None
    paused_because: PauseReason | None
    created_at: Moment
    has_secret: bool
    secrets: list[SecretOut]
    public_keys: list[str]

    @classmethod
    def of(
        cls, endpoint: WebhookEndpoint, held: Sequence[Held], keys: Sequence[PublicKey]
    ) -> EndpointOut:
        return cls(
            id=endpoint.id,
            organisation_id=endpoint.organisation_id,
            url=endpoint.url,
            description=endpoint.description,
            events=endpoint.events,
            active=endpoint.active,
            paused_at=endpoint.paused_at,
            paused_because=endpoint.paused_because,
            created_at=endpoint.created_at,
            has_secret=endpoint.secret is not None,
            secrets=[SecretOut.of(each) for each in held],
            public_keys=[key.text() for key in keys],
        )


class EndpointWithSecret(EndpointOut):
    """`secret` (`whsec_…`) is shown this once. The same request again, by its Idempotency-Key, is
    answered with null: who lost the answer rotates.
    """

    secret: str | None

    @classmethod
    def showing(cls, shown: EndpointOut, held: Sequence[Held]) -> EndpointWithSecret:
        current = next(each for each in held if each.state is SecretState.CURRENT)
        return cls(**shown.model_dump(), secret=current.secret.text())

    def kept(self) -> EndpointWithSecret:
        """What may be written down."""
        return self.model_copy(update={"secret": None})


class EventTypeOut(BaseModel):
    """`ends` are the kinds of organisations that can be told; `schema_url` is where the JSON Schema
    of the body is.
    """

    name: str
    chinese: str
    meaning: str
    english: str
    ends: list[End]
    schema_url: str
    example: dict[str, Any]
