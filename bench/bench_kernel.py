"""The kernel: due dates, steps of a real line, import time; chinesecalendar and SpiffWorkflow beside it.

A *step* is what an act costs in full: input validated by pydantic, stage, version and all guards, the event, the
next view, and the structured derivation of every clock the act touched. Chinese text is rendered only when somebody
reads it and is measured apart.
"""

import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import chinese_calendar

from bench.measure import number, rate, table
from yifa.engine import available, decide, empty, refold
from yifa.language.acts import EMPTY, Actor, Allowed, Command, Context, Env, Event, ParameterValues
from yifa.language.view import View
from yifa.law import periods
from yifa.law.calendar import standard_calendar
from yifa.law.derivations import lines
from yifa.law.statute import statute
from yifa.lines.reconsideration import RECONSIDERATION

ENV = Env(standard_calendar(), ParameterValues({}))
CTX = Context(today=date(2026, 1, 1))
DESK = CTX._replace(actor=Actor("u1", frozenset({"handler"})))
ANSWERS = {"court_cases": (), "same_dispute": ()}
STARTS = [date(2018, 1, 1) + timedelta(days=n) for n in range(2400)]
FIVE, TEN, SIXTY = (statute("L23").days(n) for n in (5, 10, 60))


def application(received: date) -> dict[str, Any]:
    """A complete application."""
    return {
        "filed_on": received, "received_on": received, "channel": "in_person", "applicants": ["申请人甲"],
        "respondents": ["某局"], "act": {"type": "penalty", "doc_no": "某罚1号", "made_on": received - timedelta(days=20)},
        "act_category": 1, "known_on": received - timedelta(days=15), "remedy_told": "all", "requests": ["revoke"],
        "facts_reasons": "认为处罚认定事实不清、证据不足", "service_address": "某路1号", "e_service_consent": True,
    }  # fmt: skip


def script(received: date) -> list[Command]:
    """An ordinary case from receipt to closing, thirteen acts."""

    def on(after: int, action: str, party: str | None = None, **data: Any) -> Command:
        return Command(action, received + timedelta(days=after), data, party)

    day = {n: received + timedelta(days=n) for n in range(130)}
    return [
        on(0, "receive_application", **application(received)),
        on(2, "accept", accepted_on=day[2], conditions_met=[1, 2, 3, 4, 5, 6, 7]),
        on(2, "assign_handler", handlers=["甲", "乙"]),
        on(6, "send_copy", "某局", sent_on=day[5], served_on=day[6]),
        on(14, "receive_reply", "某局", received_on=day[14]),
        on(20, "hear_opinions", mode="phone", record="听取意见记录"),
        on(22, "suspend", ground=6, agreed=True),
        on(30, "resume"),
        on(50, "extend_review", days=30),
        on(70, "decide", decision_type="revoke"),
        on(72, "serve_decision", "申请人甲", served_on=day[72]),
        on(73, "serve_decision", "某局", served_on=day[73]),
        on(120, "close"),
    ]  # fmt: skip


SCRIPTS = [script(date(2024, 1, 2) + timedelta(days=n)) for n in range(300)]


def step(view: View, command: Command) -> View:
    """One step; a refusal would make the measurement worthless."""
    decision = decide(view, command, _answers(command), CTX)
    if not isinstance(decision, Allowed):
        raise TypeError(f"{command.action}: {decision}")
    return decision.view  # type: ignore[no-any-return]


def _answers(command: Command) -> Mapping[str, Any]:
    return ANSWERS if command.action == "accept" else EMPTY


class Year:
    """Cases of a year, one after the other."""

    def __init__(self, *, showing: bool = False, anew: bool = False) -> None:
        self.turn, self.showing, self.anew = 0, showing, anew

    def case(self) -> int:
        commands = SCRIPTS[self.turn % len(SCRIPTS)]
        self.turn += 1
        if self.anew:
            periods._CACHE.clear()
        view = empty(RECONSIDERATION, ENV)
        for command in commands:
            view = step(view, command)
            if self.showing:
                available(view, DESK)
        return len(commands)


