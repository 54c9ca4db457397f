"""Pictures are made anew in a child process, one at a time in each of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from services.intake.attachments.domain.content.pieces import Kept
from services.intake.attachments.domain.content.refusals import (
    FileDamaged,
    PictureTooLarge,
    refusal_of,
)
from shared.rulebook.sections.files import Files

PROGRAM = Path(__file__).with_name("redraw.py")
PATIENCE = 40  # seconds


def redraw(content: bytes, rules: Files) -> Kept:
    """Waits for the child. Raises a FileRefused."""
    limits = (str(rules.jpeg_megapixels_at_most), str(rules.picture_megapixels_at_most))
    command = [sys.executable, "-I", str(PROGRAM), *limits]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=PATIENCE, check=True, env={}
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise PictureTooLarge from None  # it was ended by a bound, or took its decoder along
    head, _, picture = done.stdout.partition(b"\n")
    told = json.loads(head or b"{}")
    if "refused" in told:
        raise refusal_of(told["refused"])
    if not picture:
        raise FileDamaged
    return Kept(told["media_type"], [picture])
