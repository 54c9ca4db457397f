"""Which departments a MAJOR case proposes, and which of them leads (B07, B08, B12, A09)."""

from __future__ import annotations

from dataclasses import dataclass

from shared.rulebook import Rulebook


@dataclass(frozen=True)
class TeamProposal:
    """Department codes of the rulebook; the lead is not among the members."""

    lead: str
    members: tuple[str, ...]


def propose_team(rulebook: Rulebook, category: str) -> TeamProposal:
    """The departments of the category table; where it names fewer than two, the default team."""
    row = rulebook.category(category)
    departments = [code for code in (row.lead, *row.joined_by) if _is_department(rulebook, code)]
    lead = departments[0] if departments else rulebook.joint_teams.default_lead
    team = departments if len(departments) > 1 else rulebook.joint_teams.all
    return TeamProposal(lead, tuple(code for code in team if code != lead))


def _is_department(rulebook: Rulebook, code: str) -> bool:
    return any(kind.code == code and kind.department for kind in rulebook.organisations)
