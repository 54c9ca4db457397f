"""What a court is given: whitelisted fields, nothing of the mediation (C07, X27; F:L4 art. 22)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shared.errors import Invalid
from shared.rulebook.sections.mediation import Courts


class PackageLeaks(Invalid):
    """A hand-over package never contains what was said or offered in mediation."""

    code = "PACKAGE_LEAKS"
    chinese = "移送材料不得包含调解笔录、让步或方案等内容。"


def package_of(material: Mapping[str, Any], rules: Courts) -> dict[str, Any]:
    """The whitelisted part of `material`. Raises PackageLeaks for a forbidden name anywhere."""
    package = {name: material[name] for name in rules.package_fields if name in material}
    forbidden = [name for name in _names(package) if _is_forbidden(name, rules)]
    if forbidden:
        raise PackageLeaks(fields=sorted(set(forbidden)))
    return package


def _is_forbidden(name: str, rules: Courts) -> bool:
    """Also in the plural or inside a longer name."""
    return any(word in name.lower() for word in rules.package_never)


def _names(value: Any) -> Iterator[str]:
    """Every name used in the value, however deep."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield str(name)
            yield from _names(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _names(member)
