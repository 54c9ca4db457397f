"""`liuduan keys`: secrets for an installation."""

from __future__ import annotations

import typer

application = typer.Typer(help="Secrets for an installation.", no_args_is_help=True)


@application.callback()
def keys() -> None:
    """Secrets for an installation."""


@application.command()
def generate() -> None:
    """Print a fresh value for every secret, as lines for an .env file."""
    from deploy.embedded.keys import INSTALLATION, new_keys

    for name, value in new_keys(INSTALLATION).items():
        # quotes hold a PEM together; no value of ours has one in it
        print(f"{name}='{value}'")
