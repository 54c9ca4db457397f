"""The compose file, `.env.example` and the code agree; nobody gets a secret that has a default."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.house.source import CHECKOUT, modules

SERVICES = ("intake", "routing", "survey", "notify")
COMPOSE = (CHECKOUT / "docker-compose.yml").read_text()
EXAMPLE = (CHECKOUT / ".env.example").read_text()

ASKED = re.compile(r"\$\{(?P<name>[A-Z_]+)(?P<rule>:[?-])?(?P<default>[^}]*)\}")
VARIABLE = re.compile(r"LIUDUAN_[A-Z_]*[A-Z](?![A-Z_])")
HARMLESS_DEFAULTS = {"LIUDUAN_VERSION": "latest", "LIUDUAN_LOG_LEVEL": "INFO"}


@pytest.fixture(scope="module")
def containers() -> dict[str, Any]:
    parsed: dict[str, Any] = YAML(typ="safe").load(COMPOSE)
    found: dict[str, Any] = parsed["services"]
    return found


def test_a_variable_is_required_or_its_default_is_harmless() -> None:
    for asked in ASKED.finditer(COMPOSE):
        if asked["rule"] != ":?":
            assert asked["default"] == HARMLESS_DEFAULTS.get(asked["name"], ""), asked[0]


def test_the_example_holds_no_value() -> None:
    values = [line for line in EXAMPLE.splitlines() if re.match(r"#?[A-Z_]+=.", line)]
    assert values == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_migrated_then_served_and_worked(
    containers: dict[str, Any], service: str
) -> None:
    for role in ("migrate", "api", "worker"):
        assert f"services.{service} {role}" in containers[f"{service}-{role}"]["command"]
    for role in ("api", "worker"):
        after = containers[f"{service}-{role}"]["depends_on"][f"{service}-migrate"]
        assert after == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_knows_its_own_database_and_no_other(
    containers: dict[str, Any], service: str
) -> None:
    told = containers[f"{service}-api"]["environment"]
    known = [name for name in told if name.endswith("_DATABASE_URL")]
    assert known == [f"LIUDUAN_{service.upper()}_DATABASE_URL"]
    assert f"liuduan_{service}:" in told[known[0]]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_told_everything_without_which_it_does_not_start(
    containers: dict[str, Any], service: str
) -> None:
    told = containers[f"{service}-worker"]["environment"]
    for name in _required_by(service):
        assert {f"LIUDUAN_{name}", f"LIUDUAN_{service.upper()}_{name}"} & set(told), name


def test_every_variable_is_explained() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE))
    used = {asked["name"] for asked in ASKED.finditer(COMPOSE)}
    for module in modules():
        if not module.is_test:
            used |= set(VARIABLE.findall(module.text))
            used |= {f"LIUDUAN_{name}" for name in _read_in(module.tree, "text", "optional")}
    assert {name for name in used - explained if not _of_some_service(name, explained)} == set()


def _of_some_service(name: str, explained: set[str]) -> bool:
    own = {f"LIUDUAN_{service.upper()}_{name.removeprefix('LIUDUAN_')}" for service in SERVICES}
    return bool(own & explained)


def _required_by(service: str) -> set[str]:
    """Names that the service or what it stands on reads with `settings.text`."""
    return {
        name
        for module in modules()
        if module.within(f"services/{service}", "shared") and "/seeds" not in module.path
        for name in _read_in(module.tree, "text")
    } - {"DATABASE_URL"}


def _read_in(tree: ast.AST, *readers: str) -> set[str]:
    return {
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in readers
        and len(node.args) == 1
        and isinstance(node.args[0], ast.Constant)
        and re.fullmatch(r"[A-Z][A-Z_]+", str(node.args[0].value))
    }
