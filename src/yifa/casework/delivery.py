"""送达: how each document reaches each party. Attempts are acts of the case; state, legal date and next step are derived.

The order and the days are the Civil Procedure Law's, to which L23 88(1) and L17 40(1) refer: direct (88), left after a
refusal (89), electronic with consent (90), entrusted or by post where direct service is difficult (91), through the prison
(93), public notice last (95). A success is also the line's own act of service, where it has one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from yifa.casework.matters import Issued, issued, log_of
from yifa.casework.models import Case
from yifa.casework.requests import Answer, Ask, NotDone, World
from yifa.casework.services import perform
from yifa.documents.derivation import LinePapers, day_of, papers
from yifa.documents.service import METHODS as TITLES
from yifa.engine import refold
from yifa.language.acts import EMPTY, Actor, Command, Event, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import Practice, Source
from yifa.law.statute import statute
from yifa.registry import line as line_of

CPL = statute("CPL")

FAILURES: Final = {
    "refused": "拒绝接收",
    "absent": "无人签收",
    "unknown": "下落不明",
    "returned": "邮件退回",
    "difficult": "直接送达有困难",
}
# Until 2021 the law of 2017 (Art. 92) gave sixty days.
_NOTICE_DAYS: Final = ((date(2022, 1, 1), 30), (date.min, 60))


class Attempt(NamedTuple):
    """One attempt. `on`: the day of receipt, of leaving, of arrival, or of the public notice; `details` as recorded."""

    document: str
    of: int
    party: str
    method: str
    on: date
    failure: str = ""
    details: Mapping[str, Any] = EMPTY

    @property
    def served(self) -> bool:
        return not self.failure


class Choice(NamedTuple):
    """A method, whether it is open now, else why not, and the article."""

    method: str
    title: str
    open: bool
    because: str
    cite: Source


class State(NamedTuple):
    """How one document stands with one party. `served_on` is the legal date, which may still be to come."""

    document: Issued
    party: str
    attempts: tuple[Attempt, ...]
    served_on: date | None
    choices: tuple[Choice, ...]

    @property
    def next(self) -> Choice | None:
        """The first method the law has in store, past those that have failed; None once served."""
        failed = {a.method for a in self.attempts if not a.served}
        open_ = [c for c in self.choices if c.open]
        return next((c for c in open_ if c.method not in failed), open_[0] if open_ else None)


class _Tried(NamedTuple):
    """What a rule looks at: failures so far by method, consent to electronic service, a reason given now."""

    failures: frozenset[tuple[str, str]]
    consent: bool
    reason: str

    def failed(self, *kinds: str) -> bool:
        return any(kind in kinds for _, kind in self.failures)

    def failed_by(self, *methods: str) -> bool:
        return any(method in methods for method, _ in self.failures)


class Rule(NamedTuple):
    """A method of service: when it is open (else why not), what must be recorded with it, and the article."""

    open: Callable[[_Tried], bool]
    otherwise: str
    wants: Mapping[str, str]
    cite: Source


def _difficult(tried: _Tried) -> bool:
    return tried.failed_by("direct") or bool(tried.reason)


def _exhausted(tried: _Tried) -> bool:
    return tried.failed("unknown") or (tried.failed_by("direct") and tried.failed_by("post", "entrusted"))


# In the order in which the law has them.
RULES: Final[Mapping[str, Rule]] = {
    "direct": Rule(lambda t: True, "", {"receiver": "签收人"}, CPL.art(88)),
    "left": Rule(
        lambda t: t.failed("refused"), "没有受送达人拒绝接收的记录", {"refusal": "拒收事由和日期"}, CPL.art(89)
    ),
    "electronic": Rule(lambda t: t.consent, "受送达人没有同意电子送达", {}, CPL.art(90)),
    "entrusted": Rule(_difficult, "没有直接送达有困难的记录或者说明", {}, CPL.art(91)),
    "post": Rule(_difficult, "没有直接送达有困难的记录或者说明", {}, CPL.art(91)),
    "prison": Rule(
        lambda t: bool(t.reason), "须说明受送达人被监禁或者被采取强制性教育措施", {"receiver": "签收人"}, CPL.art(93)
    ),
    "notice": Rule(
        _exhausted, "受送达人并非下落不明，其他方式也没有用尽", {"remark": "原因和经过"}, CPL.art(95)
    ),
}  # fmt: skip


def legal_date(method: str, on: date) -> date:
    """The day that counts as service: of a public notice, its last day; of any other method, the day itself."""
    if method != "notice":
        return on
    return on + timedelta(days=next(days for since, days in _NOTICE_DAYS if on >= since))


def notice_cite(on: date) -> Source:
    """What says how long a public notice runs."""
    return CPL.art(95) if on >= _NOTICE_DAYS[0][0] else Practice("民事诉讼法（2017年修正）第九十二条")


def choices(attempts: Iterable[Attempt], consent: bool, reason: str = "") -> tuple[Choice, ...]:
    """Every method, open or not, after these attempts."""
    failures = frozenset((a.method, a.failure) for a in attempts if not a.served)
    tried = _Tried(failures, consent, reason)
    return tuple(
        Choice(code, TITLES[code], rule.open(tried), "" if rule.open(tried) else rule.otherwise, rule.cite)
        for code, rule in RULES.items()
    )


# ----------------------------------------------------------------------------------------- from the acts


def attempts_of(log: Iterable[Event], found: LinePapers, issue: Issued, party: str) -> tuple[Attempt, ...]:
    """The attempts to serve one document on one party, in order."""
    acts = {found.served_by.get(issue.document), found.announced_by.get(issue.document, ("", EMPTY))[0]}
    read = (
        _attempt(event, issue, acts)
        for event in log
        if event.seq > issue.seq and event.party in (party, None)
    )
    return tuple(a._replace(party=party) for a in read if a is not None)


def _attempt(event: Event, issue: Issued, acts: set[str | None]) -> Attempt | None:
    """The attempt an act records, if it is about this document. An act of the line that names none is about its latest."""
    told: Mapping[str, Any] = (
        event.data if event.action == "serve_document" else event.facts.get("service", EMPTY)
    )
    if event.action != "serve_document" and event.action not in acts:
        return None
    if told and (told["document"], told["of"]) != (issue.document, issue.seq):
        return None
    data = {**event.data, **told}
    on = day_of(data.get("served_on") or data.get("issued_on") or event.effective_on)
    method = data.get("method") or ("notice" if "exhausted" in data else "direct")
    return Attempt(issue.document, issue.seq, event.party or "", method, on, data.get("failure") or "", data)


def state(log: Sequence[Event], view: View, found: LinePapers, issue: Issued, party: str) -> State:
    """How a document stands with a party."""
    tried = attempts_of(log, found, issue, party)
    done = [legal_date(a.method, a.on) for a in tried if a.served]
    consent = bool(view.facts.get("e_service_consent"))
    return State(issue, party, tried, min(done, default=None), () if done else choices(tried, consent))


def overview(case: Case, world: World) -> list[State]:
    """Every document of a case with every party it goes to. One query."""
    log, line, found = log_of(case, world), line_of(case.line), papers(case.line)
    if found is None or not log:
        return []
    view = refold(line, world.env, log)
    return [
        state(log, view, found, issue, party)
        for issue in issued(case, log, world)
        if issue.document != "service_proof"
        for party in addressees(view, issue.document, log, issue.seq)
    ]


def addressees(view: View, document: str, log: Sequence[Event], seq: int) -> tuple[str, ...]:
    """The parties a document goes to: the one its act concerned, else all of the roles the line declares."""
    declared = view.line.document(document)
    roles = set(declared.to) if declared else set()
    whom = tuple(who for who, role in view.parties.items() if role in roles)
    act = next((event for event in log if event.seq == seq), None)
    return tuple(who for who in whom if who == act.party) or whom if act else whom


# ------------------------------------------------------------------------------------------ recording one


def record(attempt: Attempt, actor: Actor, case_id: UUID, world: World, key: str) -> Answer:
    """Record an attempt: the line's own act of service if it succeeded and the line has one, else the kernel's."""
    case = Case.objects.get(id=case_id)
    log, found = log_of(case, world), papers(case.line)
    issue = next(
        (i for i in issued(case, log, world) if (i.seq, i.document) == (attempt.of, attempt.document)), None
    )
    if found is None or issue is None:
        params = {"seq": attempt.of, "document": attempt.document}
        return NotDone((Problem("service_document", params, None, "document"),))
    view = refold(line_of(case.line), world.env, log)
    wrong = tuple(_problems(attempt, state(log, view, found, issue, attempt.party), view))
    if wrong:
        return NotDone(wrong)
    command, attached = _act(attempt, found, view)
    return perform(Ask(command, actor, key, case.line, case_id, attached=attached), world)


def _problems(attempt: Attempt, now: State, view: View) -> Iterable[Problem]:
    """Everything that stands against this attempt."""
    rule, title = RULES[attempt.method], TITLES[attempt.method]
    if attempt.party not in view.parties:
        yield refuse("service_party", None, "party", party=attempt.party)
    if now.served_on is not None:
        yield refuse("service_done", None, "party", on=now.served_on)
    if attempt.on < day_of(now.document.on):
        yield refuse("service_early", rule.cite, "on", on=attempt.on, issued=day_of(now.document.on))
    consent = bool(view.facts.get("e_service_consent"))
    open_now = choices(now.attempts, consent, str(attempt.details.get("reason") or ""))
    chosen = next(c for c in open_now if c.method == attempt.method)
    if not chosen.open:
        names = "、".join(c.title for c in open_now if c.open)
        yield refuse("service_order", rule.cite, "method", method=title, because=chosen.because, open=names)
    if attempt.served:
        for name, what in rule.wants.items():
            if not attempt.details.get(name):
                yield refuse("service_detail_missing", rule.cite, name, method=title, what=what)


def _act(attempt: Attempt, found: LinePapers, view: View) -> tuple[Command, Mapping[str, Any]]:
    """The command that records it, and what goes with it."""
    told = {"document": attempt.document, "of": attempt.of, "method": attempt.method, **attempt.details}
    code, fixed = found.served_by.get(attempt.document), EMPTY
    if attempt.method == "notice":
        code, fixed = found.announced_by.get(attempt.document, (None, EMPTY))
    action = view.line.action(code) if code and attempt.served else None
    if action is None:
        outcome = {"outcome": "served", "served_on": attempt.on} if attempt.served else {
            "outcome": "failed", "failure": attempt.failure}  # fmt: skip
        return Command("serve_document", attempt.on, {**told, **outcome}, attempt.party, attempt.of), EMPTY
    dated = {
        "served_on": attempt.on,
        "issued_on": attempt.on,
        "method": attempt.method,
        "receiver": attempt.details.get("receiver"),
    }
    fields = action.inputs.model_fields
    data = {name: value for name, value in dated.items() if name in fields and value is not None}
    return Command(action.code, attempt.on, {**data, **fixed}, attempt.party), {"service": told}
