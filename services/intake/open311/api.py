"""The addresses of GeoReport v2. Nobody signs in here: filing takes an api_key, reading nothing."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.intake.open311 import filing, reading, updating
from services.intake.open311.calling import CurrentCall
from services.intake.open311.documented import (
    PERIOD,
    SENT,
    SENT_IN_UPDATES,
    described,
    listed,
    serve,
)
from services.intake.open311.domain import catalogue

router = APIRouter(prefix="/open311", tags=["open311"])

DISCOVERY = described("changeset", "contact", "key_service", "endpoints")
SERVICES = listed("service_code", "service_name", "description", "metadata", "type")
DEFINITION = described("service_code", "attributes")
RECEIPT = listed("service_notice", "account_id")
TOKEN = listed("service_request_id", "token")
REQUESTS = listed("service_request_id", "status", "service_code", "requested_datetime")
UPDATES = listed("update_id", "service_request_id", "status", "updated_datetime", "description")
UPDATE = listed("update_id", "account_id")
LIST = ("service_request_id", "service_code", *PERIOD, "status", "page", "page_size", "api_key")


@serve(router, "GET", "/discovery", DISCOVERY)
async def discovery(call: CurrentCall) -> Response:
    """Where the facade is, and how to get a key."""
    test = call.runtime.settings.embedded
    return call.reply("discovery", catalogue.discovery(call.rulebook, call.base, test=test))


@serve(router, "GET", "/v2/services", SERVICES)
async def services(call: CurrentCall) -> Response:
    """What may be reported: the category table, without the police's."""
    return call.reply("services", catalogue.services(call.rulebook))


@serve(router, "GET", "/v2/services/{service_code}", DEFINITION)
async def definition(request: Request, call: CurrentCall) -> Response:
    """What a service asks beyond its description."""
    code = request.path_params["service_code"]
    return call.reply("service_definition", catalogue.definition(call.rulebook, code))


@serve(router, "POST", "/v2/requests", RECEIPT, sent=SENT)
async def post_request(call: CurrentCall) -> Response:
    """File a complaint (T01); the same words within minutes are the same complaint."""
    return call.reply("service_requests", await filing.take(call))


@serve(router, "GET", "/v2/requests", REQUESTS, query=LIST)
async def requests(call: CurrentCall) -> Response:
    """By ids, else by service, status and a period of at most 90 days, newest first."""
    return call.reply("service_requests", await reading.requests(call))


@serve(router, "GET", "/v2/requests/{service_request_id}", REQUESTS, query=("api_key",))
async def request(request: Request, call: CurrentCall) -> Response:
    """One request."""
    number = request.path_params["service_request_id"]
    return call.reply("service_requests", await reading.request(call, number))


@serve(router, "GET", "/v2/tokens/{token}", TOKEN)
async def token(request: Request, call: CurrentCall) -> Response:
    """The id of a request that was answered with a token."""
    return call.reply("service_requests", await reading.token(call, request.path_params["token"]))


@serve(
    router,
    "GET",
    "/v2/servicerequestupdates",
    UPDATES,
    query=("service_request_id", *PERIOD, "api_key"),
)
async def updates(call: CurrentCall) -> Response:
    """What happened to requests in a period, oldest first."""
    return call.reply("service_request_updates", await updating.updates(call))


@serve(router, "POST", "/v2/servicerequestupdates", UPDATE, sent=SENT_IN_UPDATES)
async def post_update(call: CurrentCall) -> Response:
    """What the reporter has to add to a request that the same client filed."""
    return call.reply("service_request_updates", await updating.take_update(call))
