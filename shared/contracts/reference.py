"""Ids of what is known by a public code: they follow from the code, so every copy agrees."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "urn:liuduan:directory")


def reference_id(*code: str) -> UUID:
    """The id for a code in parts, e.g. `("CENTRE", "GOVERNANCE_CENTRE", "421202001")`."""
    return uuid5(NAMESPACE, "/".join(code))


def organisation_id(kind: str, specialty: str | None, division: str) -> UUID:
    """The id of an organisation of which a division has only one (centre, department, court …)."""
    return reference_id("organisation", kind, specialty or "", division)
