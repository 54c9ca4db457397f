"""A state folder that any account can reach, as the checkout of a person usually is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def state() -> Iterator[Path]:
    yield from _folder()


@pytest.fixture(scope="module")
def state_of_the_module() -> Iterator[Path]:
    yield from _folder()


def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="liuduan-state-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)
