"""The HTTP side of the credit file, one file per thing."""

from __future__ import annotations

from services.survey.credit.api import appeals, consequences, entries, grades

routers = (entries.router, appeals.router, grades.router, consequences.router)
