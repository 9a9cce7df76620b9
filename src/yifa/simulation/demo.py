"""Open matters of the people of the demonstration: in red, amber and green on its day, and drafts waiting for a signature."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from yifa.casework import proposals
from yifa.casework.bulk import BulkDriver
from yifa.casework.drafts import Hand
from yifa.casework.models import Case, Proposal
from yifa.casework.requests import Ask, NotDone
from yifa.language.acts import Actor, Command
from yifa.people.models import User
from yifa.simulation.behaviour import BEHAVIOUR
from yifa.simulation.plan import Year
from yifa.simulation.run import Telling
from yifa.simulation.staff import ACCOUNTS, AID, GOVERNMENT, JUSTICE, STREET
from yifa.simulation.steps import Matter, Path, Planned, Step, Then
from yifa.simulation.tally import Tally
from yifa.simulation.world import SimulatedWorld

FIRST_NUMBER = 9_000_000  # far from the numbers of the plan
# Line, path, its first acts with the days before the day of the demonstration, organ: what each shows.
Held = tuple[str, str, tuple[int, ...], str]
OPEN: Mapping[str, Held] = {
    "overdue": ("reconsideration", "upheld", (70, 67, 66, 63, 56), GOVERNMENT),
    "soon": ("reconsideration", "upheld", (56, 54, 53, 52, 46), GOVERNMENT),
    "to_sign": ("reconsideration", "upheld", (57, 55, 54, 53, 46), GOVERNMENT),
    "well": ("reconsideration", "upheld", (28, 26, 25, 24, 17), GOVERNMENT),
    "received": ("reconsideration", "upheld", (4,), GOVERNMENT),
    "new_law": ("reconsideration", "upheld", (12, 10, 7, 6), GOVERNMENT),
    "aid_late": ("legal_aid", "civil", (13, 12), AID),
    "aid": ("legal_aid", "civil", (5, 4), AID),
    "aid_draft": ("legal_aid", "migrant", (4, 3), AID),
    "notified": ("legal_aid", "notified", (3,), AID),
    "consenting": ("mediation", "written", (1, 1), STREET),
    "begun": ("mediation", "written", (6, 6, 5, 4), STREET),
    "mediating": ("mediation", "written", (27, 27, 26, 25), STREET),
    "agreed": ("mediation", "written", (40, 40, 39, 38, 20), STREET),
    "answer_late": ("litigation", "won", (18, 17), JUSTICE),
    "answering": ("litigation", "won", (11, 10), JUSTICE),
    "hearing": ("litigation", "won", (45, 44, 35, 7), JUSTICE),
}  # fmt: skip
ROLE = {a.login: a for a in ACCOUNTS}
SEVEN = [1, 2, 3, 4, 5, 6, 7]
DECISION = {
    "positions": [
        {"party": "申请人", "text": "涉案商品进货票据齐全，被申请人认定事实不清，处罚明显过重。"},
        {"party": "被申请人", "text": "现场检查发现涉案商品超过保质期，处罚依法有据。"},
    ],
    "facts": ["被申请人对申请人经营的示例便利店进行现场检查，发现陈列待售的样本牌饼干超过保质期，当场制作现场笔录。",
              "被申请人未告知拟作出的行政处罚内容及事实、理由、依据，即作出行政处罚决定。"],
    "evidence": ["现场笔录", "询问笔录", "进货票据", "送达回证"],
    "reasons": ["被申请人具有作出案涉行政处罚的法定职权。", "被申请人未履行处罚前的告知义务，违反法定程序，依法应予撤销。"],
    "article_item": 3,
}  # fmt: skip


def open_matters(year: Year, people: Mapping[str, User], tally: Tally) -> dict[str, Any]:
    """Tell them through the bulk door, with the people of the demonstration as handlers; cases by name."""
    named = _Named(
        tuple(str(people[login].pk) for login in ("chengban", "chengban2")), str(people["tiaojie"].pk)
    )
    behaviour: dict[str, dict[str, Path]] = {line: {} for line in BEHAVIOUR}
    planned = list[Planned]()
    for number, (name, (line, path, days, organ)) in enumerate(OPEN.items(), FIRST_NUMBER):
        behaviour[line][name] = _held(
            BEHAVIOUR[line][path], [year.until - timedelta(days=n) for n in days], named
        )
        planned.append(Planned(line, number, name, organ, year.until - timedelta(days=days[0])))
    world = SimulatedWorld(timezone.make_aware(datetime.combine(year.until, time(9))))
    with BulkDriver(world) as door:
        telling = Telling(year, world, door, behaviour=behaviour)
        tally.merge(telling.run(sorted(planned, key=lambda one: one.arrives)))
    return telling.cases


class _Named(NamedTuple):
    """Whose cases they are: handlers of reconsideration, and the mediator."""

    handlers: tuple[str, ...]
    mediator: str


def _held(path: Path, days: Sequence[date], named: _Named) -> Path:
    """The first acts of a path on these days, by the people of the demonstration."""
    steps = [_on(step, day) for step, day in zip(path.steps, days, strict=False)]
    return path._replace(
        steps=tuple(_by(step, named.handlers) if step.action == "assign_handler" else step for step in steps),
        begin=_with_mediator(path.begin, named.mediator),
    )


def _with_mediator(begin: Then | None, mediator: str) -> Then:
    """Begun as ever, but for who mediates."""

    def begun(m: Matter) -> None:
        if begin is not None:
            begin(m)
        m.about["mediator"] = mediator

    return begun


def _on(step: Step, day: date) -> Step:
    return step._replace(when=lambda m: m.workday(day))


def _by(step: Step, handlers: tuple[str, ...]) -> Step:
    def data(matter: Matter) -> Mapping[str, Any]:
        matter.handlers = handlers
        return {"handlers": list(handlers)}

    return step._replace(data=data)


def drafts(year: Year, people: Mapping[str, User], cases: Mapping[str, Any]) -> int:
    """Drafts on their way to the signature, at least one before each who signs; returns how many."""
    world = SimulatedWorld(timezone.make_aware(datetime.combine(year.until, time(9, 30))))
    accept = {"accepted_on": year.until, "conditions_met": SEVEN}
    _propose(world, people, "chengban", cases["received"], Command("accept", year.until, accept))
    told = Command("decide", year.until, {"decision_type": "revoke"})
    for name, reviewers in (("soon", ("chuzhang",)), ("to_sign", ("chuzhang", "fuzhuren"))):
        decision = _propose(world, people, "chengban", cases[name], told, {"decision": DECISION})
        for login in reviewers:
            proposals.opine(decision, _hand(people, login), "事实清楚，同意。", world)
    _propose(world, people, "yuanzhu", cases["aid_draft"], Command("grant", year.until, {}))
    taken = {"mediators": [str(people["tiaojie"].pk)]}
    _propose(world, people, "tiaojie", cases["consenting"], Command("accept", year.until, taken))
    return Proposal.objects.filter(state="open").count()


def _propose(
    world: SimulatedWorld, people: Mapping[str, User], login: str, case: Any, command: Command,
    documents: Mapping[str, Any] | None = None,
) -> Any:  # fmt: skip
    row = Case.objects.get(id=case)
    ask = Ask(command, _hand(people, login).actor, "", row.line, case, row.organ)
    made = proposals.propose(ask, world, documents or {})
    if isinstance(made, NotDone):
        raise TypeError(f"{login} {command.action}: {[problem.code for problem in made.problems]}")
    return made.id


def _hand(people: Mapping[str, User], login: str) -> Hand:
    account = ROLE[login]
    return Hand(Actor(str(people[login].pk), frozenset({account.role}), account.organ))
