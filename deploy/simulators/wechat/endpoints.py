"""The vendor's other paths in one table: method, whether a token is wanted, and what is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from deploy.simulators.wechat import links
from deploy.simulators.wechat.refusal import Refusal
from deploy.simulators.wechat.vendor import Vendor, read_body

Query = Mapping[str, str]
Body = Mapping[str, Any]
Answer = dict[str, Any] | bytes  # bytes are a picture


@dataclass(frozen=True)
class Endpoint:
    """`work` is given the vendor, the query and, where something is posted, the body."""

    method: Literal["GET", "POST"]
    work: Callable[[Vendor, Query, Body], Answer]
    needs_token: bool = True

    def answer(self, vendor: Vendor, method: str, query: Query, content: bytes) -> Answer:
        """Raises Refusal."""
        if method != self.method:
            raise Refusal(43002 if self.method == "POST" else 43001)
        if self.needs_token:
            vendor.check_token(query.get("access_token", ""))
        body = read_body(content) if self.method == "POST" else {}
        return self.work(vendor, query, body)


def _risk_rank(vendor: Vendor, query: Query, body: Body) -> Answer:
    if body.get("appid") != vendor.program.appid:
        raise Refusal(40013)
    vendor.check_openid(body.get("openid"))
    return {"errcode": 0, "errmsg": "getuserriskrank succ", "unoin_id": 1, "risk_rank": 0}


def _check_callback(vendor: Vendor, query: Query, body: Body) -> Answer:
    reached = {"ip": "127.0.0.1", "from_operator": "CAP", "package_loss": "0%", "time": "1.0ms"}
    dns = {"ip": "127.0.0.1", "real_operator": "UNICOM"}
    return {"dns": [dns], "ping": [reached] if vendor.pusher.target else []}


ENDPOINTS: Mapping[str, Endpoint] = {
    "/cgi-bin/token": Endpoint("GET", lambda v, q, b: v.classic_token(q), needs_token=False),
    "/wxa/msg_sec_check": Endpoint("POST", lambda v, q, b: v.check_text(b)),
    "/wxa/media_check_async": Endpoint("POST", lambda v, q, b: v.check_media(b)),
    "/wxa/getuserriskrank": Endpoint("POST", _risk_rank),
    "/wxa/getwxacodeunlimit": Endpoint(
        "POST", lambda v, q, b: links.unlimited_code(b, v.program.pages)
    ),
    "/wxa/getwxacode": Endpoint("POST", lambda v, q, b: links.code_of_path(b)),
    "/wxa/generate_urllink": Endpoint(
        "POST",
        lambda v, q, b: links.link(b, v.clock.now(), name="url_link", begin="https://wxaurl.cn/"),
    ),
    "/wxa/generatescheme": Endpoint(
        "POST",
        lambda v, q, b: links.link(
            b, v.clock.now(), name="openlink", begin="weixin://dl/business/?t="
        ),
    ),
    "/wxa/checksession": Endpoint("GET", lambda v, q, b: v.keys.check(q)),
    "/wxa/resetusersessionkey": Endpoint("GET", lambda v, q, b: v.keys.reset(q)),
    "/wxa/business/checkencryptedmsg": Endpoint("POST", lambda v, q, b: v.keys.check_encrypted(b)),
    "/wxaapi/newtmpl/getcategory": Endpoint("GET", lambda v, q, b: v.template_box.categories()),
    "/wxaapi/newtmpl/getpubtemplatetitles": Endpoint(
        "GET", lambda v, q, b: v.template_box.titles(q)
    ),
    "/wxaapi/newtmpl/getpubtemplatekeywords": Endpoint(
        "GET", lambda v, q, b: v.template_box.keywords(q)
    ),
    "/wxaapi/newtmpl/addtemplate": Endpoint("POST", lambda v, q, b: v.template_box.add(b)),
    "/wxaapi/newtmpl/gettemplate": Endpoint("GET", lambda v, q, b: v.template_box.listed()),
    "/wxaapi/newtmpl/deltemplate": Endpoint("POST", lambda v, q, b: v.template_box.delete(b)),
    "/cgi-bin/openapi/quota/get": Endpoint("POST", lambda v, q, b: v.quotas.of(b)),
    "/cgi-bin/openapi/rid/get": Endpoint(
        "POST", lambda v, q, b: v.quotas.request(b, v.clock.now())
    ),
    "/cgi-bin/clear_quota": Endpoint("POST", lambda v, q, b: v.clear_quota(b.get("appid"))),
    "/cgi-bin/clear_quota/v2": Endpoint(
        "POST",
        lambda v, q, b: v.clear_quota(b.get("appid"), b.get("appsecret", "")),
        needs_token=False,
    ),
    "/cgi-bin/callback/check": Endpoint("POST", _check_callback),
    "/cgi-bin/getcallbackip": Endpoint("GET", lambda v, q, b: {"ip_list": ["127.0.0.1"]}),
    "/cgi-bin/get_api_domain_ip": Endpoint("GET", lambda v, q, b: {"ip_list": ["127.0.0.1"]}),
}
