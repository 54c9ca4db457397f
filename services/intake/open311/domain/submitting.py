"""A service request as it was sent: what must be there, and the complaint that becomes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite

from services.intake.open311.domain.attributes import Answered, judge
from services.intake.open311.domain.catalogue import service
from services.intake.open311.domain.fields import Fields
from services.intake.open311.domain.places import Point
from services.intake.open311.domain.refusals import refuse
from shared.rulebook import Rulebook
from shared.rulebook.sections.categories import Category

LONGEST_DESCRIPTION = 4_000  # GeoReport v2
LONGEST_PLACE = 200
NOT_OF_THE_MATTER = ("api_key", "jurisdiction_id")
KEPT = (
    *("email", "device_id", "account_id", "first_name", "last_name", "phone"),
    *("description", "media_url", "address_string", "address_id"),
)
CONTACTS = ("email", "account_id", "first_name", "last_name", "phone")
BUILDING = "BUILDING"


@dataclass(frozen=True)
class Sent:
    """`answers` are those to what the service asks."""

    category: Category
    fields: Fields = field(repr=False)
    point: Point | None = field(repr=False)
    answers: Sequence[Answered] = field(repr=False)

    @property
    def nameless(self) -> bool:
        """Nobody is said whom an answer could reach: filed anonymously (X15)."""
        return all(self.fields.one(name) is None for name in CONTACTS)

    @property
    def name(self) -> str | None:
        """Chinese names stand together, family name first; others as they were sent."""
        first, last = self.fields.one("first_name") or "", self.fields.one("last_name") or ""
        chinese = not (first + last).isascii()
        return (last + first if chinese else f"{first} {last}".strip()) or None

    @property
    def place(self) -> str | None:
        """The words for a person who looks for the place."""
        words = [self.fields.one("address_string") or ""]
        words += [str(each.words) for each in self.answers if each.attribute.place]
        return " ".join(filter(None, words))[:LONGEST_PLACE] or None

    @property
    def building(self) -> str | None:
        answers = (each.words for each in self.answers if each.attribute.code == BUILDING)
        return next(answers, None)

    def text(self, at_least: int) -> str:
        """What an answer adds stands first, where danger is looked for; then the description, and
        the other answers. GeoReport v2 asks for no description: where there are too few words, the
        name of the service says what it is about.
        """
        answers = [each for each in self.answers if not each.attribute.place]
        lines: list[str | None] = [words for each in answers for words in each.adds]
        lines += [self.fields.one("description"), *(each.told for each in answers)]
        text = "\n".join(filter(None, lines))
        if len(text) >= at_least:
            return text
        return f"{text}\n诉求类别：{self.category.chinese}（经Open311接口提交）".strip()

    def details(self) -> str:
        """Everything that has no column of its own, as JSON."""
        said: dict[str, object] = {
            name: value for name in KEPT if (value := self.fields.one(name)) is not None
        }
        if attributes := self.fields.attributes():
            said["attributes"] = {code: list(values) for code, values in attributes.items()}
        return json.dumps(said, ensure_ascii=False)

    def fingerprint(self) -> str:
        """Equal for the same request, whoever sends it through which address."""
        words = json.dumps(self.fields.without(*NOT_OF_THE_MATTER), ensure_ascii=False)
        return hashlib.sha256(f"open311\n{words}".encode()).hexdigest()


def sent(fields: Fields, rulebook: Rulebook) -> Sent:
    """Raises ServiceMissing, ServiceUnknown, or Refused with everything else that is wrong."""
    category = service(rulebook, fields.one("service_code"))
    judged = judge(rulebook.open311.attributes_of(category.code), fields.attributes())
    point, wrong = _point(fields)
    refuse([*wrong, *_too_long(fields), *judged.errors])
    return Sent(category, fields, point, judged.answers)


def window_keys(fingerprint: str, at: datetime, within: timedelta) -> tuple[str, str]:
    """The key for a window of time that `at` is in, and for the one before."""
    window = int(at.timestamp() // within.total_seconds())
    return f"{fingerprint}.{window}", f"{fingerprint}.{window - 1}"


def _point(fields: Fields) -> tuple[Point | None, list[str]]:
    latitude, longitude = fields.one("lat"), fields.one("long")
    if latitude is None and longitude is None:
        if fields.one("address_string") or fields.one("address_id"):
            return None, []
        return None, [
            "缺少地点：请提供 lat 与 long、address_string 或 address_id。"
            " One of lat & long, address_string or address_id is required."
        ]
    point = _number(latitude, 90), _number(longitude, 180)
    if point[0] is None or point[1] is None:
        return None, ["lat 与 long 须同为 WGS84 度数。 lat and long must both be sent, in WGS84."]
    return (point[0], point[1]), []


def _number(text: str | None, most: float) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) <= most else None


def _too_long(fields: Fields) -> list[str]:
    if len(fields.one("description") or "") <= LONGEST_DESCRIPTION:
        return []
    return [
        f"description 不得超过{LONGEST_DESCRIPTION}字。"
        f" description is limited to {LONGEST_DESCRIPTION} characters."
    ]
