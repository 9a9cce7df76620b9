"""Notice and commitment 告知承诺: for what it may be given, whom the monthly check falls on, what its result entails."""

from collections.abc import Iterable
from dataclasses import dataclass

from yifa.language.draws import Drawn, draw, share
from yifa.language.rules import Rule, RuleTable
from yifa.law.citation import both
from yifa.lines.legal_aid.law import LAL, LOCAL_CHECK

# Situations of the provincial list (2019) that are known so far: 15 of 18, the rest to be loaded by the bureau.
SITUATIONS = {
    "extreme_poverty": "特困供养人员",
    "minimum_living": "最低生活保障对象",
    "low_income_family": "低收入家庭成员",
    "disaster_relief": "受灾临时救助人员",
    "institution_supported": "福利机构供养人员",
    "disabled_household": "残疾人家庭",
    "court_fee_relief": "法院准予缓交、减交、免交诉讼费用的人员",
    "aided_within_year": "一年内因经济困难获得过法律援助的人员",
    "released_without_work": "刑满释放未就业人员",
    "conscript_family": "义务兵及其家属",
    "war_duty_soldier": "执行作战、重大非战争军事行动任务的军人",
    "martyr_survivor": "烈士、因公牺牲、病故军人遗属",
    "military_staff": "军队文职人员",
    "military_retiree": "军队离退休人员",
    "hardship": "家庭经济困难",
}


def monthly_draw(seed: str, cases: Iterable[str], percent: int) -> Drawn:
    """Draw `percent` % of a month's cases granted on a commitment, at least one, by the published seed (hmac/1)."""
    ids = sorted(cases)
    return draw(seed, ids, share(len(ids), percent))


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked commitment: its result, and whether the person qualifies on the true facts."""

    result: str
    still_eligible: bool = True


CONSEQUENCE = RuleTable(
    "commitment",
    "承诺核查结果的处理",
    outcomes={"keep": "继续援助", "terminate": "终止援助", "correct": "更正后继续援助"},
    labels={"result": "核查结果", "still_eligible": "按真实情况仍符合条件"},
    rules=(
        Rule("C1", "承诺属实，继续援助", lambda c: c.result == "true", "keep", LAL.art(41, 2), ("result",)),
        Rule("C2", "故意作虚假承诺，终止援助并由司法行政部门追缴、处罚", lambda c: c.result == "false_on_purpose",
             "terminate", both(LAL.art(48, 1, 1), LAL.art(64)), ("result",)),
        Rule("C3", "非故意的差错，按真实情况仍符合条件，更正后继续援助", lambda c: c.still_eligible, "correct",
             LOCAL_CHECK, ("result", "still_eligible")),
        Rule("C4", "按真实情况不符合条件，终止援助", lambda c: True, "terminate", LAL.art(48, 1, 4),
             ("result", "still_eligible")),
    ),
)  # fmt: skip
