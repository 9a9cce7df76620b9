"""The tables of litigation, every combination: who is sued, where, in time, who counts as the officer, what can be appealed."""

from datetime import date
from itertools import product

import pytest

from tests.lines.litigation import cases as c
from yifa.language.rules import RuleTable, explain
from yifa.lines.litigation import LITIGATION
from yifa.lines.litigation.inputs_court import Judgment
from yifa.lines.litigation.tables import (
    APPEALABLE,
    ATTENDANCE,
    COURT_LEVEL,
    OUTCOMES,
    PROPER_DEFENDANT,
    RESULTS,
    SUED_IN_TIME,
    Level,
    Present,
    Served,
    Sued,
    Timeliness,
    lost,
    outcome_of,
)
from yifa.lines.reconsideration.tables import DECISION_KINDS

# (outcome of the reconsideration, what is sued) → who is the defendant (APL 26, INT 22, 133, 134)
DEFENDANTS = {
    ("none", "act"): ("original", "D1"), ("none", "inaction"): ("original", "D1"),
    ("uphold", "act"): ("both", "D6"), ("uphold", "inaction"): ("both", "D6"),
    ("rejected", "act"): ("original", "D4"), ("rejected", "inaction"): ("reconsideration", "D5"),
    ("change", "act"): ("reconsideration", "D9"), ("change", "inaction"): ("reconsideration", "D9"),
    ("procedural", "act"): ("both", "D7"), ("procedural", "inaction"): ("both", "D7"),
    ("mixed", "act"): ("both", "D8"), ("mixed", "inaction"): ("both", "D8"),
    ("overdue", "act"): ("original", "D3"), ("overdue", "inaction"): ("reconsideration", "D2"),
}  # fmt: skip


def test_every_outcome_is_in_the_table() -> None:
    assert {outcome for outcome, _ in DEFENDANTS} == set(OUTCOMES.values())


@pytest.mark.parametrize(("outcome", "what"), DEFENDANTS)
def test_who_is_sued(outcome: str, what: str) -> None:
    finding = PROPER_DEFENDANT.find(Sued(outcome, what))
    assert (finding.outcome, finding.decisive) == DEFENDANTS[outcome, what]


def test_every_decision_of_a_reconsideration_has_a_meaning_for_the_suit() -> None:
    """The two lines do not know each other; that their words meet is held here."""
    assert set(DECISION_KINDS) <= set(OUTCOMES)


@pytest.mark.parametrize(
    ("said", "told", "expected"),
    [
        (None, None, None),
        ("uphold", None, "uphold"),
        ("reject_claim", (), "uphold"),
        ("uphold", {"facts": {"outcome": "revoke"}}, "change"),
        ("uphold", {"facts": {"outcome": None}}, "uphold"),
        ("uphold", {"facts": {"outcome": "withdrawn"}}, "uphold"),
        (None, {"facts": {"outcome": "reject_application"}}, "rejected"),
    ],
)
def test_what_the_linked_case_says_goes_before_what_is_typed(
    said: str | None, told: object, expected: str | None
) -> None:
    assert outcome_of(said, told) == expected


@pytest.mark.parametrize("original", ["department", "county", "city", "province", "state"])
@pytest.mark.parametrize("joint", [False, True])
def test_which_court(original: str, joint: bool) -> None:
    finding = COURT_LEVEL.find(Level(original, joint))
    assert finding.outcome == ("basic" if original == "department" else "intermediate")
    assert finding.decisive == {(True, "intermediate"): "J1", (True, "basic"): "J2", (False, "intermediate"): "J3",
                                (False, "basic"): "J4"}[joint, finding.outcome]  # fmt: skip


def test_the_level_of_joint_defendants_is_that_of_the_original_organ() -> None:
    defendants = [
        {"id": "某局", "role": "original", "level": "department"},
        {"id": "区政府", "role": "reconsideration", "level": "county"},
    ]
    case = c.registered(defendants=defendants, reconsideration_outcome="uphold")
    assert case.view.outcomes["court_level"].decisive == "J2"


