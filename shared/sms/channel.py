"""Sending a text message, seen from the sender: what is known afterwards, and how to ask later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Cause(StrEnum):
    """Why a message was not taken, by what the sender should do about it."""

    RECIPIENT = "RECIPIENT"  # no such number, opted out, abroad: final
    CONTENT = "CONTENT"  # template, parameters, sensitive words: final, alarm
    LIMIT = "LIMIT"  # too often: later
    ACCOUNT = "ACCOUNT"  # money, keys, permissions: stop, alarm
    UNREACHABLE = "UNREACHABLE"  # nothing was sent: safe to send again


@dataclass(frozen=True)
class Accepted:
    """The provider took it; `serial` is its own number for the message, `segments` how many
    messages it bills, where it says so."""

    serial: str
    segments: int | None = None


@dataclass(frozen=True)
class NotAccepted:
    """The provider certainly did not take it; `code` is its word for why."""

    cause: Cause
    code: str


@dataclass(frozen=True)
class Unknown:
    """It may have been sent. Query before anything else; never send again blindly (P3)."""

    reason: str


Submission = Accepted | NotAccepted | Unknown


class Fate(StrEnum):
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    UNREPORTED = "UNREPORTED"


@dataclass(frozen=True)
class Report:
    """What the provider knows of a message. UNREPORTED does not prove that it was not sent:
    carriers report late, or never."""

    fate: Fate
    serial: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What the provider reports by itself of the message sent under `request_id`."""

    request_id: str
    report: Report


class QueryFailed(Exception):
    """The provider could not be asked; the question may be put again at any time."""


class SmsChannel(Protocol):
    async def send(
        self, phone: str, template: str, params: Sequence[str], request_id: str
    ) -> Submission:
        """Sends once. `request_id` comes back in reports; it must mean nothing to others."""
        ...

    async def query(self, phone: str, request_id: str, since: datetime) -> Report:
        """What became of the message sent under `request_id` not before `since`.

        Raises QueryFailed.
        """
        ...

    async def receipts(self) -> Sequence[Receipt]:
        """What has been reported since the last time; each is told once. Raises QueryFailed."""
        ...
