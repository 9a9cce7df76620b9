"""A small made-up line that uses everything the language has, so that the engine is tested apart from any law."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from yifa.language.actions import Action, Claim, Facts, Need, of_case
from yifa.language.acts import Command, Event, FollowUp, Problem, refuse
from yifa.language.clocks import (
    Also,
    Clock,
    Extension,
    Nature,
    PauseRule,
    ends_on,
    met_on,
    on,
    starts_on,
    starts_with,
)
from yifa.language.effects import Effect
from yifa.language.forms import Inputs, NoInput
from yifa.language.line import Line, Version
from yifa.language.records import Document, Stage
from yifa.language.rules import Rule, RuleTable
from yifa.language.values import EFFECTIVE_ON, Fixed, WhenAll, by_fact, by_version
from yifa.language.values import Field as Given
from yifa.language.view import Effected, Instance, View
from yifa.law.citation import Practice
from yifa.law.periods import Pause
from yifa.law.statute import statute

L23, L17 = statute("L23"), statute("L17")
RULE = Practice("made up for the tests")
STAFF, HEAD = frozenset({"clerk"}), frozenset({"head"})
EVERYONE = ("asker", "answerer")


class Receipt(Inputs):
    received_on: date = Field(title="收到日期")
    askers: list[str] = Field(default_factory=list, title="申请人")
    answerers: list[str] = Field(default_factory=list, title="答复人")
    topic: str | None = Field(None, title="事项")


class Opening(Inputs):
    opened_on: date | None = Field(None, title="立案日期")
    pace: Literal["slow", "fast"] = Field("slow", title="进度")


class Days(Inputs):
    days: int | None = Field(None, title="日数", ge=1)
    until: date | None = Field(None, title="至")


class Arrival(Inputs):
    arrived_on: date | None = Field(None, title="到达日期")
    posted_on: date | None = Field(None, title="交邮日期")


class Arrivals(Inputs):
    arrived: dict[str, date] = Field(default_factory=dict, title="各自到达日期")
    arrived_on: date | None = Field(None, title="到达日期")


class Urgency(Inputs):
    at: datetime | None = Field(None, title="时刻")


class Asked(Inputs):
    due_on: date | None = Field(None, title="限期")
    about: str | None = Field(None, title="相关案件")


def parties(view: View, event: Event) -> dict[str, str]:
    asked = dict.fromkeys(event.data.get("askers", ()), "asker")
    return asked | dict.fromkeys(event.data.get("answerers", ()), "answerer")


def topic_free(view: View, command: Command, facts: Facts) -> list[Problem]:
    return [refuse("topic_taken", RULE, "topic", case=case) for case in facts.get("same_topic") or ()]


def after_receipt(view: View, command: Command, facts: Facts) -> list[Problem]:
    received = view.facts.get("received_on")
    early = received is not None and command.on < received
    return [refuse("before_receipt", RULE, "on", received=received)] if early else []


@of_case
def not_binding(view: View, command: Command, facts: Facts) -> list[Problem]:
    return [refuse("binding", RULE)] if view.effect("binding") else []


@of_case
def not_fast_already(view: View, command: Command, facts: Facts) -> list[Problem]:
    return [refuse("fast_already", RULE)] if view.facts.get("pace") == "fast" else []


def late_answer(view: View, command: Command, facts: Facts) -> list[Problem]:
    due = view.due("answer", command.party)
    return [refuse("answer_late", RULE, None, due=due)] if due and command.on > due else []


def topic_key(view: View, command: Command) -> Any:
    return command.data.get("topic") or view.facts.get("topic")


def tell_other(view: View, command: Command, facts: Facts) -> tuple[FollowUp, ...]:
    return (FollowUp(Command("link", command.on, {"case": "here"}), case="other"),)


def tell_binding(view: View, came: Effected) -> tuple[FollowUp, ...]:
    return (FollowUp(Command("link", came.on, {"case": "here"}), case="other", back="case"),)


def _unshifted(view: View, instance: Instance) -> date | None:
    return instance.due.raw


def _days_off(view: View, event: Event) -> tuple[Pause, ...]:
    start = event.effective_on.toordinal()
    return (Pause(start, start + 10),) if event.data.get("note") == "off" else ()


TOPIC = Claim("topic", topic_key)
BREAK = PauseRule(on("halt"), (on("go_on"), on("order", kind="go_on")))

IN_TIME = RuleTable(
    "in_time",
    "是否按时",
    rules=(
        Rule("A", "有日期", lambda day: day is not None, None, RULE),
        Rule("B", "早于二月", lambda day: day.month < 2, "pass", RULE, ("month",)),
    ),
    otherwise="fail",
    labels={"month": "月份"},
)

TEST_LINE = Line(
    code="test",
    title="试验",
    package="tests.kernel_line_messages",
    roles={"clerk": "经办", "head": "负责人", "outsider": "外部"},
    party_sets={"askers": ("asker",), "answerers": ("answerer",), "everyone": EVERYONE},
    versions=(Version("old", until=date(2023, 12, 31)), Version("new", since=date(2024, 1, 1))),
    governing=("received_on", "opened_on"),
    final_when=frozenset({"open", "deemed_open"}),
    stages=(
        Stage("new", "新收"), Stage("active", "办理"), Stage("halted", "暂停"), Stage("ended", "办结", open=False),
        Stage("asked", "已征询", track="side"), Stage("replied", "已回复", open=False, track="side"),
    ),
    actions=(
        Action(code="receive", title="收件", by=STAFF, from_=(None,), to="new", inputs=Receipt, parties=parties,
               sets={"received_on": Given("received_on", EFFECTIVE_ON), "topic": Given("topic")},
               decides=((IN_TIME, lambda view, event: event.data.get("received_on")),), issues=("slip",),
               numbers=("case",), cite=RULE),
        Action(code="open", title="立案", by=STAFF, decided_by=HEAD, from_=("new",), to="active", inputs=Opening,
               sets={"opened_on": Given("opened_on", EFFECTIVE_ON), "pace": Given("pace", "slow")},
               needs=(Need("same_topic", topic_key), Need("extra", topic_key, optional=True)),
               requires=(topic_free, after_receipt), claims=(TOPIC,), cite=RULE),
        Action(code="ask", title="征求答复", by=STAFF, from_=("active",), inputs=Arrival, per="answerers", cite=RULE),
        Action(code="ask_several", title="分别征求答复", by=STAFF, from_=("active",), inputs=Arrivals, cite=RULE),
        Action(code="answer", title="答复", by=STAFF, from_=("active", "halted"), inputs=Arrival, per="answerers",
               warns=(late_answer,), cite=RULE),
        Action(code="halt", title="暂停", by=STAFF, from_=("active",), to="halted", inputs=NoInput, cite=RULE),
        Action(code="go_on", title="恢复", by=STAFF, from_=("halted",), to="active", inputs=NoInput, cite=RULE),
        Action(code="lengthen", title="延期", by=STAFF, decided_by=by_version(vnew=HEAD), from_=("active",), inputs=Days,
               cite=RULE),
        Action(code="hurry", title="加快", by=STAFF, from_=("active",), inputs=NoInput, sets={"pace": "fast"},
               requires=(not_fast_already,),
               versions=frozenset({"new"}), cite=RULE),
        Action(code="consult", title="征询", by=STAFF, from_=("active",), inputs=Asked, relates="about", cite=RULE),
        Action(code="consulted", title="收到征询意见", by=STAFF, from_=("active", "ended"), inputs=NoInput, cite=RULE),
        Action(code="side", title="旁线", by=STAFF, from_=(None, "replied"), to="asked", track="side", inputs=NoInput,
               cite=RULE),
        Action(code="side_reply", title="旁线回复", by=STAFF, from_=("asked",), to="replied", track="side",
               inputs=NoInput, cite=RULE),
        Action(code="finish", title="办结", by=STAFF, from_=("active", "halted"), inputs=NoInput,
               to=WhenAll("finish", EVERYONE, then="ended"), per="everyone", releases=(TOPIC,), cite=RULE),
        Action(code="contest", title="不服", by=STAFF, from_=("ended",), inputs=Arrival, requires=(not_binding,), cite=RULE),
        Action(code="drop", title="撤销", by=STAFF, from_=("new", "active", "halted"), to="ended", inputs=NoInput,
               follow_ups=tell_other, cite=RULE),
        Action(code="order", title="上级责令", by=frozenset({"outsider"}), from_=("ended", "halted"), to="active",
               inputs=Asked, reopens=True, sets={"opened_on": EFFECTIVE_ON, "pace": "odd"}, cite=RULE),
        Action(code="mail", title="来信", external=True, inputs=Arrival, cite=RULE),
        Action(code="alarm", title="告急", external=True, inputs=Urgency, cite=RULE),
        Action(code="calm", title="平息", external=True, inputs=Urgency, cite=RULE),
    ),
    clocks=(
        Clock(code="opening", title="立案审查", nature=Nature.OWN_DUTY,
              starts=(starts_on("receive", "received_on", what="收到"),),
              length=by_version(vold=L17.days(5), vnew=L23.days(5)), cite=by_version(vold=L17.art(17), vnew=L23.art(30)),
              stops=(met_on("open"), ends_on("drop"))),
        Clock(code="work", title="办理期限", nature=Nature.OWN_DUTY, starts=(starts_with("opened_on"),),
              length=by_fact("pace", slow=L23.days(60), fast=L23.days(30), otherwise=L23.days(60)), cite=RULE,
              stops=(met_on("finish", every=True),), pauses=(BREAK,),
              extensions=(Extension(on("lengthen", note=None), to_field="until"),), also=(Also("不顺延", _unshifted),)),
        Clock(code="answer", title="答复期限", nature=Nature.OTHERS_DUTY,
              starts=(starts_on("ask", "arrived_on", per="answerers"),
                      starts_on("ask_several", "arrived_on", per="answerers", each=lambda v, e: e.data.get("arrived", {}))),
              length=L23.days(10), cite=RULE,
              stops=(met_on("answer", "arrived_on", timely_by="posted_on"),), pauses=(BREAK,)),
        Clock(code="consultation", title="征询期限", nature=Nature.MONITOR, many=True, survives=True,
              starts=(starts_on("consult"),), length=Fixed(Given("due_on", EFFECTIVE_ON), "函定期限"), cite=RULE,
              stops=(met_on("consulted", note=(None, "done")),)),
        Clock(code="notice", title="提前通知", nature=Nature.OWN_DUTY, before=True, met_by="posted_on",
              starts=(starts_on("mail", "arrived_on"),), length=L23.days(5), cite=RULE,
              unless=lambda view, event: event.data.get("note") == "waived"),
        Clock(code="rush", title="紧急处理", nature=Nature.OWN_DUTY,
              starts=(starts_on("alarm", "at", where=lambda view, event: event.data.get("note") != "false"),),
              length=L23.hours(24), cite=RULE, stops=(met_on("calm", "at"),)),
        Clock(code="known_topic", title="专题期限", nature=Nature.MONITOR,
              starts=(starts_with("opened_on", where=lambda view, event: view.facts.get("topic") == "urgent"),
                      starts_on("mail", day=Given("posted_on"), paused=_days_off,
                                length=by_fact("pace", otherwise=L23.days(30)))),
              length=by_fact("pace", otherwise=L23.days(30)), cite=RULE),
        Clock(code="old_only", title="旧法期限", nature=Nature.MONITOR, starts=(starts_on("receive", "received_on"),),
              length=L17.days(7), cite=RULE, versions=frozenset({"old"}), stops=(ends_on("consulted"),)),
        Clock(code="final", title="终局", nature=Nature.RIGHT, starts=(starts_on("finish", per="everyone"),),
              length=L23.days(15), cite=RULE, survives=True,
              stops=(met_on("contest", "arrived_on", timely_by="posted_on"),)),
    ),
    effects=(
        Effect(code="deemed_open", title="视为立案", lapse_of="opening", versions=frozenset({"new"}),
               gives={"opened_on": EFFECTIVE_ON, "pace": "slow"}, to="active", defeated_by=("open", "drop"), cite=RULE),
        Effect(code="silent", title="视为无异议", lapse_of="answer", day="day_after", ends_clock=False,
               defeated_by=("answer",), cite=RULE),
        Effect(code="binding", title="生效", lapse_of="final", day="day_after", tracks={"side": "replied"},
               when=lambda view, instance: not view.live("final"), gives={"binding_on": EFFECTIVE_ON},
               defeated_by="无人可以阻止", follow_ups=tell_binding, cite=RULE),
        Effect(code="noticed", title="到达", lapse_of="consultation", on_day=True, ends_clock=False,
               when=lambda view, instance: view.facts.get("topic") == "urgent", gives={"noticed_on": EFFECTIVE_ON},
               defeated_by=("consulted",), cite=RULE),
    ),
    tables=(IN_TIME,),
    documents=(Document("slip", "回执", "收件", ("asker",), {"date": "日期"}, RULE),),
)  # fmt: skip
