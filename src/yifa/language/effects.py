"""Effects by operation of law: facts nobody writes, which come about on their day whether or not a server ran."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from yifa.language.acts import FollowUp
from yifa.language.view import Effected, Instance, View
from yifa.law.citation import Source

EffectDay = Literal["last_day", "day_after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What the law makes of a period that runs out (or, for `on_day`, that reaches its last day).

    lapse of  the clock; day  the legal date of the effect; gives  facts, by value objects or `LAST_DAY`
    (the effect's own day); to  new main stage; tracks  new stages of side tracks; when  further condition;
    defeated_by  acts that keep the clock from lapsing (they must be stops of the clock), or a sentence
    saying why there is none; ends_clock False: the duty goes on although the law has drawn a consequence (a late
    act is then recorded as late); task  who gets the task when a later record defeats a noted effect; follow_ups
    what other cases are told when the effect is noted.
    """

    code: str
    title: str
    lapse_of: str
    cite: Source
    day: EffectDay = "last_day"
    on_day: bool = False
    gives: dict[str, Any] = field(default_factory=dict, hash=False)
    to: Any = None
    tracks: dict[str, str] = field(default_factory=dict, hash=False)
    when: Callable[[View, Instance], bool] | None = None
    defeated_by: tuple[str, ...] | str = ()
    versions: frozenset[str] = frozenset()
    ends_clock: bool = True
    task: str = "section_head"
    follow_ups: Callable[[View, Effected], tuple[FollowUp, ...]] | None = None
