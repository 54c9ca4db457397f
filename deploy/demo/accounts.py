"""The sign-ins worth printing: one for every end, and what it can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SignIn:
    account: str
    title: str


DEMO_SIGN_INS = (
    SignIn("wangge.wenquan1", "社区端 网格员 · grid worker"),
    SignIn("wanggezhang.wenquan", "网格端 网格长 · grid leader"),
    SignIn("wuye.wenquan", "物业端 管理处 · site office"),
    SignIn("zhongzhi.wenquan", "街道综治中心 · street centre (dispatcher)"),
    SignIn("jiedao.wenquan", "街道 · street office"),
    SignIn("zhongzhi.xianan", "县级综治中心 · county centre (dispatcher)"),
    SignIn("zhuxin.xianan", "县住新局 · housing bureau of a county"),
    SignIn("zhuxin.shi", "市住新局 · housing bureau of the city"),
    SignIn("sifa.shi", "市司法局 · justice bureau (analyst)"),
    SignIn("chengguan.xianan", "部门端 城管 · department (urban management)"),
    SignIn("fayuan.xianan", "司法端 法院 · court"),
    SignIn("jishu.chengguan.xianan", "部门端 技术人员 · engineer of the department"),
    SignIn("jishu.fayuan.xianan", "司法端 技术人员 · engineer of the court"),
    SignIn("tiaojie.xianan1", "调解员 · mediator"),
    SignIn("wangge.puqi1", "试点赤壁 网格员 · grid worker where surveys are piloted (421281)"),
    SignIn("wanggezhang.puqi", "试点赤壁 网格长 · grid leader there: runs surveys and ratings"),
    SignIn("jiedao.puqi", "试点赤壁 街道 · street there: publishes, confirms"),
    SignIn("wuye.puqi", "试点赤壁 管理处 · site office there: reports fees, appeals"),
    SignIn("zhuxin.chibi", "试点赤壁 县住新局 · housing bureau there: contracts, runs, grades"),
    SignIn("zhongzhi.chibi", "试点赤壁 县级综治中心 · county centre there: a second person"),
    SignIn("pinggu.shi", "第三方评估机构 · evaluator of an agency"),
    SignIn("zhongzhi.shi", "市级综治中心 · city centre: drafts bulletins"),
    SignIn("shenqian.shi", "市级综治中心 · city centre: approves them"),
    SignIn("guanli.shi", "管理员 · administrator"),
)
