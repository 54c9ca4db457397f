"""Who may call the doors of targets and streets' assessments (D15, A17)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

CENTRE = frozenset({End.CENTRE})

TARGETS: Mapping[str, frozenset[End]] = {
    """
    GET /survey/targets
    """: CENTRE | {End.DEPARTMENT},
    """
    GET /survey/street-assessments/{street}/{year}
    PUT /survey/street-assessments/{street}/{year}
    """: CENTRE,
}
