"""The tables of the law, exhaustively: decision types, jurisdiction, timeliness, prior reconsideration."""

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.lines.reconsideration import cases as c
from tests.lines.reconsideration.cases import codes
from yifa.language.acts import Allowed
from yifa.lines.reconsideration.grounds import (
    SuspensionGround,
    TerminationGround,
    suspension_item,
    termination_item,
)
from yifa.lines.reconsideration.jurisdiction import (
    JURISDICTION_ZH,
    Respondent,
    incompetence,
    jurisdiction_finding,
)
from yifa.lines.reconsideration.tables import (
    APPLY_IN_TIME,
    APPLY_IN_TIME_2017,
    CONDITIONS,
    CORRECTING,
    DECISION_KINDS,
    PRIOR_ACT_TYPES,
    SIMPLIFIED_GROUNDS,
    SMALL_AMOUNT,
    Timeliness,
    condition_cite,
    principal,
)

KINDS = ("department", "government", "dispatched_organ", "authorised", "dispatched_body", "vertical", "justice", "province",
         "state_council_department", "joint")  # fmt: skip


ALWAYS = {
    "vertical": "superior_department", "government": "superior_government", "dispatched_organ": "founding_government",
    "province": "itself", "state_council_department": "itself", "joint": "common_superior_government",
}  # fmt: skip
CONCENTRATED = {
    "authorised": "managing_government", "department": "same_government", "justice": "same_government",
    "dispatched_body": "same_government",
}  # fmt: skip
BEFORE = {
    "authorised": "managing_organ", "department": "same_government_or_superior_department",
    "justice": "same_government_or_superior_department", "dispatched_body": "department_or_its_government",
}  # fmt: skip


def oracle(version: str, kind: str, level: str, by_division: bool, received_on: date | None) -> str:
    """Articles 24–28 of 2023 and 12–15 of 2017, written down a second time."""
    if version == "2017":
        early = received_on is not None and received_on.isoformat() < "2021-06-01"
        return (ALWAYS | (BEFORE if early else CONCENTRATED))[kind]
    if kind == "justice":
        return "same_government_or_superior_justice"
    if kind == "dispatched_body" and level == "city" and by_division:
        return "same_government_or_local"
    return (ALWAYS | CONCENTRATED)[kind]


DAYS = (None, date(2021, 5, 31), date(2021, 6, 1), date(2024, 2, 1))


@pytest.mark.parametrize("version", ["2017", "2023"])
def test_jurisdiction(version: str) -> None:
    for kind, level, by_division, day in product(KINDS, ("city", "district", "town"), (False, True), DAYS):
        finding = jurisdiction_finding(Respondent(kind, level, by_division), version, day)
        assert finding.outcome == oracle(version, kind, level, by_division, day), (
            kind,
            level,
            by_division,
            day,
        )
        assert finding.cite is not None
        assert finding.outcome in JURISDICTION_ZH


NEW_LAW, OLD_LAW = "《行政复议法》(2023)", "《行政复议法》(2017)"
ARTICLES = {
    "2023": {
        "vertical": "第二十七条", "justice": "第二十八条", "province": "第二十四条第二款", "state_council_department": "第二十五条第一项",
        "department": "第二十四条第一款第一项", "government": "第二十四条第一款第二项", "dispatched_organ": "第二十四条第一款第三项",
        "authorised": "第二十四条第一款第四项", "dispatched_body": "第二十四条第四款",
    },
    "2017": {
        "vertical": "第十二条第二款", "province": "第十四条", "state_council_department": "第十四条", "joint": "第十五条第一款第四项",
        "government": "第十三条第一款", "dispatched_organ": "第十五条第一款第一项", "dispatched_body": "第十五条第一款第二项",
        "authorised": "第十五条第一款第三项", "department": "第十二条第一款", "justice": "第十二条第一款",
    },
}  # fmt: skip


@pytest.mark.parametrize(("version", "law"), [("2023", NEW_LAW), ("2017", OLD_LAW)])
def test_jurisdiction_names_its_article(version: str, law: str) -> None:
    for (kind, article), level, by_division, day in product(
        ARTICLES[version].items(), ("city", "district"), (False, True), DAYS
    ):
        cite = str(jurisdiction_finding(Respondent(kind, level, by_division), version, day).cite)
        assert cite.split("；")[0].split("、")[0] == law + article, (kind, cite)


def test_an_unknown_respondent_needs_a_person() -> None:
    assert jurisdiction_finding(Respondent("club", "city"), "2023").outcome == "manual_review"


