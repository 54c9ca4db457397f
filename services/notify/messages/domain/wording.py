"""Making a message of a notice and the facts, and holding the catalogue to the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from services.notify.messages.domain.catalogue import CATALOGUE, NOT_YET, Notice
from services.notify.messages.domain.facts import Facts
from services.notify.messages.domain.words import at
from shared.rulebook.sections.notices import Notification


class SilentNotice(ValueError):
    """A notice of the catalogue does not say what the rulebook demands of it."""


@dataclass(frozen=True)
class Card:
    """The five lines of a WeChat message, the same for every template; a text message says number
    and phrase, and `date` where there is one.
    """

    number: str
    matter: str
    phrase: str
    time: str
    note: str
    date: str = ""

    def lines(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Wording:
    title: str
    body: str
    card: Card


def word(notice: Notice, facts: Facts, happened_at: datetime) -> Wording:
    """Raises KeyError when the text wants a fact that the event does not give."""
    card = Card(
        number=facts["number"],
        matter=facts["category"],
        phrase=notice.phrase,
        time=at(happened_at),
        note=notice.title,
        date=facts[notice.date] if notice.date else "",
    )
    return Wording(notice.title, notice.text.format_map(facts), card)


def refuse_silent_rows(notifications: Mapping[str, Notification]) -> None:
    """Raises SilentNotice, naming the row and what is missing."""
    for notice in CATALOGUE:
        rule = notifications[notice.code]
        missing = set(rule.must_say) - set(notice.sentences)
        if missing:
            raise SilentNotice(f"{notice.code}: {', '.join(sorted(missing))} is not said")
        if notice.trigger not in rule.trigger:
            raise SilentNotice(f"{notice.code} is not triggered by {notice.trigger}")
    unsaid = set(notifications) - {notice.code for notice in CATALOGUE}
    if unsaid != NOT_YET:
        raise SilentNotice(f"{', '.join(sorted(unsaid ^ NOT_YET))}: said or not yet, not both")
