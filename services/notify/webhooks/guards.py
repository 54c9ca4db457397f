"""Webhooks are the business of the organisation that receives them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.notify.webhooks.domain.policies import may_receive_webhooks
from shared.errors import Forbidden, NotFound
from shared.web.dependencies import CurrentActor


class WebhooksForOrganisationsOnly(Forbidden):
    """Only staff of departments and courts may see the webhooks of their organisation."""

    code = "WEBHOOKS_FOR_ORGANISATIONS_ONLY"
    chinese = "只有部门和法院工作人员可以查看本单位的推送。"


class EndpointNotFound(NotFound):
    """Your organisation has no such endpoint."""

    code = "ENDPOINT_NOT_FOUND"
    chinese = "本单位没有这个推送地址。"


def own_organisation(actor: CurrentActor) -> UUID:
    if actor.organisation_id is None or not may_receive_webhooks(actor):
        raise WebhooksForOrganisationsOnly
    return actor.organisation_id


OwnOrganisation = Annotated[UUID, Depends(own_organisation)]
