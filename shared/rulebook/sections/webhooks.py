"""What departments and courts may ask of the webhooks to them, and how long we remember."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, model_validator

from shared.rulebook.section import Section


class Webhooks(Section):
    """Endpoints, tests and replays are bounded per organisation and endpoint (A06, A07).

    Deliveries with all attempts are kept for `kept_days`, which no replay may reach beyond.
    """

    endpoints_at_most: int = Field(ge=1)
    tests_per_hour_at_most: int = Field(ge=1)
    replay_days_at_most: int = Field(ge=1)
    kept_days: int = Field(ge=1)

    @model_validator(mode="after")
    def what_may_be_replayed_is_kept(self) -> Webhooks:
        if self.kept_days < self.replay_days_at_most:
            raise ValueError("a delivery that may be replayed must be kept")
        return self

    @property
    def longest_replay(self) -> timedelta:
        return timedelta(days=self.replay_days_at_most)

    @property
    def kept(self) -> timedelta:
        return timedelta(days=self.kept_days)
