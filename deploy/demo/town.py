"""The stand-ins of the demo world: who is enrolled, and which templates WeChat has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

from deploy.simulators.town import Town, build_town
from deploy.simulators.wechat.messages import Template
from services.notify.channels.templates import TemplateBook
from shared.clock import Clock
from shared.contracts.reference import organisation_id
from shared.rulebook import Rulebook, load_shelf
from shared.settings import RULEBOOKS


def demo_town(environment: Mapping[str, str], clock: Clock) -> Town:
    """Every department and court of the directory, answering below `/simulators`."""
    shelf = load_shelf(Path(environment.get("LIUDUAN_RULEBOOKS") or RULEBOOKS))
    book = shelf.in_force_at(clock.now())
    return build_town(
        environment,
        clock,
        departments=list(departments(book)),
        courts=list(courts(book)),
        templates=_templates(),
    )


def departments(book: Rulebook) -> Iterator[UUID]:
    kinds = [kind.code for kind in book.organisations if kind.department and kind.seeded]
    for division in _divisions(book):
        for kind in kinds:
            yield organisation_id("DEPARTMENT", kind, division)


def courts(book: Rulebook) -> Iterator[UUID]:
    for division in _divisions(book):
        yield organisation_id("COURT", "COURT", division)


def _divisions(book: Rulebook) -> tuple[str, ...]:
    return (book.header.city_code, *(each.code for each in book.divisions.counties))


def _templates() -> list[Template]:
    book = TemplateBook.embedded()
    return [
        Template(template_id=each.template_id, content=each.content)
        for each in book.templates.values()
    ]
