"""The compose file, `.env.example` and the code agree; nobody gets a secret that has a default."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

import pytest
from ruamel.yaml import YAML

from deploy.embedded.keys import INSTALLATION, new_keys
from deploy.embedded.system import DEFINITIONS
from shared.audit.duties import AuditDuties
from shared.clock import SystemClock
from shared.composition import choose_transport
from shared.definition import Definition
from shared.hosting import NOTICE, Host
from shared.serving import GRACE
from shared.settings import SettingMissing, from_environment
from tests.house.source import CHECKOUT, modules

SERVICES = ("intake", "routing", "survey", "notify")
COMPOSE = (CHECKOUT / "docker-compose.yml").read_text()
EXAMPLE = (CHECKOUT / ".env.example").read_text()

ASKED = re.compile(r"\$\{(?P<name>[A-Z_]+)(?P<rule>:[?-])?(?P<default>[^}]*)\}")
VARIABLE = re.compile(r"LIUDUAN_[A-Z_]*[A-Z](?![A-Z0-9_])")
FROM_OUTSIDE = {"LIUDUAN_SITE", "LIUDUAN_WECHAT_APP_ID", "LIUDUAN_WECHAT_APP_SECRET"}
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


def test_every_variable_is_explained() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE))
    used = {asked["name"] for asked in ASKED.finditer(COMPOSE)}
    for module in modules():
        if not module.is_test:
            used |= set(VARIABLE.findall(module.text))
            used |= {f"LIUDUAN_{name}" for name in _read_in(module.tree, "text", "optional")}
    assert {name for name in used - explained if not _of_some_service(name, explained)} == set()


def test_what_compose_asks_for_is_what_the_example_asks_for() -> None:
    """A line without `#` must be filled in; one behind it may be."""
    required = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE))
    assert required == _asked_with(":?")
    assert _optional_in_compose() == _asked_with(":-")


def test_generated_keys_and_what_comes_from_outside_are_all_that_compose_requires() -> None:
    generated = set(new_keys(INSTALLATION))
    assert _asked_with(":?") - FROM_OUTSIDE <= generated
    assert generated <= _asked_with(":?") | _asked_with(":-")


@pytest.mark.parametrize("role", ["api", "worker"])
@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.name)
async def test_a_service_starts_with_what_compose_tells_it(
    containers: dict[str, Any], definition: Definition, role: str
) -> None:
    """Only a worker can sign the audit log."""
    told = _filled_in(containers[f"{definition.name}-{role}"]["environment"])
    settings = from_environment(definition.name, told)
    transport = choose_transport(settings)
    host = await Host.open(definition, settings, SystemClock(), transport)
    try:
        assert host.api().runtime is host.runtime
        if role == "worker":
            assert AuditDuties(host.runtime)
            return
        with pytest.raises(SettingMissing, match="AUDIT_SIGNING_KEY"):
            AuditDuties(host.runtime)
    finally:
        await host.stop()
        await transport.close()


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_is_told_the_key_ring_of_another(
    containers: dict[str, Any], service: str
) -> None:
    others = {f"LIUDUAN_{other.upper()}_" for other in SERVICES} - {f"LIUDUAN_{service.upper()}_"}
    for name in (f"{service}-migrate", f"{service}-api", f"{service}-worker"):
        told = containers[name]["environment"]
        assert not [each for each in told if each.startswith(tuple(others))]
        assert not {"LIUDUAN_FIELD_KEYS", "LIUDUAN_BLIND_INDEX_KEYS"} & set(told)


def test_a_container_has_time_to_finish(containers: dict[str, Any]) -> None:
    for name, container in containers.items():
        if container["image"].startswith("liuduan"):
            assert int(container["stop_grace_period"].removesuffix("s")) > NOTICE + GRACE, name
            assert container["init"] is True, name


def test_reference_data_come_after_the_tables_and_with_them_the_administrator(
    containers: dict[str, Any],
) -> None:
    seed = containers["routing-seed"]
    assert seed["command"] == "python -m services.routing seed"
    assert seed["restart"] == "no"
    assert seed["depends_on"]["routing-migrate"] == {"condition": "service_completed_successfully"}
    password = "LIUDUAN_ROUTING_ADMINISTRATOR_PASSWORD"
    knowing = {name for name, each in containers.items() if password in each["environment"]}
    assert knowing == {"routing-seed"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_worker_is_watched_where_it_answers(containers: dict[str, Any], service: str) -> None:
    worker = containers[f"{service}-worker"]
    assert "--port 8000" in worker["command"]
    assert worker["healthcheck"]["test"] == "python -m deploy.healthcheck /health"


def _asked_with(rule: str) -> set[str]:
    return {asked["name"] for asked in ASKED.finditer(COMPOSE) if asked["rule"] == rule}


def _filled_in(told: Mapping[str, str]) -> dict[str, str]:
    """As compose does it, with an `.env` of generated keys."""
    values = new_keys(INSTALLATION) | dict.fromkeys(FROM_OUTSIDE, "given")
    return {
        name: ASKED.sub(lambda asked: values.get(asked["name"], asked["default"]), value)
        for name, value in told.items()
    }


def _optional_in_compose() -> set[str]:
    """Variables behind `#`, except those whose comment says `outside compose`."""
    blocks = re.findall(r"((?:^# .*\n)+)((?:^#[A-Z_]+=\n)+)", EXAMPLE, flags=re.MULTILINE)
    return {
        name
        for comment, variables in blocks
        if "outside compose" not in comment.lower()
        for name in re.findall(r"[A-Z_]+", variables)
    }


def _of_some_service(name: str, explained: set[str]) -> bool:
    own = {f"LIUDUAN_{service.upper()}_{name.removeprefix('LIUDUAN_')}" for service in SERVICES}
    return bool(own & explained)


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