def row(name: str, kind: str = "department", *competent: str) -> dict[str, object]:
    return {"id": name, "kind": kind, "level": "district", "competent": competent}


JOINTLY = (row("甲局", "department", "天河", "市"), row("乙局", "department", "越秀", "市"))
TAX = row("税务局", "vertical", "市税务局")


@pytest.mark.parametrize(
    ("here", "rows", "competent", "article"),
    [
        ("天河", (), None, None), ("天河", (row("甲局", "department", "天河"),), None, None), (None, (row("甲局"),), None, None),
        ("天河", (row("甲局"),), None, None),
        ("天河", (row("甲局", "department", "越秀"),), "越秀", f"{NEW_LAW}第二十四条第一款第一项"),
        ("天河", (row("税务局", "vertical"),), JURISDICTION_ZH["superior_department"], f"{NEW_LAW}第二十七条"),
        ("市税务局", (TAX,), None, None), (None, (TAX,), "市税务局", f"{NEW_LAW}第二十七条"),
        # two organs acting together: the common superior, although one of them belongs here
        ("天河", JOINTLY, "市", "实务规则（无法条）：新法未明定，参照旧法第十五条第一款第四项"), ("市", JOINTLY, None, None),
        # an organ the rules do not know, but the register does
        ("天河", (row("某协会", "club", "越秀"),), "越秀", f"{NEW_LAW}第三十条第一款第六项"),
    ],
)  # fmt: skip
def test_who_is_competent_instead(
    here: str | None, rows: tuple[dict[str, object], ...], competent: str | None, article: str | None
) -> None:
    found = incompetence(here, rows, "2023")
    assert (found.competent if found else None) == competent
    assert (str(found.cite) if found else None) == article
    if found is not None:
        assert found.respondent == "、".join(str(r["id"]) for r in rows)


def test_who_is_competent_under_the_old_law_for_an_organ_the_rules_do_not_know() -> None:
    found = incompetence("天河", (row("某协会", "club", "越秀"),), "2017")
    assert found is not None
    assert str(found.cite) == f"{OLD_LAW}第十七条第一款"


NEVER_ALONE = ("compensation_no", "compensation_yes")


@pytest.mark.parametrize("version", ["2017", "2023"])
@pytest.mark.parametrize("kind", sorted({*DECISION_KINDS} - {*NEVER_ALONE, "no_evidence"}))
def test_decision_types_by_version(version: str, kind: str) -> None:
    case, day = (c.old(), "2023-03-20") if version == "2017" else (c.heard(), "2024-03-01")
    decision = case.try_("decide", day, decision_type=kind)
    open_ = (
        DECISION_KINDS[kind].law_2017 if version == "2017" else DECISION_KINDS[kind].law_2023
    ) is not None
    assert isinstance(decision, Allowed) is open_
    if not open_:
        assert codes(decision) == ["not_in_2017"]


REGULATION = "《行政复议法实施条例》(2007)"
# Decision → article of the law of 2023, article of the old law (None: it knew no such decision).
DECISION_ARTICLES = {
    "uphold": (f"{NEW_LAW}第六十八条", f"{OLD_LAW}第二十八条第一款第一项"),
    "change": (
        f"{NEW_LAW}第六十三条",
        f"{OLD_LAW}第二十八条第一款第三项；{REGULATION}第四十七条；{REGULATION}第五十一条",
    ),
    "revoke": (f"{NEW_LAW}第六十四条", f"{OLD_LAW}第二十八条第一款第三项"),
    "revoke_part": (f"{NEW_LAW}第六十四条", f"{OLD_LAW}第二十八条第一款第三项"),
    "confirm_illegal": (f"{NEW_LAW}第六十五条", f"{OLD_LAW}第二十八条第一款第三项"),
    "confirm_invalid": (f"{NEW_LAW}第六十七条", None),
    "order_perform": (f"{NEW_LAW}第六十六条", f"{OLD_LAW}第二十八条第一款第二项"),
    "no_evidence": (f"{NEW_LAW}第七十条", f"{OLD_LAW}第二十八条第一款第四项"),
    "agreement_liability": (f"{NEW_LAW}第七十一条", None),
    "reject_claim": (f"{NEW_LAW}第六十九条", f"{REGULATION}第四十八条第一款第一项"),
    "reject_application": (f"{NEW_LAW}第三十三条", f"{REGULATION}第四十八条第一款第二项"),
    "compensation_yes": (f"{NEW_LAW}第七十二条", f"{OLD_LAW}第二十九条"),
    "compensation_no": (f"{NEW_LAW}第七十二条", f"{OLD_LAW}第二十九条"),
}


