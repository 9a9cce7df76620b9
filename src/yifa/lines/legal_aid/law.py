"""The law of legal aid: statutes, versions, and the readings of the last day (S0, S1, S2)."""

from datetime import date
from typing import NamedTuple

from yifa.law.citation import Cite, Practice, both
from yifa.law.statute import Length, Reading, statute

LAL = statute("LAL")
LAR = statute("LAR")
PR = statute("PR")
PR12 = statute("PR12")
CRPL = statute("CRPL")
ICPL = statute("ICPL")
PPR = statute("PPR")
CRIM13 = statute("CRIM13")
DUTY = statute("DUTY")
GDH = statute("GDH")
LL = statute("LL")
MW = statute("MW")
L23 = statute("L23")
L17 = statute("L17")
APL = statute("APL")

LAL_FROM = date(2022, 1, 1)
PR_FROM = date(2023, 9, 1)
OLD = "la-2003"
LAW_VERSIONS = frozenset({"la-2022", "la-2023", "la-gz2026"})

S0 = Reading(
    "S0", "末日遇休息日不顺延，届时由值班人员办理", Practice("法律援助法未规定顺延，机构自身的期限不顺延")
)
S1 = Reading("S1", "刑事诉讼期间的末日遇节假日顺延", CRPL.art(105, 4))
S2 = Reading(
    "S2",
    "末日遇休息日顺延，有利于受期限约束的人",
    Practice("申请人、律师、机构受约束的期限顺延（本地参数，默认开启）"),
)
H1 = Reading("H1", "按小时计算的，开始的小时不计，节假日照计", CRPL.art(105, 2))
FIRST_WINDOW = Reading("F1", "全市通办的七日自首个窗口收到之日起算", LAL.art(43, 1))
SUPPLEMENT = Reading(
    "F2", "补充材料自通知次日至收到之日不计入审查期限", both(LAL.art(43, 2), Practice("程序规定第三章"))
)

AT_REFUSAL = Reading(
    "F3", "法院另行通知的三日自另行委托的五日届满起算", both(ICPL.art(50, 2), Practice("届满日顺延后再起算"))
)

READINGS = (S0, S1, S2, H1, FIRST_WINDOW, SUPPLEMENT, AT_REFUSAL)

# Texts whose article numbers were not at hand; to be confirmed before release.
SUBSIDY_RULES = Practice("广东省法律援助补贴办法（条号待核）")
COMMITMENT_RULES = Practice("国办发〔2020〕42号证明事项告知承诺制（条号待核）")
LOCAL_CHECK = Practice("承诺核查的本地规则：非故意的差错，仍符合条件的更正后继续援助")
CITYWIDE = Practice("全市通办：任一窗口收件，转送有管辖权的机构，收到日期不变")


class TerminationGround(NamedTuple):
    """A ground of LAL Art. 48(1), and its counterpart among the four of LAR Art. 23 (None: unknown there)."""

    title: str
    cite: Cite
    regulation: Cite | None


TERMINATION_GROUNDS = {
    1: TerminationGround("以欺骗或者其他不正当手段获得法律援助", LAL.art(48, 1, 1), None),
    2: TerminationGround("故意隐瞒重要事实或者提供虚假证据", LAL.art(48, 1, 2), None),
    3: TerminationGround("利用法律援助从事违法活动", LAL.art(48, 1, 3), None),
    4: TerminationGround("经济状况变化，不再符合条件", LAL.art(48, 1, 4), LAR.art(23, None, 1)),
    5: TerminationGround("案件终止审理或者已被撤销", LAL.art(48, 1, 5), LAR.art(23, None, 2)),
    6: TerminationGround("自行委托律师或者其他代理人", LAL.art(48, 1, 6), LAR.art(23, None, 3)),
    7: TerminationGround("受援人要求终止", LAL.art(48, 1, 7), LAR.art(23, None, 4)),
    8: TerminationGround("法律法规规定的其他情形", LAL.art(48, 1, 8), None),
}


def local_days(number: int, shift: Reading) -> Length:
    """A period that no statute fixes: a local value, with its own reading of the last day."""
    return Length(number, "day", "none" if shift is S0 else "next", None, shift.source, shift)
