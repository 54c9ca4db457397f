"""The folder in which one machine keeps its world: data, keys, ports."""

from __future__ import annotations

import os
from pathlib import Path

BESIDE_THE_CODE = Path(__file__).resolve().parents[2] / ".state"


def state_folder() -> Path:
    """`LIUDUAN_STATE`, or `.state` beside the code; made when it is not there."""
    folder = Path(os.environ.get("LIUDUAN_STATE") or BESIDE_THE_CODE).absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
