"""A case together with its latest mediation and the parties to it."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.cases.casefile import CaseFile
from services.routing.mediation.domain.consent import Consent, NotAParty, Side
from services.routing.mediation.tables import Mediation, Party


@dataclass
class MediationFile:
    file: CaseFile
    mediation: Mediation
    parties: dict[Side, Party]

    @property
    def consents(self) -> dict[Side, Consent]:
        return {side: Consent(party.consent) for side, party in self.parties.items()}

    @property
    def refused(self) -> bool:
        """A party has said on record that it does not want to."""
        return Consent.REFUSED in self.consents.values()

    @property
    def respondent(self) -> Side:
        """Whom the owner stands against."""
        return next(side for side in self.parties if side is not Side.OWNER)

    def party(self, side: Side) -> Party:
        """Raises NotAParty."""
        try:
            return self.parties[side]
        except KeyError:
            raise NotAParty from None