def test_each_decision_has_its_article_in_each_law() -> None:
    assert {k.code: (str(k.law_2023), k.law_2017 and str(k.law_2017)) for k in DECISION_KINDS.values()} == (
        DECISION_ARTICLES
    )


ORDINALS = "零一二三四五六七"


@pytest.mark.parametrize("item", sorted(CONDITIONS))
def test_each_condition_of_acceptance_has_its_item(item: int) -> None:
    assert str(condition_cite("2023", item)) == f"{NEW_LAW}第三十条第一款第{ORDINALS[item]}项"
    assert str(condition_cite("2017", item)) == f"{REGULATION}第二十八条第{ORDINALS[item]}项"


def test_what_may_be_tried_simply_and_what_must_come_first_have_their_items() -> None:
    assert {ground: str(cite) for ground, cite in SIMPLIFIED_GROUNDS.items()} == {
        "on_the_spot": f"{NEW_LAW}第五十三条第一款第一项", "warning": f"{NEW_LAW}第五十三条第一款第二项",
        "small_amount": f"{NEW_LAW}第五十三条第一款第三项", "disclosure": f"{NEW_LAW}第五十三条第一款第四项",
        "consent": f"{NEW_LAW}第五十三条第二款",
    }  # fmt: skip
    assert SMALL_AMOUNT == 3000
    assert {v: {kind: str(cite) for kind, cite in kinds.items()} for v, kinds in PRIOR_ACT_TYPES.items()} == {
        "2023": {
            "on_the_spot_penalty": f"{NEW_LAW}第二十三条第一款第一项", "natural_resource": f"{NEW_LAW}第二十三条第一款第二项",
            "inaction": f"{NEW_LAW}第二十三条第一款第三项", "disclosure": f"{NEW_LAW}第二十三条第一款第四项",
        },
        "2017": {"natural_resource": f"{OLD_LAW}第三十条第一款"},
    }  # fmt: skip


def test_each_answer_about_the_time_of_filing_has_its_article() -> None:
    assert {rule.code: str(rule.cite) for rule in APPLY_IN_TIME.rules} == {
        "T1": f"{NEW_LAW}第二十条第三款；{NEW_LAW}第二十一条",
        "T2": f"{NEW_LAW}第二十条第一款", "T3": f"{NEW_LAW}第三十条第一款第四项",
    }  # fmt: skip
    assert {rule.code: str(rule.cite) for rule in APPLY_IN_TIME_2017.rules} == {
        "T2": f"{OLD_LAW}第九条第一款", "T3": f"{REGULATION}第二十八条第四项",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "counts"),
    [
        (("uphold",), "uphold"), (("uphold", "revoke_part"), "revoke_part"), (("reject_claim", "compensation_no"), "reject_claim"),
        (("compensation_yes",), "compensation_yes"), ((), "decided"),
    ],
)  # fmt: skip
def test_which_decision_counts_in_figures(kinds: tuple[str, ...], counts: str) -> None:
    assert principal(kinds) == counts


# Ground → its item in L23 39(1) and in Reg 41(1); None: the law knows no such ground.
SUSPENSION_ITEMS = {
    "death": (1, 1), "incapacity": (2, 2), "missing": (3, 4), "dissolution": (4, 3), "force_majeure": (5, 5), "mediation": (6, None),
    "interpretation": (7, 6), "other_case": (8, 7), "normative": (9, None), "other": (10, 8),
}  # fmt: skip
# The same for L23 41 and Reg 42(1); sixty days after a suspension are a paragraph of their own in Reg 42.
TERMINATION_ITEMS = {
    "withdrawal": (1, 1), "death": (2, 2), "dissolution": (3, 3), "criminal": (4, 5), "sixty_days": (5, 6), "settlement": (None, 4),
}  # fmt: skip


@pytest.mark.parametrize(
    ("item_of", "items"), [(suspension_item, SUSPENSION_ITEMS), (termination_item, TERMINATION_ITEMS)]
)
def test_grounds_by_word_and_by_item(
    item_of: Callable[[str, Any], int | None], items: dict[str, tuple[int | None, int | None]]
) -> None:
    for ground, numbers in items.items():
        assert (item_of("2023", ground), item_of("2017", ground)) == numbers
    for place, version in enumerate(("2023", "2017")):
        known = {numbers[place] for numbers in items.values()}
        assert {item_of(version, number) for number in range(12)} == known | {None}


