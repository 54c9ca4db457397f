"""Which of the ends may call which operation at all (lifecycle 3.9). A new route needs its line.

May call is not may do: a grid worker may sign, but only a case that was sent to that worker. What
is left open here is decided by the guard of the operation and tested with its service.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End
from tests.house import bulletin_rows, notify_rows
from tests.house.survey_rows import SURVEY
from tests.house.webhook_permissions import WEBHOOKS

OWNER = frozenset({End.OWNER})
HOTLINE = frozenset({End.INTEGRATION})
COURT = frozenset({End.COURT})
CENTRE = frozenset({End.CENTRE})
DEPARTMENT = frozenset({End.DEPARTMENT})
PROPOSE = frozenset({End.COMMUNITY, End.DEPARTMENT})
FIELD = frozenset({End.COMMUNITY, End.GRID})
HOME_DESKS = frozenset({End.COMMUNITY, End.GRID, End.PROPERTY})
DESKS = frozenset({End.GRID, End.CENTRE})
MEDIATE = frozenset({End.COMMUNITY, End.GRID, End.CENTRE})
PARTIES = MEDIATE | {End.OWNER, End.PROPERTY}
COORDINATE = DEPARTMENT | CENTRE
HANDLE = MEDIATE | {End.PROPERTY, End.DEPARTMENT}
STAFF = HANDLE | COURT
ANYBODY = STAFF | OWNER | HOTLINE  # with a token: one's own things, which may be none

WITHOUT_TOKEN = """
    POST /intake/sessions
    POST /intake/sessions/refresh
    POST /intake/sms-codes
    GET /intake/privacy-notice
    POST /intake/hotline/sessions
    GET /intake/open311/discovery
    GET /intake/open311/discovery.{format}
    GET /intake/open311/v2/services
    GET /intake/open311/v2/services.{format}
    GET /intake/open311/v2/services/{service_code}
    GET /intake/open311/v2/services/{service_code}.{format}
    POST /intake/open311/v2/requests
    POST /intake/open311/v2/requests.{format}
    GET /intake/open311/v2/requests
    GET /intake/open311/v2/requests.{format}
    GET /intake/open311/v2/requests/{service_request_id}
    GET /intake/open311/v2/requests/{service_request_id}.{format}
    GET /intake/open311/v2/tokens/{token}
    GET /intake/open311/v2/tokens/{token}.{format}
    GET /intake/open311/v2/servicerequestupdates
    GET /intake/open311/v2/servicerequestupdates.{format}
    POST /intake/open311/v2/servicerequestupdates
    POST /intake/open311/v2/servicerequestupdates.{format}
    POST /routing/sessions
    POST /routing/sessions/refresh
    POST /routing/sessions/second-factor
    POST /routing/sessions/second-factor/confirmation
    POST /routing/invitations/acceptance
    GET /intake/emergency-hints
    POST /intake/lookups
    POST /intake/lookups/supplement
    GET /intake/health
    GET /intake/ready
    GET /routing/health
    GET /routing/ready
    GET /survey/health
    GET /survey/ready
    GET /notify/health
    GET /notify/ready
"""
SIGNED = """
    POST /routing/callbacks/department
    POST /routing/callbacks/court
    GET /intake/wechat/push
    POST /intake/wechat/push
