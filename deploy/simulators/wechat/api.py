"""The vendor's paths, with its manners: HTTP 200 whatever happens, its own content types."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from deploy.simulators.wechat.endpoints import ENDPOINTS, Answer
from deploy.simulators.wechat.refusal import Refusal
from deploy.simulators.wechat.vendor import Vendor

JSON_TYPE = "application/json; encoding=utf-8"
TEXT_TYPE = "text/plain"
PLAIN_PATHS = frozenset({"/sns/jscode2session"})
BOTH = ["GET", "POST"]

PICTURE_TYPE = "image/png"

Work = Callable[[bytes], dict[str, Any]]

router = APIRouter(tags=["WeChat server API"])


def vendor_of(request: Request) -> Vendor:
    vendor: Vendor = request.app.state.vendor
    return vendor


VendorHere = Annotated[Vendor, Depends(vendor_of)]


@router.api_route("/sns/jscode2session", methods=BOTH)
async def code_to_session(request: Request, vendor: VendorHere) -> Response:
    # Posted parameters are not seen, hence "appid missing" (41002), as with the real one.
    query = dict(request.query_params) if request.method == "GET" else {}

    def effect() -> Response:
        return _answer(vendor, "/sns/jscode2session", lambda: vendor.code_to_session(query))

    return await vendor.script.play("/sns/jscode2session", effect)


@router.api_route("/cgi-bin/stable_token", methods=BOTH)
async def stable_token(request: Request, vendor: VendorHere) -> Response:
    return await _posted(request, vendor, "/cgi-bin/stable_token", vendor.stable_token)


@router.api_route("/wxa/business/getuserphonenumber", methods=BOTH)
async def phone_number(request: Request, vendor: VendorHere, access_token: str = "") -> Response:
    def work(content: bytes) -> dict[str, Any]:
        return vendor.phone_number(access_token, content)

    return await _posted(request, vendor, "/wxa/business/getuserphonenumber", work)


@router.api_route("/cgi-bin/message/subscribe/send", methods=BOTH)
async def send_message(request: Request, vendor: VendorHere, access_token: str = "") -> Response:
    def work(content: bytes) -> dict[str, Any]:
        return vendor.send_message(access_token, content)

    return await _posted(request, vendor, "/cgi-bin/message/subscribe/send", work)


async def answer(request: Request, vendor: VendorHere) -> Response:
    """Any path of the table."""
    content, path = await request.body(), _path(request)
    query = dict(request.query_params)

    def effect() -> Response:
        endpoint = ENDPOINTS[path]
        return _answer(
            vendor, path, lambda: endpoint.answer(vendor, request.method, query, content)
        )

    return await vendor.script.play(path, effect)


for each in ENDPOINTS:
    router.add_api_route(each, answer, methods=BOTH, response_model=None)


async def _posted(request: Request, vendor: Vendor, path: str, work: Work) -> Response:
    content = await request.body()

    def effect() -> Response:
        return _answer(vendor, path, lambda: _work_if_posted(request, content, work))

    return await vendor.script.play(path, effect)


def _work_if_posted(request: Request, content: bytes, work: Work) -> dict[str, Any]:
    if request.method != "POST":
        raise Refusal(43002)
    return work(content)


def _answer(vendor: Vendor, path: str, work: Callable[[], Answer]) -> Response:
    try:
        body = work()
    except Refusal as refusal:
        vendor.quotas.note(refusal.rid, path, refusal.errcode, vendor.clock.now())
        body = refusal.body()
    if isinstance(body, bytes):
        return Response(body, headers={"content-type": PICTURE_TYPE})
    content_type = TEXT_TYPE if path in PLAIN_PATHS else JSON_TYPE
    return Response(json.dumps(body, ensure_ascii=False), headers={"content-type": content_type})


def _path(request: Request) -> str:
    """Without what the simulator is mounted under."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", ""))
