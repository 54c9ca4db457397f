"""Servers and fixtures of the whole suite, and a loud word about what a run could not cover."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from hypothesis import settings

from tests.servers import (
    Databases,
    Servers,
    letters_folder,
    node_available,
    rabbitmq_available,
)

# how fast this machine is today says nothing about the code
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SERVERS = pytest.StashKey[Servers]()

WHY_SKIPPED = {
    "rabbitmq": "no RabbitMQ here: install rabbitmq-server or set LIUDUAN_TEST_AMQP_URL",
    "node": "no Node.js here: install nodejs",
    "letters": "no public letters here: name their folder in LIUDUAN_LETTERS",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--ci", action="store_true", help="fail where RabbitMQ or Node is missing")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SERVERS] = Servers()


def pytest_collection_finish(session: pytest.Session) -> None:
    """In a run by several processes each that tests has servers of its own."""
    wanted = any(item.get_closest_marker("rabbitmq") for item in session.items)
    if wanted and rabbitmq_available() and not session.config.option.collectonly:
        session.config.stash[SERVERS].launch_rabbitmq()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("letters") and letters_folder() is None:
        pytest.skip(WHY_SKIPPED["letters"])
    for marker, available in (("rabbitmq", rabbitmq_available), ("node", node_available)):
        if item.get_closest_marker(marker) and not available():
            if item.config.getoption("--ci"):
                pytest.fail(WHY_SKIPPED[marker], pytrace=False)
            pytest.skip(WHY_SKIPPED[marker])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for marker, why in WHY_SKIPPED.items():
        count = sum(why in reason for reason in skipped)
        if count:
            title = f"NOT COVERED: {count} {marker} tests"
            terminalreporter.section(title, sep="!", red=True, bold=True)
            terminalreporter.line(why)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[SERVERS].stop()


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Databases:
    """`await postgres.fresh_database(metadata_or_migrate)` gives the address of a new database."""
    return Databases(pytestconfig.stash[SERVERS].postgres())


@pytest.fixture(autouse=True)
def _databases_of_this_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Databases made from here on are this test's own; wider fixtures have made theirs before."""
    if "postgres" not in request.fixturenames:
        yield
        return
    databases: Databases = request.getfixturevalue("postgres")
    mark = databases.mark()
    yield
    databases.finish_since(mark)


@pytest.fixture(autouse=True)
def _logs_of_this_test() -> Iterator[None]:
    """Who has logs configured writes to a stream that pytest closes."""
    root, before = logging.getLogger(), structlog.get_config()
    level, handlers = root.level, list(root.handlers)
    yield
    structlog.configure(**before)
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture(scope="session")
def amqp_url(pytestconfig: pytest.Config) -> str:
    """The broker of this run, for tests marked `rabbitmq`; see `namespace`."""
    return pytestconfig.stash[SERVERS].amqp_url()


@pytest.fixture
def namespace() -> str:
    """A prefix for exchanges and queues, so that tests do not hear each other on one broker."""
    return f"t{uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def letters() -> Path:
    """The folder of public letters, for tests marked `letters`."""
    folder = letters_folder()
    assert folder is not None
    return folder
