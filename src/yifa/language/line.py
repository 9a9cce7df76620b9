"""A business line: all its declarations together, indexed for the engine and validated as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from yifa.language.actions import Action
from yifa.language.acts import Event
from yifa.language.clocks import Clock
from yifa.language.effects import Effect
from yifa.language.indicators import Column, Indicator
from yifa.language.kernel_actions import KERNEL_ACTIONS
from yifa.language.messages import Catalogue, catalogue
from yifa.language.plans import Plan, Starting, group, make_plan, startings
from yifa.language.records import (
    Advice,
    Document,
    DrawDeclaration,
    Meeting,
    ParameterDeclaration,
    Register,
    Stage,
)
from yifa.language.rules import RuleTable
from yifa.language.validation import validate
from yifa.language.values import facts_used
from yifa.language.view import View
from yifa.law.citation import Source, leaving_out
from yifa.law.statute import Reading

NOTHING: frozenset[str] = frozenset()


class Version(NamedTuple):
    """A version of the procedure and the governing dates it is for (both ends included).

    by  own governing facts: such a version lies over the others, for cases whose first known one falls into it (a
    local regulation beside the national one); only  a fact and the value the case must have for it; not_law  statutes
    that do not govern its cases: rules that cite old and new law together are cited without them.
    """

    code: str
    since: date | None = None
    until: date | None = None
    title: str = ""
    by: tuple[str, ...] = ()
    only: tuple[str, Any] | None = None
    not_law: frozenset[str] = frozenset()

    def covers(self, day: date) -> bool:
        """Whether the governing date lies within its time."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def lies_over(self, facts: Mapping[str, Any]) -> bool:
        """Whether this version, which has governing facts of its own, is the one for a case with these facts."""
        if self.only is not None and facts.get(self.only[0]) != self.only[1]:
            return False
        day = next((facts[name] for name in self.by if facts.get(name) is not None), None)
        return day is not None and self.covers(day)


class Handling(NamedTuple):
    """Who handles a case 承办人: the fact that names them, and the acts by which they are named anew, each with the field of
    its input that says so. The first of them that is open is the one to take.

    alone  the fact names one and no more; beside  facts that name others whose case it is too (承办机构).
    """

    fact: str
    by: Mapping[str, str]
    alone: bool = False
    beside: tuple[str, ...] = ()

    def named(self, facts: Mapping[str, Any]) -> frozenset[str]:
        """Who handles the case now, as the acts say."""
        return _names(facts.get(self.fact))

    def near(self, facts: Mapping[str, Any]) -> frozenset[str]:
        """Whose case it is: who handles it, and who is named beside them."""
        return self.named(facts).union(*(_names(facts.get(fact)) for fact in self.beside))


def _names(said: Any) -> frozenset[str]:
    return frozenset(map(str, [said] if isinstance(said, str | int) else said or ()))


