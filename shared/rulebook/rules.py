"""The table of contents: every section a rulebook must have, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from shared.rulebook.section import Section, frozen, with_codes
from shared.rulebook.sections.accounts import (
    Accounts,
    HomeInvitations,
    PrivacyNotice,
    SmsCodes,
)
from shared.rulebook.sections.analysis import Analysis
from shared.rulebook.sections.bulletins import Bulletins, Transparency
from shared.rulebook.sections.categories import Category, JointTeams, OrganisationKind
from shared.rulebook.sections.doors import Doors
from shared.rulebook.sections.duplicates import Duplicates
from shared.rulebook.sections.evaluation import Credit, Evaluation, Subsidy, Tenders
from shared.rulebook.sections.fees import Fees
from shared.rulebook.sections.field import FieldWork
from shared.rulebook.sections.files import Files
from shared.rulebook.sections.filing import FilingLimits, Privacy
from shared.rulebook.sections.following import Following
from shared.rulebook.sections.governance import Indicators, Meetings, Reports, Target, Training
from shared.rulebook.sections.handling import (
    Acceptance,
    Closing,
    Dispatch,
    EscalationStep,
    GradeRule,
    Groups,
    Intake,
    Patterns,
    Reopening,
    Returns,
    Suspension,
    Transfers,
    Urging,
    refuse_missing_grades,
)
from shared.rulebook.sections.integration import Integration
from shared.rulebook.sections.mediation import Confirmation, Courts, Mediation
from shared.rulebook.sections.notices import Notices, Notification
from shared.rulebook.sections.open311 import Open311
from shared.rulebook.sections.people import (
    DisplayNames,
    Divisions,
    People,
    Recusal,
    Sharing,
    StreetOffices,
)
from shared.rulebook.sections.ratings import Ratings, Representatives
from shared.rulebook.sections.survey import Satisfaction, Scores, Survey
from shared.rulebook.sections.times import ClockRule, Lengths, Timing, refuse_missing_clocks
from shared.rulebook.sections.triage import Triage
from shared.rulebook.sections.visits import ReturnVisits
from shared.rulebook.sections.webhooks import Webhooks
from shared.rulebook.vocabulary import ClockKind, Grade

Clocks = Annotated[
    Mapping[ClockKind, ClockRule], AfterValidator(refuse_missing_clocks), AfterValidator(frozen)
]
Grades = Annotated[
    Mapping[Grade, GradeRule], AfterValidator(refuse_missing_grades), AfterValidator(frozen)
]
Categories = Annotated[Mapping[str, Category], BeforeValidator(with_codes), AfterValidator(frozen)]
Notifications = Annotated[
    Mapping[str, Notification], BeforeValidator(with_codes), AfterValidator(frozen)
]
Switches = Annotated[Mapping[str, bool], AfterValidator(frozen)]


class Rules(Section):
    """Sections in the order a case meets them."""

    switches: Switches
    people: People
    recusal: Recusal
    sharing: Sharing
    street_offices: StreetOffices
    display_names: DisplayNames
    divisions: Divisions
    organisations: tuple[OrganisationKind, ...]
    joint_teams: JointTeams

    categories: Categories
    triage: Triage
    intake: Intake
    privacy: Privacy
    privacy_notice: PrivacyNotice
    accounts: Accounts
    sms_codes: SmsCodes
    home_invitations: HomeInvitations
    filing_limits: FilingLimits
    files: Files
    following: Following
    open311: Open311
    doors: Doors
    acceptance: Acceptance
    urging: Urging
    dispatch: Dispatch
    field_work: FieldWork
    integration: Integration

    timing: Timing
    sla: Lengths
    clocks: Clocks
    grades: Grades
    returns: Returns
    transfers: Transfers
    suspension: Suspension
    escalation: tuple[EscalationStep, ...]
    patterns: Patterns
    duplicates: Duplicates
    groups: Groups
    closing: Closing
    reopening: Reopening

    mediation: Mediation
    confirmation: Confirmation
    courts: Courts

    scores: Scores
    satisfaction: Satisfaction
    return_visits: ReturnVisits
    survey: Survey
    representatives: Representatives
    ratings: Ratings
    evaluation: Evaluation
    credit: Credit
    subsidy: Subsidy
    tenders: Tenders

    meetings: Meetings
    reports: Reports
    indicators: Indicators
    targets: tuple[Target, ...]
    fees: Fees
    analysis: Analysis
    training: Training
    bulletins: Bulletins
    transparency: Transparency

    notices: Notices
    notifications: Notifications
    webhooks: Webhooks