def bare_due() -> int:
    add = ENV.calendar.ord_add_workdays
    for start in STARTS:
        add(start.toordinal(), 10)
    return len(STARTS)


def explained_due() -> int:
    """Structured derivations, each counted anew (the cache of periods is passed by)."""
    for start in STARTS:
        periods._counted(TEN, start, ENV.calendar, (), 0)
        periods._counted(SIXTY, start, ENV.calendar, (), 0)
    return 2 * len(STARTS)


def printed_due() -> int:
    for start in STARTS[:200]:
        lines(periods.due_date(TEN, start, ENV.calendar).steps)
    return 200


def peer_due() -> int:
    for start in STARTS[:20]:
        day, left = start, 10
        while left:
            day += timedelta(days=1)
            left -= chinese_calendar.is_workday(day)
    return 20


def cold_log() -> tuple[Event, ...]:
    """A case of 40 events: the ordinary script with its file accesses and feedbacks."""
    view = empty(RECONSIDERATION, ENV)
    commands = SCRIPTS[0][:9]
    access = [
        Command("grant_file_access", date(2024, 3, 1), {"who": "申请人甲", "what": ["答复"]})
        for _ in range(27)
    ]
    for command in (*commands, *access, *SCRIPTS[0][9:]):
        view = step(view, command._replace(on=max(command.on, view.on)))
    return view.events


def cold(log: tuple[Event, ...]) -> int:
    refold(RECONSIDERATION, ENV, log)
    return 1


def spiff() -> float | None:
    """SpiffWorkflow: steps/s of thirteen manual tasks in a row, without guards, dates or validation."""
    try:
        from SpiffWorkflow.specs.Simple import Simple
        from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
        from SpiffWorkflow.util.task import TaskState
        from SpiffWorkflow.workflow import Workflow
    except ImportError:
        return None
    spec = WorkflowSpec(name="case", addstart=True)
    before: Any = spec.start
    for index in range(13):
        task = Simple(spec, f"act{index}", manual=True)
        before.connect(task)
        before = task

    def case() -> int:
        workflow = Workflow(spec)
        workflow.run_all(halt_on_manual=True) if hasattr(workflow, "run_all") else None
        for _ in range(13):
            ready = workflow.get_tasks(state=TaskState.READY)
            ready[0].set_data(on="2024-01-31", by="甲")
            ready[0].run()
        return 13

    return rate(case)


def import_seconds() -> float:
    """Best of three: a fresh interpreter importing the engine and the line, less an empty interpreter."""
    code = "import yifa.lines.reconsideration, yifa.engine"
    return min(_python(code) for _ in range(3)) - min(_python("pass") for _ in range(3))


def _python(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    peer, bare, explained = rate(peer_due), rate(bare_due), rate(explained_due)
    steps, anew, shown = rate(Year().case), rate(Year(anew=True).case), rate(Year(showing=True).case)
    log = cold_log()
    spiffs = spiff()
    beside = (
        f"SpiffWorkflow {number(spiffs)} (×{steps / spiffs:.1f})" if spiffs else "SpiffWorkflow not installed"
    )
    table([
        ("due dates, bare", f"{number(bare)}/s", f"chinesecalendar loop {number(peer)}/s (×{bare / peer:,.0f})", "goal ×1,000"),
        ("due dates, explained", f"{number(explained)}/s", f"×{explained / peer:,.0f}", "goal 200,000/s"),
        ("due dates, printed in Chinese", f"{number(rate(printed_due))}/s", "", ""),
        ("steps, reconsideration", f"{number(steps)}/s", beside, "goal 100,000/s"),
        ("steps, each period counted anew", f"{number(anew)}/s", "", ""),
        ("steps with acts open to a handler", f"{number(shown)}/s", "", ""),
        (f"cold case of {len(log)} events", f"{number(rate(lambda: cold(log)))}/s", "folded from its log", ""),
        ("import of kernel and line", f"{import_seconds():.2f} s", "", "goal 0.5 s"),
    ])  # fmt: skip


if __name__ == "__main__":
    main()
