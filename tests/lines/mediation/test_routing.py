"""The many doors: every combination against an oracle written out by hand; each branch with its reason and article."""

from datetime import date
from itertools import product

import pytest

from yifa.language.rules import explain
from yifa.lines.mediation.routing import (
    DOORS,
    NAMES,
    ROUTING,
    ROUTING_2017,
    ROUTING_2024,
    Dispute,
    dispute_of,
    doors,
    nature_of,
    routing_on,
)

NATURES = ("civil", "labour", "administrative", "commercial", "police", "status", "crime")
FORUMS = ("none", "court", "arbitration", "reconsideration", "health_authority")
YES_NO = (False, True)
EVERY = [
    Dispute(nature, *flags, forum, traffic)
    for nature in NATURES
    for flags in product(YES_NO, repeat=5)
    for forum in FORUMS
    for traffic in YES_NO
]


def expected(d: Dispute) -> list[str]:
    """The doors as the routing list of the bureau says them, first offer first."""
    if d.nature == "crime":
        return ["police"]
    if d.nature == "status":
        return ["mediate_consequences", "court"]
    if d.nature == "administrative":
        return ["reconsideration"] + ([] if d.prior_reconsideration else ["administrative_suit"])
    if d.nature == "labour":
        return ["people_mediation", "labour_arbitration"]
    found = ["commercial_mediation"] if d.nature == "commercial" and d.between_businesses else []
    found.append("people_mediation")
    found += ["police_mediation"] if d.nature == "police" else []
    found += ["notary_enforceable"] if d.pays_money and d.accepts_enforcement else []
    return [*found, "arbitration" if d.arbitration_clause else "court"]


@pytest.mark.parametrize("table", [ROUTING, ROUTING_2024, ROUTING_2017], ids=["2025", "2024", "2017"])
def test_every_combination(table: object) -> None:
    assert len(EVERY) == 7 * 32 * 5 * 2
    for dispute in EVERY:
        finding = table.find(dispute)  # type: ignore[attr-defined]
        assert list(doors(finding, table)) == expected(dispute), dispute  # type: ignore[arg-type]
        assert finding.outcome == expected(dispute)[0]


def test_every_rule_decides_or_explains_somewhere() -> None:
    held = {tried.rule for dispute in EVERY for tried in ROUTING.find(dispute).tried if tried.holds}
    assert held == {rule.code for rule in ROUTING.rules}


def test_every_branch_has_its_reason_and_article() -> None:
    for rule in ROUTING.rules:
        assert len(rule.title) > 5
        assert rule.cite
        assert rule.outcome is None or rule.outcome in DOORS
        assert set(rule.uses) <= set(ROUTING.labels or ())
    assert {*NATURES, *FORUMS} <= set(NAMES)


def test_no_door_is_both_open_and_shut() -> None:
    """An arbitration agreement shuts the court; prior reconsideration shuts the suit; labour has no direct suit."""
    for dispute in EVERY:
        open_ = expected(dispute)
        assert not {"arbitration", "court"} <= set(open_)
        assert not (dispute.nature == "labour" and "court" in open_)
        assert not (dispute.nature == "administrative" and "people_mediation" in open_)


def test_the_answer_is_plain_chinese() -> None:
    text = explain(ROUTING, ROUTING.find(Dispute("police", traffic=True)))
    assert text[-1].startswith("结论：人民调解（")
    assert any("请求公安机关交通管理部门调解：是" in line for line in text)
    assert "police" not in "".join(text)


@pytest.mark.parametrize(
    ("day", "table"),
    [
        (date(2023, 12, 31), ROUTING_2017), (date(2024, 1, 1), ROUTING_2024), (date(2025, 4, 30), ROUTING_2024),
        (date(2025, 5, 1), ROUTING),
    ],
)  # fmt: skip
def test_each_day_has_its_law(day: date, table: object) -> None:
    assert routing_on(day) is table


def test_what_was_not_yet_law_is_not_cited() -> None:
    """The reconsideration law of 2023 binds from 2024, the city's regulation from May 2025."""
    assert "行政复议法》(2023)" not in str([rule.cite for rule in ROUTING_2017.rules])
    assert "多元化解条例" not in str([rule.cite for rule in (*ROUTING_2017.rules, *ROUTING_2024.rules)])
    assert "多元化解条例" in str([rule.cite for rule in ROUTING.rules])


@pytest.mark.parametrize(
    ("data", "nature"),
    [
        ({}, "civil"), ({"dispute_type": "labour"}, "labour"), ({"dispute_type": "unpaid_wages"}, "labour"),
        ({"between_businesses": True}, "commercial"), ({"dispute_type": "labour", "nature": "civil"}, "civil"),
    ],
)  # fmt: skip
def test_the_nature_follows_type_and_parties_unless_stated(data: dict[str, object], nature: str) -> None:
    assert nature_of(data) == nature


def test_a_dispute_is_read_from_the_form() -> None:
    found = dispute_of(
        {"dispute_type": "traffic", "nature": "police", "pays_money": True, "other_forum": "court"}
    )
    assert found == Dispute("police", pays_money=True, other_forum="court", traffic=True)
