"""Files are judged in child processes; what strangers send is never read in ours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO

from services.intake.attachments.channel import ChannelBroken, verdict
from services.intake.attachments.domain.content.pieces import Kept, Source
from services.intake.attachments.domain.lifecycle import AttachmentKind
from shared.errors import Unavailable
from shared.rulebook.sections.files import Files

BROKEN = (ChannelBroken, OSError, ValueError, KeyError, TypeError)
PROGRAM = "services.intake.attachments.child"
# apart from the environment and the folder that we run in, and where nothing was installed
ROOT = str(Path(__file__).parents[3])
BEGIN = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True)
class Bounds:
    """Of one child: bytes of address space, seconds of processor time, seconds by the clock."""

    memory: int = 512 * 1024 * 1024
    seconds: int = 20
    patience: float = 60


BOUNDS = Bounds()


class FileNotJudged(Unavailable):
    """Nothing could be said of the file now; please finish the upload once more."""

    code = "FILE_NOT_JUDGED"
    chinese = "暂时无法检查该文件，请稍后再试。"


def judge(source: Source, kind: AttachmentKind, rules: Files, bounds: Bounds = BOUNDS) -> Kept:
    """Waits for the child. Raises a FileRefused by its verdict alone; a child that ends without one
    says nothing of the file: FileNotJudged.
    """
    pixels = (rules.jpeg_megapixels_at_most, rules.picture_megapixels_at_most)
    numbers = (source.size, *pixels, bounds.memory, bounds.seconds)
    try:
        with _child(kind, *map(str, numbers), patience=bounds.patience) as (questions, answers):
            return verdict(source, questions, answers)
    except BROKEN:
        raise FileNotJudged from None


@contextmanager
def _child(*words: str, patience: float) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Ended in any case, and waited for."""
    command = [sys.executable, "-I", "-c", BEGIN, ROOT, PROGRAM, *words]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={})
    clock = Timer(patience, child.kill)
    clock.start()
    try:
        if child.stdin is None or child.stdout is None:
            raise ChannelBroken
        yield child.stdout, child.stdin
    finally:
        clock.cancel()
        child.kill()
        child.communicate()
