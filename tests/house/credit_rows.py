"""Who may call the doors of the credit file: appeals, grades, consequences (E11, E16-E28)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End

ANYBODY = frozenset(End) - {End.SYSTEM}
READERS = frozenset({End.GRID, End.CENTRE, End.DEPARTMENT, End.PROPERTY})
BUREAUS = frozenset({End.CENTRE, End.DEPARTMENT})

CREDIT: Mapping[str, frozenset[End]] = {
    """
    GET /survey/credit-appeals
    GET /survey/credit-grades
    GET /survey/consequences
    """: ANYBODY,
    """
    GET /survey/companies/{company_id}/dossier
    GET /survey/credit-appeals/{appeal_id}
    GET /survey/credit-grades/{grade_id}
    GET /survey/consequences/{consequence_id}
    """: READERS,
    """
    POST /survey/credit-entries/{entry_id}/appeal
    """: frozenset({End.PROPERTY}),
    """
    POST /survey/credit-appeals/{appeal_id}/decision
    """: BUREAUS,
    """
    POST /survey/credit-grades/{grade_id}/decision
    POST /survey/consequences/{consequence_id}/decision
    """: frozenset({End.DEPARTMENT}),
}
