"""Time: whatever day the tick runs, the dates are the law's; what it tells, it tells once, to who may know."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.bureau import (
    LAWYER,
    Bureau,
    Step,
    founded,
    legal_aid,
    moment,
    reconsideration,
    staff,
    walk,
)
from tests.casework.support import TestWorld
from yifa.casework import alerts, background, findings, notices, outbox, store
from yifa.casework.audit import faults
from yifa.casework.models import Alert, Case, ClockRow, EventRow, Notice, PartyRow, Todo
from yifa.casework.requests import Ask
from yifa.casework.services import perform
from yifa.engine import advance
from yifa.language.acts import Command
from yifa.language.clocks import Nature
from yifa.law.calendar import standard_calendar
from yifa.people.models import Conflict, Contact, Membership
from yifa.registry import known
from yifa.registry import line as line_of

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2024, 3, 4)


@pytest.fixture
def bureau() -> Bureau:
    return founded()


def opened(world: TestWorld, bureau: Bureau, until: int, line: str = "reconsideration") -> UUID:
    """A case with its two handlers, up to so many days after receipt."""
    names = [str(bureau.first.pk), str(bureau.second.pk)]
    steps = reconsideration(DAY, handlers=names) if line == "reconsideration" else legal_aid(DAY)
    chosen = [step for step in steps if step.after <= until]
    return walk(world, line, DAY, chosen, actor=staff(names[0]))


def told(user: Any) -> list[str]:
    return [
        notices.text_of(n).text
        for n in Notice.objects.filter(user=user).select_related("case").order_by("id")
    ]


# ------------------------------------------------------------------------------ late or not, the same dates


def derived(case: UUID) -> dict[str, Any]:
    """Everything derived of a case but the day on which its effects were noted."""
    row = Case.objects.get(id=case)
    clocks = ClockRow.objects.filter(case=case).values_list(
        "clock", "seq", "subject", "variant", "start", "due", "provisional", "state", "ended_on"
    )
    return {
        "clocks": sorted(clocks), "facts": row.facts, "stage": row.stage, "version": row.version, "closed": row.closed,
        "next_due": row.next_due, "parties": sorted(PartyRow.objects.filter(case=case).values_list("identity", "role")),
    }  # fmt: skip


# Line → acts up to the one whose clock lapses, the effect, the day after receipt on which it has come about.
LAPSES: dict[str, tuple[list[Step], str, int]] = {
    "reconsideration": (reconsideration(DAY)[:1], "deem_accepted", 8),
    "legal_aid": (
        [*legal_aid(DAY)[:1], Step("ask_supplement", 1, {"items": ["identity"], "term": 10})], "deem_withdrawn", 12,
    ),
}  # fmt: skip


@pytest.mark.parametrize("line", sorted(LAPSES))
def test_run_0_1_or_30_days_late_the_dates_are_the_same(world: TestWorld, line: str) -> None:
    steps, effect, after = LAPSES[line]
    seen = []
    for late in (0, 1, 30):
        world.moment = moment(DAY, 9)
        case = walk(world, line, DAY, steps, label=f"{line}/{late}")
        world.moment = moment(DAY + timedelta(days=after + late), 9)
        assert background.run(world).noted >= 1
        assert EventRow.objects.filter(case=case, action=effect).count() == 1
        # What stands on a later day is compared on that day: the same moment for all three.
        world.moment = moment(DAY + timedelta(days=after + 30), 9)
        background.run(world)
        seen.append(_nameless(derived(case), case))
    assert list(faults(world)) == []
    assert seen[0] == seen[1] == seen[2]


def _nameless(found: dict[str, Any], case: UUID) -> dict[str, Any]:
    """Identities differ from case to case."""
    names = {identity: f"party{n}" for n, (identity, _) in enumerate(found["parties"])}

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            return names.get(value, value)
        if isinstance(value, dict):
            return {plain(k): plain(v) for k, v in value.items()}
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    return {name: plain(value) for name, value in found.items()}


@pytest.mark.parametrize("line", sorted(LAPSES))
def test_a_case_nobody_ticks_comes_to_the_same(world: TestWorld, line: str) -> None:
    """The next act finds what the law has done, tick or no tick."""
    steps, effect, after = LAPSES[line]
    ticked, plain = (walk(world, line, DAY, steps, label=label) for label in ("a", "b"))
    world.moment = moment(DAY + timedelta(days=after), 9)
    Case.objects.filter(id=plain).update(next_fire=None)  # as if no tick had ever seen it
    background.run(world)
    views = [
        advance(store.view_of(case, line_of(line), world), world.moment.date()) for case in (ticked, plain)
    ]
    ours, theirs = ([(e.code, e.on) for e in view.effects] for view in views)
    assert ours == theirs
    assert ours[0][0] == effect
    assert views[0].stage == views[1].stage
    assert [i.due.due for c in views[0].clocks.values() for i in c] == [
        i.due.due for c in views[1].clocks.values() for i in c
    ]


def test_a_tick_run_twice_does_nothing(world: TestWorld, bureau: Bureau) -> None:
    opened(world, bureau, 5)
    world.moment = moment(DAY + timedelta(days=80), 9)
    first = background.run(world)
    assert first.alerts
    again = background.run(world)
    assert (again.noted, again.alerts, again.todos, again.sent, again.sequenced) == (0, 0, 0, 0, 0)


# ------------------------------------------------------------------------------ reminders and alerts


def test_every_nature_of_clock_has_its_rule_and_its_words() -> None:
    assert set(alerts.RULES) == set(Nature)
    words = notices.catalogue("yifa.casework")
    for nature, rule in alerts.RULES.items():
        assert f"clock_{nature.name.lower()}" in words
        assert (rule.ahead is None) == (f"clock_{nature.name.lower()}_ahead" not in words)
        assert {rule.after_to, rule.ahead_to or rule.after_to} <= set(notices.AUDIENCES)


@pytest.mark.parametrize(
    ("nature", "today", "level"),
    [
        (Nature.OWN_DUTY, "2024-04-01", None), (Nature.OWN_DUTY, "2024-04-02", "amber"),  # Qingming is between
        (Nature.OWN_DUTY, "2024-04-07", "amber"), (Nature.OWN_DUTY, "2024-04-08", "amber"),
        (Nature.OWN_DUTY, "2024-04-09", "red"), (Nature.OTHERS_DUTY, "2024-04-08", None),
        (Nature.OTHERS_DUTY, "2024-04-09", "amber"), (Nature.RIGHT, "2024-04-09", "info"),
        (Nature.WAITING, "2024-04-07", None), (Nature.WAITING, "2024-04-08", "info"),
        (Nature.REMINDER, "2024-04-08", "info"), (Nature.MONITOR, "2024-04-09", "amber"),
    ],
)  # fmt: skip
def test_the_colour_follows_from_nature_and_day(nature: Nature, today: str, level: str | None) -> None:
    now = moment(date.fromisoformat(today))
    assert alerts.level_of(nature, date(2024, 4, 8), now, standard_calendar()) == level


def test_where_the_law_counts_hours_the_moment_decides() -> None:
    due = datetime(2024, 4, 8, 15)
    before, after = moment(date(2024, 4, 8), 14), moment(date(2024, 4, 8), 16)
    assert alerts.level_of(Nature.OWN_DUTY, due, before, standard_calendar()) == "amber"
    assert alerts.level_of(Nature.OWN_DUTY, due, after, standard_calendar()) == "red"


def test_amber_goes_to_the_handlers_and_red_to_the_head_too(world: TestWorld, bureau: Bureau) -> None:
    case = opened(world, bureau, 14)
    due = date.fromisoformat(ClockRow.objects.get(case=case, clock="review_decision").due)
    world.moment = moment(due - timedelta(days=1), 9)
    background.run(world)
    assert [f"“审理期限”将于{due.isoformat()}" in text for text in told(bureau.first)][-1:] == [True], told(
        bureau.first
    )
    assert told(bureau.first) == told(bureau.second)
    assert not any("审理期限" in text for text in told(bureau.head))
    world.moment = moment(due + timedelta(days=1), 9)
    background.run(world)
    assert any("已于" in text and "审理期限" in text for text in told(bureau.head))
    assert told(bureau.stranger) == told(bureau.system) == []
    assert set(Notice.objects.filter(user=bureau.head).values_list("level", flat=True)) == {"red"}


def test_after_a_standstill_what_is_true_now_is_told_and_not_what_was_missed(
    world: TestWorld, bureau: Bureau
) -> None:
    case = opened(world, bureau, 14)
    world.moment = moment(DAY + timedelta(days=120), 9)
    background.run(world)
    own = Alert.objects.filter(case=case, clock="review_decision")
    assert [(a.passed, a.level) for a in own] == [(True, "red")]


def test_what_was_done_in_time_alarms_nobody(world: TestWorld, bureau: Bureau) -> None:
    opened(world, bureau, 45)
    before = set(Alert.objects.values_list("clock", flat=True))
    world.moment = moment(DAY + timedelta(days=46), 9)
    background.run(world)
    raised = set(Alert.objects.values_list("clock", flat=True)) - before
    assert not raised & {"acceptance_review", "send_copy", "respondent_reply", "review_decision"}


def test_a_new_due_date_is_told_anew(world: TestWorld, bureau: Bureau) -> None:
    case = opened(world, bureau, 20)
    due = date.fromisoformat(ClockRow.objects.get(case=case, clock="review_decision").due)
    world.moment = moment(due, 9)
    background.run(world)
    extend = Ask(
        Command("extend_review", due, {"days": 30}), staff(str(bureau.first.pk)), "x", "reconsideration", case
    )
    assert perform(extend, world)
    background.run(world)
    later = date.fromisoformat(ClockRow.objects.get(case=case, clock="review_decision").due)
    assert later > due
    world.moment = moment(later, 9)
    background.run(world)
    assert Alert.objects.filter(case=case, clock="review_decision", passed=False).count() == 2


def test_who_must_stay_out_is_told_nothing(world: TestWorld, bureau: Bureau) -> None:
    case = opened(world, bureau, 14)
    Conflict.objects.create(user=bureau.first, case=case, ground="亲属", declared_at=world.now())
    world.moment = moment(DAY + timedelta(days=120), 9)
    background.run(world)
    assert told(bureau.first) == []
    assert told(bureau.second)


def test_a_case_without_handlers_is_told_to_the_head(world: TestWorld, bureau: Bureau) -> None:
    opened(world, bureau, 3)
    world.moment = moment(DAY + timedelta(days=30), 9)
    background.run(world)
    assert told(bureau.head)
    assert told(bureau.first) == []


def test_a_look_reads_in_a_fixed_number_of_statements(world: TestWorld, bureau: Bureau) -> None:
    for n in range(3):
        walk(world, "reconsideration", DAY, reconsideration(DAY, n)[:1])
    world.moment = moment(DAY, 11)
    with CaptureQueriesContext(connection) as queries:
        assert alerts.look(world) == 0
    assert len(queries) == 1


# ------------------------------------------------------------------------------ findings


def defeated(world: TestWorld, bureau: Bureau) -> UUID:
    """Nobody examined the application; its acceptance by law was noted; then a refusal of the last day turns up."""
    case = walk(world, "reconsideration", DAY, reconsideration(DAY)[:1])
    world.moment = moment(DAY + timedelta(days=9), 9)
    background.run(world)
    command = Command("refuse", DAY + timedelta(days=4), {"condition": 2, "reason": "没有利害关系"})
    assert perform(Ask(command, staff(), "late", "reconsideration", case), world)
    return case


def test_a_later_record_that_defeats_an_effect_gives_a_named_person_a_task(
    world: TestWorld, bureau: Bureau
) -> None:
    case = defeated(world, bureau)
    assert background.run(world).todos == 1
    (todo,) = findings.worklist(bureau.head.pk)
    noting = EventRow.objects.get(case=case, action="deem_accepted").seq
    assert (todo.case_id, todo.kind, todo.seq, todo.role) == (
        case,
        "noting_superseded",
        noting,
        "section_head",
    )
    assert any("已不成立" in text and "视为受理" in text for text in told(bureau.head))
    assert EventRow.objects.filter(case=case, action="deem_accepted").exists(), "the noting stays in the file"
    assert background.run(world).todos == 0


def test_a_task_is_done_by_its_person_only_and_does_not_come_back(world: TestWorld, bureau: Bureau) -> None:
    defeated(world, bureau)
    background.run(world)
    (todo,) = findings.worklist(bureau.head.pk)
    assert not findings.done(todo.pk, bureau.first.pk, world)
    assert findings.done(todo.pk, bureau.head.pk, world)
    assert not findings.done(todo.pk, bureau.head.pk, world)
    background.run(world)
    assert findings.worklist(bureau.head.pk) == []


def test_a_finding_that_goes_away_takes_its_task_along_and_back(world: TestWorld, bureau: Bureau) -> None:
    case = defeated(world, bureau)
    background.run(world)
    refusal = EventRow.objects.get(case=case, action="refuse").seq
    annul = Ask(
        Command("annul", world.now().date(), {"target": refusal, "reason": "误录"}),
        staff(),
        "n",
        "reconsideration",
        case,
    )
    assert perform(annul, world)
    background.run(world)
    assert Todo.objects.get(case=case, kind="noting_superseded").outcome == "lapsed"
    again = Command("refuse", DAY + timedelta(days=4), {"condition": 2, "reason": "没有利害关系"})
    assert perform(Ask(again, staff(), "again", "reconsideration", case), world)
    assert background.run(world).todos == 1
    assert Todo.objects.get(case=case, kind="noting_superseded").done_at is None
    assert len(told(bureau.head)) >= 2


def test_an_act_that_no_longer_stands_is_a_task_too(world: TestWorld, bureau: Bureau) -> None:
    case = opened(world, bureau, 45)
    annul = Command("annul", DAY + timedelta(days=45), {"target": 6, "reason": "决定误录"})
    assert perform(Ask(annul, staff(str(bureau.first.pk)), "n", "reconsideration", case), world)
    background.run(world)
    todos = findings.worklist(bureau.head.pk)
    assert {todo.kind for todo in todos} == {"act_no_longer_stands"}
    assert all(todo.params.keys() == {"on", "action"} for todo in todos)


def test_a_task_nobody_can_take_waits_for_somebody(world: TestWorld) -> None:
    bureau = founded()
    Membership.objects.exclude(role="system_admin").update(valid_to=date(2020, 12, 31))
    defeated(world, bureau)
    background.run(world)
    assert Todo.objects.get().assignee is None
    Membership.objects.filter(user=bureau.head).update(valid_to=None)
    background.run(world)
    assert Todo.objects.get().assignee == bureau.head


def test_a_provisional_day_that_has_come_asks_the_administrator_for_the_notice(
    world: TestWorld, bureau: Bureau
) -> None:
    case = opened(world, bureau, 5)
    ClockRow.objects.filter(case=case, state="running").update(provisional=True)
    world.moment = moment(DAY + timedelta(days=120), 9)
    assert alerts.look(world) == 0
    assert findings.calendar_due(world) == 1
    assert findings.calendar_due(world) == 0
    assert any("放假安排尚未载入" in text for text in told(bureau.system))


# ------------------------------------------------------------------------------ notices and mail


def overdue(world: TestWorld, bureau: Bureau) -> None:
    opened(world, bureau, 14)
    world.moment = moment(DAY + timedelta(days=120), 9)


def test_notices_are_read_by_their_own_user(world: TestWorld, bureau: Bureau) -> None:
    overdue(world, bureau)
    background.run(world)
    first, *rest = notices.unread(bureau.first.pk)
    assert not notices.mark_read(bureau.second.pk, first.pk, world.now())
    assert notices.mark_read(bureau.first.pk, first.pk, world.now())
    assert notices.unread(bureau.first.pk) == rest


def test_no_notice_names_a_person(world: TestWorld, bureau: Bureau) -> None:
    overdue(world, bureau)
    opened(world, bureau, 8, "legal_aid")
    world.moment = moment(DAY + timedelta(days=200), 9)
    background.run(world)
    assert Notice.objects.count() >= 5
    for notice in Notice.objects.select_related("case"):
        text = " ".join(notices.text_of(notice))
        assert "测试" not in text
        assert LAWYER["id"] not in text
        assert notice.case is not None
        assert notice.case.number in text


def test_who_has_an_address_gets_mail_once(world: TestWorld, bureau: Bureau, mailoutbox: list[Any]) -> None:
    Contact.objects.create(user=bureau.head, email="head@example.test")
    overdue(world, bureau)
    background.run(world)
    background.run(world)
    assert {tuple(mail.to) for mail in mailoutbox} == {("head@example.test",)}
    assert len(mailoutbox) == Notice.objects.filter(user=bureau.head).count()
    first = mailoutbox[0]
    assert first.subject.startswith("【依法】")
    assert "请登录系统查看" in first.body
    assert first.extra_headers["Message-ID"].startswith("<notice-")
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM people_contact")
        assert b"example" not in bytes(cursor.fetchone()[0])


def test_what_was_read_meanwhile_is_not_mailed(
    world: TestWorld, bureau: Bureau, mailoutbox: list[Any]
) -> None:
    Contact.objects.create(user=bureau.head, email="head@example.test")
    overdue(world, bureau)
    alerts.look(world)
    Notice.objects.update(read_at=timezone.now())
    assert outbox.work(world).failed == 0
    assert mailoutbox == []


def test_all_installed_lines_have_effects_that_name_who_gets_the_task() -> None:
    roles: set[str] = {effect.task for code in known() for effect in line_of(code).effects}
    assert roles
    assert all(roles)
