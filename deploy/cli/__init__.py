"""`liuduan`: each word of the command is one small file of this folder.

What a word needs is imported when it is spoken, so that `--help` answers at once.
"""

from __future__ import annotations

import sys

import typer

from deploy.cli import (
    audit,
    directory,
    documents,
    indicators,
    keys,
    migrations,
    open311,
    owners,
    parked,
    triage,
)
from deploy.cli.demo import demo
from deploy.cli.test import test
from deploy.cli.up import up
from deploy.embedded.failures import EmbeddedFailure
from shared.errors import DomainError
from shared.settings import SettingMissing

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}

application = typer.Typer(
    name="liuduan",
    help="六端互通 - property disputes of a city, routed between six ends, every deadline kept.",
    epilog="Through the checkout: `./run WORD …`, and `./run exec CMD …` for any other tool.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
application.command()(up)
application.command()(demo)
application.command(context_settings=PASSED_ON)(test)
application.add_typer(parked.application, name="parked")
application.add_typer(audit.application, name="audit")
application.add_typer(triage.application, name="triage")
application.add_typer(migrations.application, name="migrations")
application.add_typer(documents.application, name="documents")
application.add_typer(directory.application, name="directory")
application.add_typer(indicators.application, name="indicators")
application.add_typer(keys.application, name="keys")
application.add_typer(open311.application, name="open311")
application.add_typer(owners.application, name="owners")


def main() -> None:
    try:
        application()
    except (EmbeddedFailure, SettingMissing, DomainError) as failure:
        sys.exit(f"liuduan: {failure}")
