"""Short hands: a register of its own to test with, people who write in it, changes told shortly."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from yifa.language.acts import Actor
from yifa.language.records import Entry, Move, Register
from yifa.law.citation import Practice
from yifa.registers.requests import Answer, Ask, Done, NotDone
from yifa.registers.services import perform

RULE = Practice("made up for the tests")


class Row(Entry):
    """A person in a list."""

    number: str = Field(title="编号", min_length=1)
    name: str = Field(title="姓名")
    id_no: str | None = Field(None, title="证件号码", pattern=r"^\d{17}[\dX]$")
    rank: Literal["junior", "senior"] | None = Field(None, title="级别")
    cases: int = Field(0, title="件数", ge=0)
    since: date | None = Field(None, title="入行日期")
    skills: list[str] = Field(default_factory=list, title="专长")
    unit: str | None = Field(None, title="所在机关")
    ended_on: date | None = Field(None, title="离岗日期")


LIST = Register(
    "list", "测试名录", Row, ("number",), {"on": "在册", "off": "停用", "gone": "离开"},
    (
        Move("stop", "停用", ("on",), "off", RULE),
        Move("back", "恢复", ("off",), "on", RULE),
        Move("leave", "离开", ("on", "off"), "gone", RULE, ("ended_on",), ("body_head",)),
    ),
    ("section_head", "assigner"), ("number", "rank"), ("name", "id_no"), RULE,
    kinds={"id_no": "id_number"}, organ="unit", starts=("on", "off"), shown=("on",),
)  # fmt: skip
CODE = "test.list"
HEAD = Actor("11", frozenset({"section_head"}), "gz")
SYSTEM = Actor("装载", frozenset({"system"}))
ROW: dict[str, Any] = {
    "number": "1",
    "name": "测试甲",
    "id_no": "44010619900101123X",
    "valid_from": "2020-01-01",
}
D = date.fromisoformat


def at(day: str, hour: int = 9) -> datetime:
    """A moment of a day."""
    return timezone.make_aware(datetime.combine(D(day), datetime.min.time()).replace(hour=hour))


def did(answer: Answer) -> Done:
    """An acceptance."""
    assert isinstance(answer, Done), answer
    return answer


def codes(answer: Answer) -> list[str]:
    """Codes of a refusal."""
    assert isinstance(answer, NotDone), answer
    return [problem.code for problem in answer.problems]


def enter(day: str = "2024-01-01", actor: Actor = SYSTEM, **changes: Any) -> UUID:
    """An entry of the test register."""
    row = {name: value for name, value in {**ROW, **changes}.items() if value is not None}
    return did(perform(Ask(CODE, "enter", actor, data=row), at(day))).entry


def ask(
    kind: Any,
    entry: UUID,
    day: str,
    data: Mapping[str, Any] | None = None,
    actor: Actor = SYSTEM,
    **more: Any,
) -> Answer:
    """A change recorded on a day (`on`: dated another day)."""
    on = D(more.pop("on")) if "on" in more else None
    dated = D(more.pop("dated")) if "dated" in more else None
    return perform(Ask(CODE, kind, actor, on, data or {}, entry, dated=dated, **more), at(day))
