"""A made-up line of cases that tell each other things."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from yifa.language.actions import Action, Facts
from yifa.language.acts import Command, FollowUp
from yifa.language.forms import Inputs, NoInput
from yifa.language.line import Line, Version
from yifa.language.records import Stage
from yifa.language.values import EFFECTIVE_ON
from yifa.language.view import View
from yifa.law.citation import Practice

RULE = Practice("made up for the tests")
STAFF = frozenset({"clerk"})


class Message(Inputs):
    other: str | None = Field(None, title="另案")
    when: Literal["now", "later"] = Field("now", title="何时")
    then: str = Field("hear", title="事项")


class Heard(Inputs):
    sender: str | None = Field(None, title="来自")


def told(view: View, command: Command, facts: Facts) -> tuple[FollowUp, ...]:
    data = command.data
    if data.get("other") is None and data["then"] == "hear":
        return ()
    back = "sender" if data["then"] in ("hear", "hear_aloud") else None
    inner: dict[str, Any] = {"other": data["other"]} if data["then"] == "tell" else {}
    return (
        FollowUp(Command(data["then"], command.on, inner), data.get("other"), "pair", data["when"], back),
    )


def echo(view: View, command: Command, facts: Facts) -> tuple[FollowUp, ...]:
    """Tell the teller: cases that talk back and forth are locked once each."""
    return (FollowUp(Command("hear", command.on, {}), command.data.get("sender"), "pair"),)


PAIR = Line(
    code="pair",
    title="对话",
    package="tests.kernel_line_messages",
    roles={"clerk": "经办", "head": "负责人"},
    party_sets={},
    versions=(Version("only", since=date(2000, 1, 1)),),
    governing=("opened_on",),
    final_when=frozenset({"open"}),
    stages=(Stage("awake", "醒"), Stage("asleep", "睡", open=False)),
    actions=(
        Action(code="open", title="开始", by=STAFF, from_=(None,), to="awake", inputs=Heard, sets={"opened_on": EFFECTIVE_ON},
               cite=RULE),
        Action(code="sleep", title="睡下", by=STAFF, from_=("awake",), to="asleep", inputs=NoInput, cite=RULE),
        Action(code="tell", title="告知另案", by=STAFF, from_=("awake",), inputs=Message, follow_ups=told, cite=RULE),
        Action(code="hear", title="得知", by=frozenset({"head"}), from_=("awake",), inputs=Heard, cite=RULE),
        Action(code="hear_aloud", title="得知并回告", by=frozenset({"head"}), from_=("awake",), inputs=Heard, follow_ups=echo,
               cite=RULE),
    ),
    clocks=(),
)  # fmt: skip
