"""The tables of the law, exhaustively: decision types, jurisdiction, timeliness, prior reconsideration."""

from datetime import date
from itertools import product

import pytest

from tests.lines.reconsideration import cases as c
from tests.lines.reconsideration.cases import codes
from yifa.language.acts import Allowed
from yifa.lines.reconsideration.jurisdiction import (
    JURISDICTION_ZH,
    Respondent,
    incompetence,
    jurisdiction_finding,
)
from yifa.lines.reconsideration.tables import (
    APPLY_IN_TIME,
    CORRECTING,
    DECISION_KINDS,
    PRIOR_ACT_TYPES,
    Timeliness,
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
