"""What a person sees first: the banner on the terminal and the page at `/`."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from deploy.demo.accounts import DEMO_SIGN_INS, SignIn
from deploy.embedded.system import System

SERVICE_TITLES = {
    "intake": "受理 · owners and complaints",
    "routing": "分流处置 · cases, clocks, six ends",
    "survey": "测评 · return visits and ratings",
    "notify": "通知 · messages and webhooks",
}
SIMULATOR_TITLES = {
    "wechat": "微信 · WeChat",
    "sms": "短信 · SMS provider",
    "hotline": "12345热线 · hotline",
    "department": "部门系统 · a department's own system",
    "court": "法院系统 · a court's own system",
}


def banner(system: System, environment: Mapping[str, str], database: str) -> str:
    """Addresses, what is in use, and who can sign in."""
    origin = environment["LIUDUAN_PUBLIC_URL"]
    password = environment["LIUDUAN_DEMO_PASSWORD"]
    lines = [
        "",
        "六端互通 liuduan is ready",
        "",
        f"  everything   {origin}/        health  {origin}/health",
        *(f"  {name:11}  {origin}/{name}/docs   {SERVICE_TITLES[name]}" for name in SERVICE_TITLES),
        f"  simulators   {_stand_ins(origin)}",
        "",
        f"  database     {database}",
        f"  transport    {system.transport.name}",
        "",
        f"  demo sign-ins (POST /routing/sessions), password {password}",
        *(f"    {each.account:22} {each.title}" for each in DEMO_SIGN_INS),
        "  owners sign in with WeChat; simulated people: owner-1, owner-2, …",
        "",
        *_machines(origin, environment),
        "",
        "  Ctrl-C stops everything",
    ]
    return "\n".join(lines)


def _stand_ins(origin: str) -> str:
    first, *others = SIMULATOR_TITLES
    return ", ".join([f"{origin}/simulators/{first}/docs", *(f"…/{name}" for name in others)])


def _machines(origin: str, environment: Mapping[str, str]) -> list[str]:
    """What systems of others sign in with; made for this state folder and good for nothing else."""
    return [
        "  other systems",
        f"    12345      {origin}/intake/hotline",
        f"               account {environment['LIUDUAN_HOTLINE_CLIENT_ID']}",
        f"               secret {environment['LIUDUAN_HOTLINE_CLIENT_SECRET']}",
        f"               signing key {environment['LIUDUAN_HOTLINE_KEYS'].split()[0]}",
        f"    Open311    {origin}/intake/open311",
        f"               api_key {environment['LIUDUAN_GEOREPORT_DEMO_KEY']}",
    ]


def front_page(system: System) -> str:
    """The same for a browser; no passwords and keys here."""
    services = "".join(
        f'<li><a href="/{name}/docs">/{name}</a> {escape(title)}</li>'
        for name, title in SERVICE_TITLES.items()
    )
    simulators = "".join(
        f'<li><a href="/simulators/{name}/docs">/simulators/{name}</a> {escape(title)}</li>'
        for name, title in SIMULATOR_TITLES.items()
    )
    people = "".join(_row(each) for each in DEMO_SIGN_INS)
    return PAGE.format(
        services=services,
        simulators=simulators,
        people=people,
        transport=escape(system.transport.name),
    )


def _row(each: SignIn) -> str:
    return f"<tr><td><code>{escape(each.account)}</code></td><td>{escape(each.title)}</td></tr>"


PAGE = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>六端互通</title>
<style>
body {{ font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 46rem;
       margin: 3rem auto; padding: 0 1rem; color: #1d2129 }}
h1 {{ font-size: 1.6rem }} h2 {{ font-size: 1.1rem; margin-top: 2rem }}
td {{ padding: .1rem 1.5rem .1rem 0 }} a {{ color: #1456b8 }}
</style>
<h1>六端互通 · liuduan</h1>
<p>社区、物业、业主、网格、部门、法院六端，一张网处置物业纠纷。
<span lang="en">Residential-property disputes, routed between six ends.</span></p>
<h2>接口 · APIs</h2>
<ul>{services}</ul>
<h2>模拟器 · Simulators</h2>
<ul>{simulators}</ul>
<h2>演示账号 · Demo sign-ins</h2>
<table>{people}</table>
<p>密码、热线和 Open311 的演示密钥在终端里。
<span lang="en">The password and the demo keys of hotline and Open311 are on the terminal.</span>
消息通道：{transport}。</p>
</html>
"""
