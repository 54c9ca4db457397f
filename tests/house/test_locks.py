"""The locks hold what pyproject.toml asks for, with hashes, and name no place to get it from."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED = {
    "runtime": [*PROJECT["dependencies"], *EXTRAS["checkout"]],
    "development": [*PROJECT["dependencies"], *EXTRAS["checkout"], *EXTRAS["development"]],
}
PINNED = re.compile(r"^(?P<name>[\w.\-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)


def _lock(name: str) -> str:
    return (CHECKOUT / "requirements" / f"{name}.txt").read_text()


def _pins(name: str) -> dict[str, str]:
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PINNED.finditer(_lock(name))}


@pytest.mark.parametrize("name", ASKED)
def test_the_lock_answers_what_the_project_asks(name: str) -> None:
    pins = _pins(name)
    for requirement in map(Requirement, ASKED[name]):
        version = pins.get(canonicalize_name(requirement.name), "")
        assert version, f"{requirement.name} is not locked: .ci/lock"
        assert requirement.specifier.contains(version), f"{requirement.name} {version}: .ci/lock"


@pytest.mark.parametrize("name", [*ASKED, "uv"])
def test_every_package_has_a_hash_and_no_address(name: str) -> None:
    packages = re.split(r"\n(?=\S)", _lock(name).strip())
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in _lock(name)


def test_what_runs_is_what_was_tested() -> None:
    tested = _pins("development")
    assert {name: tested.get(name) for name in _pins("runtime")} == _pins("runtime")
