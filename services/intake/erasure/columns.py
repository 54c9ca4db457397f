"""What a person is shown of each table that is kept of them: named one by one, so that a new column
is not told by accident. Never keys of files, ids of staff or of other owners, or search indexes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SHOWN: Mapping[str, Sequence[str]] = {
    "owner": (
        *("id", "active", "registered_at", "privacy_version", "privacy_at", "age_band"),
        "guardian_missing",
    ),
    "guardian": ("relation", "filed_at"),
    "privacy_consent": ("version", "given", "age_band", "at"),
    "account_flag": ("kind", "state", "complaint_ids", "raised_at", "decided_at"),
    "house_binding": (
        *("id", "house_id", "estate_id", "relation", "state", "requested_at", "verified_at"),
        *("verified_by", "decided_at", "until", "ended_at"),
    ),
    "home_invitation": (
        *("id", "house_id", "relation", "until", "invited_at", "expires_at", "accepted_at"),
        "withdrawn_at",
    ),
    "house_register": ("house_id", "relation", "left_at"),
    "complaint": (
        *("id", "number", "channel", "door", "state", "anonymous", "confidential", "visitor"),
        *("division", "estate_id", "building_id", "house_id", "chosen_category", "title", "text"),
        *("place", "external_number", "submitted_at", "promised_from", "accepted_at", "case_id"),
        *("case_number", "placed_at", "refusal_reason", "refusal_hint", "missing"),
        *("supplement_until", "supplied_at", "proofs", "urges", "urged_at", "disputed_at"),
    ),
    "complaint_timeline": ("complaint_id", "at", "kind", "title", "text", "who", "until"),
    "confirmation": ("complaint_id", "feedback_at", "solved", "level", "answered_at"),
    "visit_rating": ("complaint_id", "opened_at", "solved", "result_level", "answered_at"),
    "screening": (
        *("subject_type", "subject_id", "complaint_id", "state", "label", "reason", "filed_at"),
        *("answered_at", "decided_at"),
    ),
    "hotline_reply": ("complaint_id", "order_number", "kind", "at", "state", "taken_at"),
    "hotline_correction": ("complaint_id", "received_at"),
    "attachment": (
        *("id", "state", "kind", "declared_size", "sha256", "media_type", "size", "refusal"),
        *("complaint_id", "started_at", "finished_at", "attached_at"),
    ),
    "complaint_draft": ("id", "attachments", "created_at", "changed_at", "complaint_id"),
}
LOCKED: Mapping[str, Sequence[str]] = {
    "account_flag": ("reason",),
    "house_binding": ("applicant_name", "reason"),
    "house_register": ("name",),
    "complaint": ("location", "contact_name", "contact_mobile", "details"),
    "confirmation": ("reason",),
    "hotline_reply": ("body",),
    "hotline_correction": ("body",),
}
