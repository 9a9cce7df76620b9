"""The fold: clocks start, stop, pause, extend; effects come about; versions are tentative, then pinned."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.kernel import ENV, Case, D, event
from tests.kernel_line import TEST_LINE
from yifa import registry
from yifa.engine import derive, empty, evolve, fold
from yifa.engine.fold import advance
from yifa.language.acts import Event, Refused
from yifa.language.clocks import PauseRule, on
from yifa.language.line import Line, Version
from yifa.language.view import Instance, View

ANSWERS = {"same_topic": ()}


def run(*acts: tuple[Any, ...], as_of: str | None = None) -> View:
    """Fold acts given as (action, day, {data})."""
    view = empty(TEST_LINE, ENV)
    for seq, (action, day, *rest) in enumerate(acts):
        data = rest[0] if rest else {}
        view = evolve(view, event(TEST_LINE, seq, action, day, **data))
    return advance(view, D(as_of)) if as_of else view


def one(view: View, code: str, subject: str | None = None) -> Instance:
    found = [i for i in view.clocks.get(code, ()) if subject is None or i.subject == subject]
    assert len(found) == 1, found
    return found[0]


RECEIVE = ("receive", "2024-03-01", {"received_on": "2024-03-01", "askers": ["a"], "answerers": ["b", "c"]})
OPEN = ("open", "2024-03-05", {})


def test_an_act_starts_stops_and_moves() -> None:
    view = run(RECEIVE, OPEN)
    assert view.stage == "active"
    assert one(view, "opening").state == "met"
    assert one(view, "work").due.due == D("2024-05-06")  # 4 May is a Saturday of the holiday; rolled
    assert view.parties == {"a": "asker", "b": "answerer", "c": "answerer"}
    assert view.parties_in("answerer") == ("b", "c")


def test_late_is_late() -> None:
    view = run(("receive", "2023-03-01", {}), ("open", "2023-03-20", {}))
    assert one(view, "opening").state == "late"


def test_one_clock_for_each_party() -> None:
    view = run(RECEIVE, OPEN, ("ask", "2024-03-06", {"party": "b"}), ("ask", "2024-03-07", {"party": "c"}),
               ("answer", "2024-03-12", {"party": "c"}))  # fmt: skip
    assert one(view, "answer", "b").live
    assert one(view, "answer", "c").state == "met"


def test_asking_again_replaces_the_first_instance() -> None:
    view = run(RECEIVE, OPEN, ("ask", "2024-03-06", {"party": "b"}), ("ask", "2024-03-08", {"party": "b"}))
    assert [i.state for i in view.clocks["answer"]] == ["replaced", "running"]


def test_an_ambiguous_answer_stops_nothing() -> None:
    asked = (RECEIVE, OPEN, ("ask", "2024-03-06", {"party": "b"}), ("ask", "2024-03-07", {"party": "c"}))
    assert len(run(*asked, ("answer", "2024-03-12", {})).live("answer")) == 2
    assert [i.subject for i in run(*asked, ("answer", "2024-03-12", {"re": 2})).live("answer")] == ["c"]
    assert len(run(*asked, ("answer", "2024-03-12", {"party": "x"})).live("answer")) == 2


def test_many_instances_run_beside_each_other() -> None:
    acts = (RECEIVE, OPEN, ("consult", "2024-03-06", {"due_on": "2024-03-20"}),
            ("consult", "2024-03-07", {"due_on": "2024-03-22"}))  # fmt: skip
    assert len(run(*acts).live("consultation")) == 2
    assert len(run(*acts, ("consulted", "2024-03-10", {})).live("consultation")) == 2  # which one?
    view = run(*acts, ("consulted", "2024-03-10", {"re": 3}))
    assert [i.seq for i in view.live("consultation")] == [2]


def test_an_act_that_does_not_fit_its_condition_does_nothing() -> None:
    acts = (RECEIVE, OPEN, ("consult", "2024-03-06", {"due_on": "2024-03-20"}))
    assert one(run(*acts, ("consulted", "2024-03-10", {"note": "more to come"})), "consultation").live
    assert one(run(*acts, ("lengthen", "2024-03-10", {"days": 30, "note": "draft"})), "work").extension == 0


def test_pauses_touch_all_that_run_and_what_starts_in_them() -> None:
    halted = (RECEIVE, OPEN, ("ask", "2024-03-06", {"party": "b"}), ("halt", "2024-03-08", {}))
    view = run(*halted)
    assert one(view, "work").state == one(view, "answer").state == "paused"
    during = run(*halted, ("ask", "2024-03-09", {"party": "c"}))
    assert one(during, "answer", "c").due.due is None
    view = run(*halted, ("go_on", "2024-03-18", {}))
    assert one(view, "work").due.due == D("2024-05-14")
    assert one(view, "answer").due.due == D("2024-03-28")
    again = run(*halted, ("halt", "2024-03-10", {}), ("go_on", "2024-03-18", {}), ("go_on", "2024-03-19", {}))
    assert one(again, "work").due.due == D("2024-05-14")


def test_an_order_ends_a_pause_only_if_it_says_so() -> None:
    halted = (RECEIVE, OPEN, ("halt", "2024-03-08", {}))
    assert run(*halted, ("order", "2024-03-18", {"note": "x"})).open_pauses
    assert not run(RECEIVE, OPEN, ("halt", "2024-03-08", {}), ("go_on", "2024-03-18", {})).open_pauses


@pytest.mark.parametrize(
    ("data", "due"),
    [({"days": 30}, "2024-06-03"), ({"until": "2024-05-20"}, "2024-05-20"), ({}, "2024-05-06")],
)
def test_extension(data: dict[str, Any], due: str) -> None:
    assert one(run(RECEIVE, OPEN, ("lengthen", "2024-04-01", data)), "work").due.due == D(due)


def test_a_changed_fact_measures_running_clocks_anew() -> None:
    assert one(run(RECEIVE, OPEN, ("hurry", "2024-03-10", {})), "work").due.due == D(
        "2024-04-07"
    )  # 4 April: Qingming
    same = run(RECEIVE, ("open", "2024-03-05", {"pace": "fast"}), ("hurry", "2024-03-10", {}))
    assert one(same, "work").due.due == D("2024-04-07")


def test_setting_the_fact_anew_replaces_the_clock() -> None:
    view = run(RECEIVE, OPEN, ("halt", "2024-03-06", {}), ("order", "2024-03-20", {}))
    assert [i.state for i in view.clocks["work"]] == ["replaced", "paused"]


def test_counted_backwards_and_met_at_once() -> None:
    view = run(("mail", "2024-10-14", {"arrived_on": "2024-10-14"}))
    assert one(view, "notice").due.due == D("2024-10-08")
    assert (
        one(
            run(("mail", "2024-10-01", {"arrived_on": "2024-10-14", "posted_on": "2024-10-08"})), "notice"
        ).state
        == "met"
    )
    assert (
        one(
            run(("mail", "2024-10-01", {"arrived_on": "2024-10-14", "posted_on": "2024-10-09"})), "notice"
        ).state
        == "late"
    )
    assert "notice" not in run(("mail", "2024-10-01", {"note": "waived"})).clocks


def test_closing_ends_what_does_not_survive() -> None:
    view = run(RECEIVE, OPEN, ("consult", "2024-03-06", {"due_on": "2024-03-20"}), ("drop", "2024-03-07", {}))
    assert view.is_closed
    assert one(view, "work").state == "stopped"
    assert one(view, "consultation").live


def test_a_stage_waits_for_all_parties() -> None:
    acts = [RECEIVE, OPEN, *(("finish", f"2024-03-1{n}", {"party": p}) for n, p in enumerate("ab"))]
    assert run(*acts).stage == "active"
    assert run(*acts, ("finish", "2024-03-13", {"party": "c"})).stage == "ended"


def test_side_tracks_do_not_move_the_main_stage() -> None:
    view = run(RECEIVE, ("side", "2024-03-02", {}))
    assert (view.stage, view.tracks) == ("new", {"side": "asked"})


# ---------------------------------------------------------------------------------------- effects of law


@pytest.mark.parametrize(
    ("as_of", "stage"),
    [("2024-03-07", "new"), ("2024-03-08", "new"), ("2024-03-09", "active"), ("2024-12-31", "active")],
)
def test_an_effect_comes_about_when_its_last_day_has_passed(as_of: str, stage: str) -> None:
    view = run(RECEIVE, as_of=as_of)
    assert view.stage == stage
    if stage == "active":
        assert view.facts["opened_on"] == D("2024-03-08")
        assert view.effects[0].on == D("2024-03-08")
        assert one(view, "opening").state == "lapsed"
        assert one(view, "work").start == D("2024-03-08")


def test_an_act_on_the_last_day_defeats_the_effect() -> None:
    assert not run(RECEIVE, ("drop", "2024-03-08", {}), as_of="2024-12-31").effects


def test_an_effect_is_not_for_another_version() -> None:
    view = run(("receive", "2023-03-01", {}), as_of="2023-12-31")
    assert (view.stage, view.effects) == ("new", ())


def test_effects_come_in_the_order_of_their_days_before_the_next_act() -> None:
    view = run(RECEIVE, ("ask", "2024-03-11", {"party": "b"}), ("halt", "2024-04-15", {}))
    assert [e.code for e in view.effects] == ["deemed_open", "silent"]
    assert view.effects[1].on == D("2024-03-26")


def test_a_duty_may_go_on_after_its_effect() -> None:
    silent = (RECEIVE, OPEN, ("ask", "2024-03-06", {"party": "b"}))
    view = run(*silent, as_of="2024-03-21")
    assert view.effect("silent", "b") is not None
    assert view.effect("silent", "c") is None
    assert one(view, "answer").live
    assert one(run(*silent, ("answer", "2024-03-25", {"party": "b"})), "answer").state == "late"


def test_a_thing_posted_in_time_defeats_the_lapse() -> None:
    acts = (RECEIVE, OPEN, ("ask", "2024-03-06", {"party": "b"}))
    posted = run(*acts, ("answer", "2024-03-25", {"party": "b", "posted_on": "2024-03-20"}))
    assert posted.effects == ()
    assert one(posted, "answer").state == "met"
    late = run(*acts, ("answer", "2024-03-25", {"party": "b", "posted_on": "2024-03-21"}))
    assert late.effect("silent") is not None
    assert one(late, "answer").state == "late"
    other = run(*acts, ("answer", "2024-03-25", {"party": "c", "posted_on": "2024-03-20"}))
    assert other.effect("silent", "b") is not None


def test_one_act_may_start_a_clock_for_each_of_several_parties() -> None:
    several = {"arrived": {"b": D("2024-03-06"), "c": D("2024-03-08")}}
    view = run(RECEIVE, OPEN, ("ask_several", "2024-03-08", several))
    found = {i.subject: (i.start, i.variant) for i in view.clocks["answer"]}
    assert found == {"b": (D("2024-03-06"), 1), "c": (D("2024-03-08"), 1)}
    alone = run(RECEIVE, OPEN, ("ask_several", "2024-03-08", {"party": "b", "arrived_on": "2024-03-07"}))
    assert one(alone, "answer", "b").start == D("2024-03-07")
    answered = evolve(view, event(TEST_LINE, 9, "answer", "2024-03-10", party="c"))
    assert {i.subject: i.state for i in answered.clocks["answer"]} == {"b": "running", "c": "met"}


def test_a_noting_does_not_bring_back_a_lapse_that_was_defeated() -> None:
    acts = (RECEIVE, OPEN, ("ask", "2024-03-06", {"party": "b"}), ("silent", "2024-03-22", {"party": "b"}))
    assert run(*acts).effect("silent") is not None
    defeated = run(*acts, ("answer", "2024-03-25", {"party": "b", "posted_on": "2024-03-20"}))
    assert defeated.effects == ()
    found = derive(TEST_LINE, defeated.events, D("2024-03-25"), ENV)
    assert [f.code for f in found.findings] == ["noting_superseded"]


def test_an_effect_that_needs_all_to_have_lapsed() -> None:
    acts = (RECEIVE, OPEN, ("finish", "2024-03-11", {"party": "a"}), ("finish", "2024-03-12", {"party": "b"}),
            ("finish", "2024-03-13", {"party": "c"}))  # fmt: skip
    assert "binding_on" not in run(*acts, as_of="2024-03-28").facts
    view = run(*acts, as_of="2024-03-29")
    assert view.facts["binding_on"] == D("2024-03-29")
    assert view.tracks == {"side": "replied"}


def test_an_effect_on_the_day_itself_and_under_a_condition() -> None:
    def view(topic: str, as_of: str) -> View:
        receive = ("receive", "2024-03-01", {"received_on": "2024-03-01", "topic": topic})
        return run(receive, OPEN, ("consult", "2024-03-06", {"due_on": "2024-03-20"}), as_of=as_of)

    assert view("urgent", "2024-03-19").effect("noticed") is None
    assert view("urgent", "2024-03-20").facts["noticed_on"] == D("2024-03-20")
    assert view("plain", "2024-12-31").effect("noticed") is None


@pytest.mark.parametrize("noted", ["2024-03-09", "2024-03-10", "2024-04-08"])
def test_a_noting_changes_nothing(noted: str) -> None:
    bare = run(RECEIVE, as_of="2024-05-01")
    view = run(RECEIVE, ("deemed_open", noted, {}), as_of="2024-05-01")
    assert view.facts == bare.facts
    assert {c: [(i.start, i.due.due) for i in x] for c, x in view.clocks.items()} == {
        c: [(i.start, i.due.due) for i in x] for c, x in bare.clocks.items()
    }


def test_a_noting_on_the_last_day_brings_the_effect_about() -> None:
    view = run(RECEIVE, ("deemed_open", "2024-03-08", {}))
    assert view.facts["opened_on"] == D("2024-03-08")
    assert view.effects[0].noted


def test_a_noting_before_its_day_is_ignored() -> None:
    assert run(RECEIVE, ("deemed_open", "2024-03-05", {})).stage == "new"


def test_a_noting_without_any_clock_is_taken_at_its_word() -> None:
    view = run(("deemed_open", "2024-03-08", {}))
    assert (view.stage, view.facts["opened_on"]) == ("active", D("2024-03-08"))


# ---------------------------------------------------------------------------------------- versions


@pytest.mark.parametrize(
    ("received", "opened", "version"),
    [
        ("2023-12-31", "2024-01-03", "old"),
        ("2024-01-01", "2024-01-03", "new"),
        ("2023-12-27", "2024-06-01", "old"),
    ],
)
def test_the_governing_date_chooses_the_version(received: str, opened: str, version: str) -> None:
    view = run(("receive", received, {"received_on": received}), ("open", opened, {}))
    assert (view.version, view.version_final) == (version, True)


def test_a_version_is_tentative_until_the_governing_fact_is_final() -> None:
    tentative = run(("receive", "2023-12-28", {"received_on": "2023-12-28"}))
    assert (tentative.version, tentative.version_final) == ("old", False)
    moved = run(("receive", "2023-12-28", {"received_on": "2023-12-28"}),
                ("receive", "2024-01-04", {"received_on": "2024-01-04"}))  # fmt: skip
    assert moved.version == "new"
    assert "old_only" in tentative.clocks


def test_without_any_governing_fact_the_first_act_decides() -> None:
    assert run(("halt", "2023-05-01", {})).version == "old"
    assert run(("halt", "2024-05-01", {})).version == "new"


def test_no_version_for_a_day_is_an_error() -> None:
    with pytest.raises(LookupError, match="no version"):
        ENDED.version_for(date(2025, 1, 1))


LOCAL = Version(
    "local", since=D("2024-02-01"), until=D("2024-12-31"), by=("opened_on",), only=("pace", "fast")
)
REGIONAL = Version("regional", since=D("2024-02-01"), by=("opened_on",))
FIELDS = {n: getattr(TEST_LINE, n) for n in Line.__dataclass_fields__ if not n.startswith("_")}
ENDED = Line(
    **{
        **FIELDS,
        "versions": (TEST_LINE.versions[0], Version("new", since=D("2024-01-01"), until=D("2024-12-31"))),
    }
)
LAYERED = Line(**{**FIELDS, "versions": (*TEST_LINE.versions, REGIONAL, LOCAL)})


@pytest.mark.parametrize(
    ("opened", "pace", "version"),
    [
        ("2023-12-30", "fast", "old"), ("2024-01-31", "fast", "old"), ("2024-02-01", "fast", "local"),
        ("2024-12-31", "fast", "local"), ("2025-01-01", "fast", "regional"), ("2024-02-01", "slow", "regional"),
    ],
)  # fmt: skip
def test_a_version_with_facts_of_its_own_lies_over_the_others(opened: str, pace: str, version: str) -> None:
    acts = (event(LAYERED, 0, "receive", "2023-12-28", received_on="2023-12-28"),
            event(LAYERED, 1, "open", opened, opened_on=opened, pace=pace))  # fmt: skip
    view = fold(LAYERED, ENV, acts)
    assert (view.version, view.version_final) == (version, True)


def test_before_its_fact_is_known_the_version_below_holds() -> None:
    assert empty(LAYERED, ENV).version == "new"
    received = fold(LAYERED, ENV, (event(LAYERED, 0, "receive", "2024-03-01", received_on="2024-03-01"),))
    assert (received.version, received.version_final) == ("new", False)


# ---------------------------------------------------------------------------------------- order and refolding


def test_a_late_record_is_folded_where_it_belongs() -> None:
    view = run(RECEIVE, OPEN, ("go_on", "2024-03-18", {}), ("halt", "2024-03-08", {}))
    assert one(view, "work").due.due == D("2024-05-14")


def test_after_orders_acts_of_one_day() -> None:
    acts = [event(TEST_LINE, 0, "receive", "2024-03-01"), event(TEST_LINE, 1, "halt", "2024-03-05"),
            event(TEST_LINE, 2, "open", "2024-03-05", after=0)]  # fmt: skip
    view = empty(TEST_LINE, ENV)
    for act in acts:
        view = evolve(view, act)
    assert view.acts["halt"][0].seq == 1
    assert view.stage == "halted"


def test_an_unknown_act_is_an_error() -> None:
    with pytest.raises(LookupError, match="unknown act 'nope'"):
        evolve(empty(TEST_LINE, ENV), Event(0, "nope", D("2024-01-01")))


def test_older_views_stay_as_they_were() -> None:
    before = run(RECEIVE, OPEN)
    facts, clocks, due = dict(before.facts), dict(before.clocks), before.due("work")
    evolve(before, event(TEST_LINE, 2, "halt", "2024-03-08"))
    advance(before, D("2026-01-01"))
    assert (before.facts, before.clocks, before.due("work")) == (facts, clocks, due)


# ---------------------------------------------------------------------------------------- kernel acts


def test_opening_balance_takes_over_a_running_case() -> None:
    case = Case(TEST_LINE)
    case.do("opening_balance", "2024-04-01", stage="active", facts={"opened_on": "2024-03-05", "pace": "slow"},
            clocks=[{"clock": "answer", "start": "2024-03-20", "subject": "b"}], parties={"b": "answerer"},
            gaps=["2024年3月前的材料"])  # fmt: skip
    assert case.view.stage == "active"
    assert one(case.view, "answer").due.due == D("2024-04-03")
    assert one(case.view, "work").due.due == D("2024-05-06")
    assert case.view.version_final


def test_what_was_met_elsewhere_does_not_run_here_and_what_the_balance_says_prevails() -> None:
    case = Case(TEST_LINE)
    facts = {"opened_on": "2024-03-05", "pace": "slow"}
    balance = {"stage": "active", "facts": facts, "gaps": ["材料"]}
    case.do("opening_balance", "2024-04-01", **balance, met=["work"])
    assert not case.view.live("work")
    again = Case(TEST_LINE)
    again.do(
        "opening_balance",
        "2024-04-01",
        **balance,
        clocks=[{"clock": "work", "start": "2024-03-05", "extension": 10}],
    )
    assert [i.extension for i in again.view.clocks["work"]] == [10]


def test_a_clock_nobody_can_measure_is_not_taken_over() -> None:
    case = Case(registry.line("reconsideration"))
    case.do("opening_balance", "2024-04-01", stage="served", clocks=[{"clock": "performance_due", "start": "2024-03-05"}],
            gaps=["履行期限"])  # fmt: skip
    assert not case.view.clocks.get("performance_due")


@pytest.mark.parametrize(
    ("change", "code"), [({"stage": "moon"}, "stage_unknown"), ({"met": ["moon"]}, "clock_unknown")]
)
def test_a_case_is_taken_over_into_what_the_line_has(change: dict[str, Any], code: str) -> None:
    case = Case(TEST_LINE)
    refused = case.try_("opening_balance", "2024-04-01", **{"stage": "active", "gaps": ["材料"], **change})
    assert isinstance(refused, Refused)
    assert [p.code for p in refused.problems] == [code]


def test_hand_over_lets_all_clocks_run_on() -> None:
    case = Case(TEST_LINE, answers=ANSWERS)
    case.do("receive", "2024-03-01", received_on="2024-03-01")
    case.do("open", "2024-03-05")
    due = case.view.due("work")
    case.do("hand_over", "2024-03-06", to_organ="南区")
    assert (case.view.organ, case.view.due("work")) == ("南区", due)


@pytest.mark.parametrize("relation", ["link", "join", "split"])
def test_relations_are_kept(relation: str) -> None:
    case = Case(TEST_LINE)
    case.do("receive", "2024-03-01", received_on="2024-03-01")
    case.do(relation, "2024-03-02", case="甲〔2024〕1号")
    assert case.view.links == ((relation, "甲〔2024〕1号"),)


def test_an_act_may_tie_the_case_to_another() -> None:
    tied = run(RECEIVE, OPEN, ("consult", "2024-03-06", {"about": "乙〔2024〕2号"}))
    assert tied.links == (("consult", "乙〔2024〕2号"),)
    assert run(RECEIVE, OPEN, ("consult", "2024-03-06", {})).links == ()


def test_derive_equals_reduce_evolve() -> None:
    acts = (
        RECEIVE,
        OPEN,
        ("ask", "2024-03-06", {"party": "b"}),
        ("halt", "2024-03-08", {}),
        ("go_on", "2024-03-20", {}),
    )
    stepwise = run(*acts)
    whole = fold(TEST_LINE, ENV, stepwise.events)
    assert (
        derive(TEST_LINE, stepwise.events, D("2024-03-20"), ENV).view.clocks
        == whole.clocks
        == stepwise.clocks
    )
    assert whole.facts == stepwise.facts


def test_of_two_pauses_begun_on_one_day_only_the_ended_one_is_closed() -> None:
    """A halt and an inspection on the same morning: the end of one does not end the other."""
    again = PauseRule(on("hurry"), (on("calm"),))
    work = next(c for c in TEST_LINE.clocks if c.code == "work")
    clocks = tuple(replace(c, pauses=(*c.pauses, again)) if c is work else c for c in TEST_LINE.clocks)
    line = Line(**{**FIELDS, "clocks": clocks})
    log = [
        event(line, 0, "receive", "2024-03-01", received_on="2024-03-01"),
        event(line, 1, "open", "2024-03-04"),
        event(line, 2, "halt", "2024-03-11"),
        event(line, 3, "hurry", "2024-03-11"),
        event(line, 4, "go_on", "2024-03-15"),
    ]
    assert fold(line, ENV, log).due("work") is None
    ended = fold(line, ENV, [*log, event(line, 5, "calm", "2024-03-20")])
    assert ended.due("work") == D("2024-04-12")  # thirty days, and nine of the longer pause