@pytest.mark.parametrize(
    ("reader", "said", "item"),
    [
        (SuspensionGround, "39(1)(9)", 9), (SuspensionGround, "9", 9), (SuspensionGround, 1, 1), (SuspensionGround, "normative", "normative"),
        (SuspensionGround, 10, 10), (SuspensionGround, 11, None), (SuspensionGround, 0, None), (SuspensionGround, True, None),
        (SuspensionGround, "无", None), (TerminationGround, " 42(2) ", 6), (TerminationGround, "42(1)(5)", 5), (TerminationGround, 6, 6),
        (TerminationGround, 7, None), (TerminationGround, "sixty_days", "sixty_days"),
    ],
)  # fmt: skip
def test_how_a_ground_may_be_written(reader: Any, said: Any, item: Any) -> None:
    adapter = TypeAdapter(reader)
    if item is None:
        last = 10 if reader is SuspensionGround else 6
        with pytest.raises(ValidationError, match=f"应为第一至第{last}项之一"):
            adapter.validate_python(said)
        assert adapter.json_schema() == {"type": "integer", "minimum": 1, "maximum": last}
    else:
        assert adapter.validate_python(said) == item


@pytest.mark.parametrize("version", ["2017", "2023"])
@pytest.mark.parametrize("kind", NEVER_ALONE)
def test_compensation_goes_with_another_decision(version: str, kind: str) -> None:
    case, day = (c.old(), "2023-03-20") if version == "2017" else (c.heard(), "2024-03-01")
    assert codes(case.try_("decide", day, decision_type=kind)) == ["compensation_alone"]
    case.do("decide", day, decision_types=["confirm_illegal", kind])
    assert case.view.facts["outcome"] == "confirm_illegal"


@pytest.mark.parametrize("version", ["2017", "2023"])
def test_no_evidence_needs_a_silent_respondent(version: str) -> None:
    old = version == "2017"
    case, day = (c.old(), "2023-03-20") if old else (c.heard(), "2024-03-20")
    assert codes(case.try_("decide", day, decision_type="no_evidence")) == ["evidence_was_given"]
    sent = "2023-03-02" if old else "2024-02-21"
    case.do("send_copy", sent, party="某局", served_on=sent)
    case.do("decide", day, decision_type="no_evidence")
    assert case.view.facts["corrects"] is True


def test_which_decisions_correct() -> None:
    assert set(CORRECTING) == {"change", "revoke", "revoke_part", "confirm_illegal", "confirm_invalid", "order_perform",
                               "no_evidence", "agreement_liability"}  # fmt: skip


@pytest.mark.parametrize(
    ("filed", "limit", "longest", "outcome"),
    [
        ("2024-03-01", "2024-03-01", None, "pass"), ("2024-03-02", "2024-03-01", None, "fail"), ("2024-03-01", None, "2024-02-29", "fail"),
        ("2024-03-01", "2024-04-01", "2024-02-01", "fail"), ("2024-03-01", None, "2024-04-01", "pass"),
    ],
)  # fmt: skip
def test_filed_in_time(filed: str, limit: str | None, longest: str | None, outcome: str) -> None:
    day = lambda text: date.fromisoformat(text) if text else None  # noqa: E731
    assert (
        APPLY_IN_TIME.find(Timeliness(date.fromisoformat(filed), day(limit), day(longest))).outcome == outcome
    )


PRIOR = [(version, kind) for version, kinds in PRIOR_ACT_TYPES.items() for kind in kinds]


@pytest.mark.parametrize(("version", "kind", "prior"), [(*row, True) for row in PRIOR] + [
    ("2023", "permit", False), ("2017", "permit", False), ("2017", "disclosure", False), ("2017", "inaction", False),
])  # fmt: skip
def test_prior_reconsideration(version: str, kind: str, prior: bool) -> None:
    day, made = ("2024-01-31", "2024-01-10") if version == "2023" else ("2023-03-01", "2023-02-10")
    case = c.received(day, act={"type": kind, "doc_no": "某1号", "made_on": made})
    assert bool(case.view.facts.get("prior_required")) is prior
    end = {"2023": ("2024-02-06", "2024-02-07"), "2017": ("2023-03-06", "2023-03-07")}[version]
    case.do("refuse", end[0], condition=2, reason="没有利害关系", served_on=end[1])
    assert ("sue_after_refusal" in case.view.clocks) is prior