@dataclass(frozen=True, kw_only=True)
class Line:
    """A business line; LineError lists everything wrong with it. `governing` names the facts whose first known date chooses
    the version, unless one lies over it; the choice is tentative until one of `final_when` (acts or effects) has come about,
    then pinned; `sensitive` restricts who may read the line's cases, or those it says it of.
    """

    code: str
    title: str
    package: str
    roles: Mapping[str, str]
    party_sets: Mapping[str, tuple[str, ...]]
    versions: tuple[Version, ...]
    governing: tuple[str, ...]
    final_when: frozenset[str]
    stages: tuple[Stage, ...]
    actions: tuple[Action, ...]
    clocks: tuple[Clock, ...]
    effects: tuple[Effect, ...] = ()
    tables: tuple[RuleTable, ...] = ()
    documents: tuple[Document, ...] = ()
    registers: tuple[Register, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    columns: tuple[Column, ...] = ()
    parameters: tuple[ParameterDeclaration, ...] = ()
    draws: tuple[DrawDeclaration, ...] = ()
    readings: tuple[Reading, ...] = ()
    advice: tuple[Advice, ...] = ()
    derived: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    appointments: Mapping[str, Meeting] = field(default_factory=dict)
    handling: Handling | None = None
    sensitive: bool | Callable[[View], bool] = False

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "_actions", {a.code: a for a in (*KERNEL_ACTIONS, *self.actions)})
        put(self, "_clocks", {c.code: c for c in self.clocks})
        put(self, "_stages", {s.code: s for s in self.stages})
        put(self, "_effects", {e.code: e for e in self.effects})
        put(self, "_series", {d.code: d.series for d in self.documents if d.series})
        put(self, "_lapsing", tuple(group((e.lapse_of, e) for e in self.effects).items()))
        starts = {clock.code: startings(clock) for clock in self.clocks}
        put(
            self,
            "_fact_starts",
            group((s.start.fact, s) for of in starts.values() for s in of if s.start.fact),
        )
        put(self, "_remeasured", self._index_remeasured(starts))
        put(self, "_watched", frozenset((*self._fact_starts, *self._remeasured)))
        put(self, "_governed_by", self._index_governing())
        put(self, "_closed", frozenset(s.code for s in self.stages if not s.open))
        put(self, "_overlays", tuple(v for v in reversed(self.versions) if v.by))
        put(self, "_not_law", {v.code: v.not_law for v in self.versions})
        put(self, "_following", tuple(v for v in reversed(self.versions) if not v.by))
        put(self, "_plans", {c: make_plan(self, c, starts) for c in (*self._actions, *self._effects)})
        validate(self)

    _watched: frozenset[str] = field(init=False, repr=False)
    _plans: Mapping[str, Plan] = field(init=False, repr=False)
    _actions: Mapping[str, Action] = field(init=False, repr=False)
    _clocks: Mapping[str, Clock] = field(init=False, repr=False)
    _stages: Mapping[str, Stage] = field(init=False, repr=False)
    _effects: Mapping[str, Effect] = field(init=False, repr=False)
    _series: Mapping[str, str] = field(init=False, repr=False)
    _lapsing: tuple[tuple[str, tuple[Effect, ...]], ...] = field(init=False, repr=False)
    _fact_starts: Mapping[str, tuple[Starting, ...]] = field(init=False, repr=False)
    _remeasured: Mapping[str, tuple[tuple[str, tuple[Starting, ...]], ...]] = field(init=False, repr=False)
    _closed: frozenset[str] = field(init=False, repr=False)
    _overlays: tuple[Version, ...] = field(init=False, repr=False)
    _following: tuple[Version, ...] = field(init=False, repr=False)
    _not_law: Mapping[str, frozenset[str]] = field(init=False, repr=False)
    _governed_by: frozenset[str] = field(init=False, repr=False)

    def action(self, code: str) -> Action | None:
        """The action of this code, kernel actions included."""
        return self._actions.get(code)

    def clock(self, code: str) -> Clock | None:
        """The clock of this code."""
        return self._clocks.get(code)

    def effect(self, code: str) -> Effect | None:
        """The effect of this code."""
        return self._effects.get(code)

    def is_sensitive(self, view: View) -> bool:
        """Whether reading this case is restricted: the whole line, or the case as it stands."""
        return self.sensitive if isinstance(self.sensitive, bool) else self.sensitive(view)

    def document(self, code: str) -> Document | None:
        """The document of this code."""
        return next((d for d in self.documents if d.code == code), None)

    def series_of(self, documents: tuple[str, ...], taken: tuple[str, ...]) -> tuple[str, ...]:
        """Number series these documents need beside those taken: a document with a series is signed with its number."""
        wanted = dict.fromkeys(self._series[code] for code in documents if code in self._series)
        return tuple(series for series in wanted if series not in taken)

    def stage(self, code: str | None) -> Stage | None:
        """The stage of this code."""
        return self._stages.get(code) if code else None

    def stage_title(self, code: str | None) -> str:
        """Chinese name of a stage; 未登记 before the first act."""
        stage = self.stage(code)
        return stage.title if stage else "未登记"

    def is_closed(self, stage: str) -> bool:
        """Whether a case in this stage is closed."""
        return stage in self._closed

    def plan(self, code: str) -> Plan | None:
        """What an act or effect of this code does."""
        return self._plans.get(code)

    @property
    def watched(self) -> frozenset[str]:
        """Facts on which some clock depends."""
        return self._watched

    def fact_starts(self, fact: str) -> tuple[Starting, ...]:
        """Clocks started by this fact."""
        return self._fact_starts.get(fact, ())

    @property
    def lapsing(self) -> tuple[tuple[str, tuple[Effect, ...]], ...]:
        """Clocks that have effects, with them."""
        return self._lapsing

    def remeasured(self, fact: str) -> tuple[tuple[str, tuple[Starting, ...]], ...]:
        """Clocks whose length depends on this fact, by code, with their starts."""
        return self._remeasured.get(fact, ())

    def version_for(self, day: date) -> str:
        """The version for a governing date."""
        for version in self._following:
            if version.covers(day):
                return version.code
        raise LookupError(f"{self.code}: no version for {day}")

    def cite(self, source: Source, version: str) -> Source:
        """A source as it is cited in a case of this version."""
        return leaving_out(source, self._not_law.get(version, NOTHING))

    @property
    def newest_version(self) -> str:
        """The last of the versions that follow one another: that of a case of which nothing is known yet."""
        return self._following[0].code

    @property
    def overlays(self) -> tuple[Version, ...]:
        """Versions with governing facts of their own, the last declared first."""
        return self._overlays

    @property
    def governed_by(self) -> frozenset[str]:
        """All facts on which the choice of version depends."""
        return self._governed_by

    @property
    def messages(self) -> Catalogue:
        """This line's messages."""
        return catalogue(self.package)

    def _index_governing(self) -> frozenset[str]:
        own = (name for v in self.versions for name in (*v.by, *((v.only[0],) if v.only else ())))
        return frozenset((*self.governing, *own))

    def _index_remeasured(
        self, starts: Mapping[str, tuple[Starting, ...]]
    ) -> Mapping[str, tuple[tuple[str, tuple[Starting, ...]], ...]]:
        lengths = (
            (clock, value)
            for clock in self.clocks
            for value in (clock.length, *(s.length for s in clock.starts))
        )
        return group(
            (fact, (clock.code, starts[clock.code])) for clock, value in lengths for fact in facts_used(value)
        )


def governing_date(line: Line, facts: Mapping[str, Any], event: Event) -> date:
    """The date that chooses the version: the first governing fact known, else the act's own date."""
    for name in line.governing:
        day = facts.get(name)
        if day is not None:
            return day  # type: ignore[no-any-return]
    return event.effective_on


def version_of(line: Line, facts: Mapping[str, Any], event: Event) -> str:
    """The version for a case with these facts: one that lies over the others, else by the governing date."""
    for version in line.overlays:
        if version.lies_over(facts):
            return version.code
    return line.version_for(governing_date(line, facts, event))