"""
WITHOUT_TOKEN += notify_rows.OPEN.lstrip() + bulletin_rows.OPEN.lstrip()
WITH_TOKEN: Mapping[str, frozenset[End]] = {
    notify_rows.INBOX: ANYBODY,
    notify_rows.NOTICES: CENTRE,
    bulletin_rows.DESKS: CENTRE,
    """
    POST /intake/complaints
    GET /intake/complaints
    GET /intake/complaints/counts
    GET /intake/complaints/repeated
    POST /intake/complaints/similar
    POST /intake/complaints/assessment
    POST /intake/complaints/{complaint_id}/dispute
    GET /intake/drafts
    POST /intake/drafts
    GET /intake/drafts/{draft_id}
    PUT /intake/drafts/{draft_id}
    DELETE /intake/drafts/{draft_id}
    POST /intake/drafts/{draft_id}/complaint
    GET /intake/complaints/{complaint_id}
    GET /intake/complaints/{complaint_id}/timeline
    GET /intake/complaints/{complaint_id}/attachments
    POST /intake/complaints/{complaint_id}/confirmation
    POST /intake/complaints/{complaint_id}/supplement
    POST /intake/complaints/{complaint_id}/withdrawal
    POST /intake/complaints/{complaint_id}/urge
    GET /intake/sessions
    DELETE /intake/sessions/current
    GET /intake/me
    GET /intake/me/consents
    GET /intake/me/export
    PUT /intake/me/consent
    PUT /intake/me/mobile
    PUT /intake/me/guardian
    POST /intake/me/erasure
    GET /intake/estates
    GET /intake/estates/{estate_id}
    GET /intake/bindings
    POST /intake/bindings
    POST /intake/bindings/invited
    DELETE /intake/bindings/{binding_id}
    GET /intake/houses/{house_id}/residents
    POST /intake/houses/{house_id}/invitations
    POST /intake/home-invitations/{invitation_id}/code
    DELETE /intake/home-invitations/{invitation_id}
    POST /routing/cases/{case_id}/judicial/consent
    """: OWNER,
    """
    DELETE /intake/sessions
    DELETE /intake/me/consent
    """: OWNER,
    """
    GET /intake/binding-requests
    POST /intake/binding-requests/{binding_id}/decision
    """: HOME_DESKS,
    """
    POST /intake/hotline/orders
    GET /intake/hotline/orders/{order_number}/reply
    """: HOTLINE,
    """
    PUT /intake/estates/{estate_id}/location
    """: CENTRE,
    """
    POST /intake/attachments
    POST /intake/attachments/whole
    GET /intake/attachments/{attachment_id}
    GET /intake/attachments/{attachment_id}/content
    PUT /intake/attachments/{attachment_id}/parts/{number}
    POST /intake/attachments/{attachment_id}/parts/{number}
    POST /intake/attachments/{attachment_id}/completion
    DELETE /intake/attachments/{attachment_id}
    """: STAFF | OWNER,
    """
    POST /intake/desk/complaints
    GET /intake/desk/complaints
    GET /intake/desk/complaints/{complaint_id}
    GET /intake/desk/complaints/{complaint_id}/timeline
    POST /intake/desk/complaints/{complaint_id}/supplement
    """: STAFF,
    """
    GET /intake/desk/refused-orders
    GET /intake/desk/letters/template
    POST /intake/desk/letters
    GET /intake/desk/letters/{import_id}
    POST /intake/desk/letters/{import_id}/confirmation
    """: CENTRE,
    """
    GET /notify/subscriptions
    POST /notify/subscriptions
    GET /notify/preferences
    PUT /notify/preferences
    GET /survey/visits
    GET /survey/answer-form
    GET /routing/cases
    GET /routing/escalations
    GET /routing/joint-work
    GET /routing/rectifications
    GET /routing/talk-prompts
    GET /routing/statistics/places
    GET /routing/statistics/estates
    GET /routing/statistics/street-offices
    """: ANYBODY,
    """
    GET /survey/visits/{visit_id}
    POST /survey/visits/{visit_id}/answer
    """: OWNER,
    """
    DELETE /routing/sessions/current
    GET /routing/me
    POST /routing/me/password
    POST /routing/me/second-factor
    POST /routing/me/second-factor/confirmation
    POST /routing/me/second-factor/removal
    GET /routing/directory/divisions
    GET /routing/directory/organisations
    GET /routing/directory/organisations/{organisation_id}
    GET /routing/directory/organisations/{organisation_id}/mediators
    GET /routing/directory/estates
    GET /routing/directory/estates/{estate_id}
    GET /routing/directory/grids
    GET /routing/directory/grids/{grid_id}
    GET /routing/directory/staff
    GET /routing/directory/contracts
    GET /routing/me/interests
    POST /routing/me/interests
    POST /routing/directory/staff
    GET /routing/directory/staff/{staff_id}
    PUT /routing/directory/staff/{staff_id}
    PUT /routing/directory/staff/{staff_id}/closure
    DELETE /routing/directory/staff/{staff_id}/second-factor
    POST /routing/directory/staff/{staff_id}/roles
    PUT /routing/directory/staff/{staff_id}/roles/{grant_id}/end
    PUT /routing/directory/staff/{staff_id}/roles/{grant_id}/withdrawal
    GET /routing/directory/staff/{staff_id}/interests
    POST /routing/directory/staff/{staff_id}/interests
    PUT /routing/directory/staff/{staff_id}/interests/{interest_id}/lifting
    GET /routing/directory/invitations
    POST /routing/directory/invitations
    POST /routing/directory/invitations/{invitation_id}/code
    DELETE /routing/directory/invitations/{invitation_id}
    """: STAFF,
    """
    GET /intake/ledger
    GET /intake/ledger/export
    GET /intake/flags
    POST /intake/flags/{flag_id}/decision
    POST /routing/directory/organisations
    PUT /routing/directory/organisations/{organisation_id}
    POST /routing/directory/estates
    POST /routing/directory/estates/{estate_id}/buildings/{building_id}/moves
    POST /routing/directory/contracts
    PUT /routing/directory/contracts/{contract_id}/end
    POST /routing/directory/grids
    PUT /routing/directory/grids/{grid_id}/staffing
    POST /routing/directory/mediators
    POST /routing/directory/contracts/{contract_id}/replacement
    GET /routing/directory/imports/template
    POST /routing/directory/imports
    GET /routing/directory/imports/{import_id}
    POST /routing/directory/imports/{import_id}/confirmation
    GET /routing/statistics/dispatching
    GET /routing/dispatch-rules
    GET /routing/dispatch-rules/template.xlsx
    POST /routing/dispatch-rules/imports
    GET /routing/dispatch-rules/{rule_set_id}
    GET /routing/dispatch-rules/{rule_set_id}/changes
    POST /routing/dispatch-rules/{rule_set_id}/trial
    POST /routing/dispatch-rules/{rule_set_id}/activation
    POST /routing/dispatch-rules/{rule_set_id}/retirement
    POST /routing/cases/{case_id}/joint
    POST /routing/cases/{case_id}/mediation/failure
    POST /routing/cases/{case_id}/reopening
    POST /routing/joint-work
    POST /routing/rectifications
    POST /routing/rectifications/{rectification_id}/decision
    POST /routing/rectifications/{rectification_id}/extension
    POST /routing/talk-prompts/{prompt_id}/rectification
    POST /routing/cases/{case_id}/transfer
    POST /routing/cases/{case_id}/transfer/handover
    POST /routing/cases/{case_id}/judicial/package
    POST /routing/cases/{case_id}/judicial/not-filed
    GET /intake/screenings
    POST /intake/screenings/{screening_id}/decision
    GET /routing/duplicates
    GET /routing/cases/{case_id}/duplicates
    POST /routing/duplicates/{proposal_id}/dismissal
    POST /routing/cases/{case_id}/merge
    POST /routing/cases/{case_id}/unmerge
    POST /routing/cases/{case_id}/representatives
    POST /routing/cases/{case_id}/return-decision
    POST /routing/pending-complaints/{complaint_id}/acceptance
    POST /routing/pending-complaints/{complaint_id}/refusal
    """: CENTRE,
    """
    GET /routing/worklist
    GET /routing/worklist/counts
    GET /routing/worklist/export
    GET /routing/worklist/views
    POST /routing/worklist/views
    PUT /routing/worklist/views/{view_id}
    DELETE /routing/worklist/views/{view_id}
    POST /routing/bulk/previews
    POST /routing/bulk/{preview_id}/execution
    GET /routing/standard-texts
    POST /routing/standard-texts
    PUT /routing/standard-texts/{text_id}
    DELETE /routing/standard-texts/{text_id}
    GET /routing/standard-texts/{text_id}/rendering
    GET /routing/cases/{case_id}
    GET /routing/cases/{case_id}/timeline
    GET /routing/cases/{case_id}/attachments
    POST /routing/cases/{case_id}/attachments/{attachment_id}/address
    GET /routing/cases/{case_id}/clocks
    GET /routing/cases/{case_id}/representatives
    GET /routing/cases/{case_id}/supervision
    GET /routing/cases/{case_id}/transfers
    POST /routing/cases/{case_id}/signature
    POST /routing/cases/{case_id}/progress
    POST /routing/cases/{case_id}/result
    POST /routing/cases/{case_id}/recusals
    POST /routing/cases/{case_id}/supervision/{order_id}/answer
    GET /routing/cases/{case_id}/returns
    GET /routing/cases/{case_id}/suspensions
    GET /routing/cases/{case_id}/extensions
    POST /routing/cases/{case_id}/return
    POST /routing/cases/{case_id}/suspension
    POST /routing/cases/{case_id}/extension
    """: HANDLE,
    """
    POST /routing/cases/{case_id}/resumption
    """: HANDLE | OWNER,
    """
    POST /routing/cases/{case_id}/grading-proposals
    """: PROPOSE,
    """
    POST /routing/cases/{case_id}/grading
    POST /routing/cases/{case_id}/dispatch
    POST /routing/cases/{case_id}/review
    POST /routing/cases/{case_id}/interim-feedback
    GET /routing/cases/{case_id}/grading-proposals
    POST /routing/cases/{case_id}/suspension-decision
    POST /routing/cases/{case_id}/extension-decision
    POST /routing/cases/{case_id}/supervision
    """: DESKS,
    """
    GET /routing/pending-complaints
    GET /routing/pending-complaints/{complaint_id}
    POST /routing/pending-complaints/{complaint_id}/information-request
    POST /routing/cases/{case_id}/mediation
    POST /routing/cases/{case_id}/mediation/schedule
    POST /routing/cases/{case_id}/mediation/receipt
    POST /routing/cases/{case_id}/mediation/sessions
    POST /routing/cases/{case_id}/mediation/refusal
    POST /routing/cases/{case_id}/mediation/agreement
    POST /routing/cases/{case_id}/mediation/extension
    POST /routing/cases/{case_id}/agreement/performance
    GET /notify/messages
    GET /notify/phone-tasks
    POST /notify/phone-tasks/{task_id}/number
    POST /notify/phone-tasks/{task_id}/outcome
    GET /notify/messages/{message_id}
    """: MEDIATE,
    """
    GET /routing/cases/{case_id}/mediation
    POST /routing/cases/{case_id}/mediation/consents
    GET /routing/cases/{case_id}/agreement
    POST /routing/cases/{case_id}/agreement/breach
    POST /routing/cases/{case_id}/agreement/confirmation-applications
    POST /routing/cases/{case_id}/agreement/confirmation-applications/consents
    """: PARTIES,
    """
    GET /routing/cases/{case_id}/joint
    POST /routing/cases/{case_id}/joint/convening
    POST /routing/cases/{case_id}/joint/plan
    """: COORDINATE,
    """
    POST /routing/cases/{case_id}/joint/results
    POST /routing/cases/{case_id}/joint/releases
    POST /routing/cases/{case_id}/joint/completion
    """: DEPARTMENT,
    """
    GET /routing/joint-work/{joint_work_id}
    """: CENTRE | DEPARTMENT,
    """
    GET /routing/rectifications/{rectification_id}
    """: CENTRE | frozenset({End.PROPERTY}),
    """
    POST /routing/rectifications/{rectification_id}/proof
    """: frozenset({End.PROPERTY}),
    """
    GET /routing/court/packages/{package_id}
    GET /routing/court/applications/{application_id}
    """: COURT,
    """
    GET /routing/field/today
    GET /routing/field/changes
    POST /routing/field/sync
    POST /routing/field/photos
    """: FIELD,
    """
    GET /routing/cases/{case_id}/persuasions
    GET /routing/cases/{case_id}/persuasions/print
    GET /routing/cases/{case_id}/contacts
    GET /routing/cases/{case_id}/photos
    GET /routing/cases/{case_id}/photos/{photo_id}
    POST /routing/cases/{case_id}/persuasions
    POST /routing/cases/{case_id}/contacts
    """: MEDIATE | DEPARTMENT,
    **SURVEY,
    **WEBHOOKS,
}


def lines(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


ROWS: Mapping[str, frozenset[End]] = {
    operation: ends for table, ends in WITH_TOKEN.items() for operation in lines(table)
}
