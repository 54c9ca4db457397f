"""As whom an integrating organisation acts: the same roles as its people, by its key."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.vocabulary import OrganisationKind
from shared.identity import Actor, End, Role

ROLES = {
    OrganisationKind.DEPARTMENT: (End.DEPARTMENT, Role.DEPARTMENT_OFFICER),
    OrganisationKind.UTILITY: (End.DEPARTMENT, Role.DEPARTMENT_OFFICER),
    OrganisationKind.COURT: (End.COURT, Role.COURT_CLERK),
}


def principal(kind: OrganisationKind, organisation_id: UUID, key_id: UUID) -> Actor | None:
    """The actor of a callback; None for kinds that have no callbacks. The key is the person."""
    if kind not in ROLES:
        return None
    end, role = ROLES[kind]
    return Actor(id=key_id, end=end, roles=frozenset({role}), organisation_id=organisation_id)