SUITS, INTERPRETATION = "《行政诉讼法》(2017)", "《最高人民法院关于适用《行政诉讼法》的解释》(2018)"
HEADS = "《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》(2020)"
ARTICLES = {
    "D1": f"{SUITS}第二十六条第一款", "D2": f"{SUITS}第二十六条第三款", "D3": f"{SUITS}第二十六条第三款",
    "D4": f"{SUITS}第二十六条第一款；{INTERPRETATION}第一百三十三条", "D5": f"{SUITS}第二十六条第三款；{INTERPRETATION}第一百三十三条",
    "D6": f"{SUITS}第二十六条第二款；{INTERPRETATION}第一百三十三条", "D7": f"{INTERPRETATION}第二十二条第三款；{SUITS}第二十六条第二款",
    "D8": f"{INTERPRETATION}第一百三十四条第二款", "D9": f"{SUITS}第二十六条第二款；{INTERPRETATION}第二十二条",
    "J1": f"{INTERPRETATION}第一百三十四条第三款；{SUITS}第十五条第一项", "J2": f"{INTERPRETATION}第一百三十四条第三款；{SUITS}第十四条",
    "J3": f"{SUITS}第十五条第一项", "J4": f"{SUITS}第十四条", "T1": f"{SUITS}第四十五条", "T2": f"{SUITS}第四十五条",
    "T3": f"{INTERPRETATION}第六十四条第一款", "T4": f"{SUITS}第四十六条第一款；{INTERPRETATION}第六十六条",
    "T5": f"{SUITS}第四十六条第一款；{INTERPRETATION}第六十六条", "A1": f"{SUITS}第六十六条第二款；{HEADS}第十二条",
    "A2": f"{INTERPRETATION}第一百二十八条第一款；{HEADS}第二条第一款", "A3": f"{HEADS}第二条第二款",
    "A4": f"{INTERPRETATION}第一百二十八条第二款；{INTERPRETATION}第一百三十条",
    "A5": f"{INTERPRETATION}第一百二十八条第二款；{INTERPRETATION}第一百三十二条", "A6": f"{SUITS}第六十六条第二款",
    "P1": f"{SUITS}第八十五条", "P2": f"{SUITS}第八十五条；{INTERPRETATION}第一百零一条第二款", "P3": f"{SUITS}第八十五条",
    "P4": f"{INTERPRETATION}第一百零一条第二款",
}  # fmt: skip
RESULT_ARTICLES = {
    "dismissed": f"{SUITS}第六十九条", "revoked": f"{SUITS}第七十条", "revoked_part": f"{SUITS}第七十条", "changed": f"{SUITS}第七十七条",
    "confirmed_illegal": f"{SUITS}第七十四条", "confirmed_invalid": f"{SUITS}第七十五条", "ordered_performance": f"{SUITS}第七十二条",
    "ordered_payment": f"{SUITS}第七十三条", "agreement_liability": f"{SUITS}第七十八条",
    "compensation": f"{SUITS}第七十六条；{INTERPRETATION}第九十八条", "suit_rejected": f"{INTERPRETATION}第六十九条第一款",
    "other": f"{INTERPRETATION}第一百零一条第一款",
}  # fmt: skip


def test_every_rule_and_result_rests_on_its_articles() -> None:
    tables = (PROPER_DEFENDANT, COURT_LEVEL, SUED_IN_TIME, ATTENDANCE, APPEALABLE)
    assert {rule.code: str(rule.cite) for table in tables for rule in table.rules} == ARTICLES
    assert {code: str(result.cite) for code, result in RESULTS.items()} == RESULT_ARTICLES


DAY = date(2024, 6, 5)
EARLY, SAME, LATE = date(2024, 6, 4), DAY, date(2024, 6, 6)


@pytest.mark.parametrize(("after", "direct", "longest"), list(product((None, EARLY, SAME, LATE), repeat=3)))
def test_sued_in_time(after: date | None, direct: date | None, longest: date | None) -> None:
    finding = SUED_IN_TIME.find(Timeliness(DAY, after, direct, longest))
    if after is not None:
        expected = "T1" if after == EARLY else "T2"
    elif longest == EARLY:
        expected = "T3"
    else:
        expected = "T4" if direct == EARLY else "T5"
    assert finding.decisive == expected
    assert finding.outcome == ("fail" if expected in ("T1", "T3", "T4") else "pass")


KINDS = (
    None,
    "principal",
    "deputy",
    "deputy_level",
    "in_charge",
    "delegated",
    "subordinate",
    "staff",
    "other",
)


@pytest.mark.parametrize(
    ("kind", "staff", "lawyers", "left"), list(product(KINDS, (False, True), (0, 2), (False, True)))
)
def test_who_counts_as_the_officer(kind: str | None, staff: bool, lawyers: int, left: bool) -> None:
    finding = ATTENDANCE.find(Present(kind, staff, lawyers, left))
    if left:
        expected = "improper"
    elif kind in ("principal", "deputy", "deputy_level", "in_charge"):
        expected = "counts"
    else:
        expected = "absent" if staff or kind == "staff" else "improper"
    assert finding.outcome == expected
    other_body = kind in ("delegated", "subordinate") and staff and not left
    assert (finding.decisive == "A3") is other_body  # HEAD 2(2): the head of another body is none


def test_nobody_came_unless_somebody_is_recorded() -> None:
    assert ATTENDANCE.find(Present(None)).decisive == "A6"


@pytest.mark.parametrize(
    ("kind", "ruling"),
    list(product(("judgment", "ruling"), (None, "not_filed", "suit_rejected", "jurisdiction", "other"))),
)
def test_what_can_be_appealed(kind: str, ruling: str | None) -> None:
    expected = "judgment_15" if kind == "judgment" else "final" if ruling == "other" else "ruling_10"
    assert APPEALABLE.find(Served(kind, ruling)).outcome == expected


def test_every_result_is_lost_or_not() -> None:
    codes = Judgment.model_json_schema()["properties"]["result"]["anyOf"][0]["enum"]
    assert set(codes) == set(RESULTS)
    assert {code for code in codes if lost(code)} == {
        "revoked", "revoked_part", "changed", "confirmed_illegal", "confirmed_invalid", "ordered_performance", "ordered_payment",
        "agreement_liability", "compensation",
    }  # fmt: skip
    assert lost(None) is None


@pytest.mark.parametrize("table", LITIGATION.tables, ids=lambda t: t.code)
def test_every_outcome_has_a_chinese_word(table: RuleTable) -> None:
    assert {rule.outcome for rule in table.rules} == set(table.outcomes or {})


def test_a_finding_reads_in_chinese() -> None:
    lines = explain(PROPER_DEFENDANT, PROPER_DEFENDANT.find(Sued("uphold")))
    assert lines[-1].startswith("结论：原机关和复议机关为共同被告（《行政诉讼法》(2017)第二十六条第二款")
