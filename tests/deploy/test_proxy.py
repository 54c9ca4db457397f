"""The one open door: what it keeps shut, and how it bears a restart behind it."""

from __future__ import annotations

import re

import pytest

from shared.hosting import NOTICE
from tests.house.source import CHECKOUT

CADDYFILE = (CHECKOUT / "deploy" / "proxy" / "Caddyfile").read_text()
SERVICES = ("intake", "routing", "survey", "notify")


def _block(opening: str) -> str:
    """What stands between the braces of the first block that begins so."""
    rest = CADDYFILE.split(f"{opening} {{", maxsplit=1)[1]
    depth = 1
    for place, sign in enumerate(rest):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0:
            return rest[:place]
    raise AssertionError(f"{opening} is not closed")


def test_operations_are_shut_before_any_service_is_asked() -> None:
    """Only inside `route` does Caddy keep the order of the lines."""
    handled = re.findall(r"^\t\thandle ?(\S*) \{", _block("route"), flags=re.MULTILINE)
    assert handled == ["@operations", *(f"/{service}/*" for service in SERVICES), ""]
    assert _block("handle @operations").split() == ["respond", "404"]
    assert "handle" not in CADDYFILE.split("route {")[0]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("word", ["metrics", "ready", "ready/", "health", "complaints/ready"])
def test_what_counts_as_operations(service: str, word: str) -> None:
    pattern = re.search(r"@operations path_regexp (\S+)", CADDYFILE)
    assert pattern is not None
    shut = re.search(pattern[1], f"/{service}/{word}") is not None
    assert shut == (word in {"metrics", "ready", "ready/"})


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_asked_whether_it_is_ready(service: str) -> None:
    assert _block(f"reverse_proxy {service}-api:8000").split("\n")[1:-1] == [
        f"\t\t\t\thealth_uri /{service}/ready",
        "\t\t\t\timport patiently",
    ]


def test_a_look_comes_between_not_ready_and_deaf() -> None:
    """One look that ends, even a slow one, before the API stops listening."""
    patience = _block("(patiently)")
    interval = _milliseconds(patience, "health_interval")
    timeout = _milliseconds(patience, "health_timeout")
    assert interval + timeout < NOTICE * 1000
    assert _milliseconds(patience, "lb_try_duration") > NOTICE * 1000


def _milliseconds(block: str, name: str) -> int:
    found = re.search(rf"{name} (\d+)(ms|s)\b", block)
    assert found is not None, name
    return int(found[1]) * {"ms": 1, "s": 1000}[found[2]]
