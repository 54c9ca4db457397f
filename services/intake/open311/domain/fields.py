"""The parameters of a call: several values for one name, commas inside them, nothing empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ATTRIBUTE = re.compile(r"attribute\[([^\[\]]+)\](?:\[\d*\])?")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Values = tuple[str, ...]


@dataclass(frozen=True)
class Fields:
    """An empty parameter is one that was not sent (GeoReport v2, optional arguments)."""

    values: Mapping[str, Values] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Fields:
        found: dict[str, Values] = {}
        for name, value in pairs:
            plain = UNSTORABLE.sub("", value).strip()
            if plain:
                found[name] = (*found.get(name, ()), plain)
        return cls(MappingProxyType(found))

    def one(self, name: str) -> str | None:
        """The last one sent."""
        return self.values[name][-1] if name in self.values else None

    def many(self, name: str) -> Values:
        """Sent several times, or once with commas."""
        parts = (part.strip() for value in self.values.get(name, ()) for part in value.split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def attributes(self) -> Mapping[str, Values]:
        """`attribute[CODE]=…`, and `attribute[CODE][]=…` as often as there are values."""
        found: dict[str, Values] = {}
        for name, values in self.values.items():
            if match := ATTRIBUTE.fullmatch(name):
                found[match[1]] = (*found.get(match[1], ()), *values)
        return found

    def without(self, *names: str) -> list[tuple[str, str]]:
        """Everything else, in an order of its own."""
        kept = ((name, value) for name, values in self.values.items() for value in values)
        return sorted(pair for pair in kept if pair[0] not in names)
