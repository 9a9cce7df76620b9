"""The law of legal aid: statutes, versions, and the readings of the last day (S0, S1, S2)."""

from datetime import date

from yifa.law.citation import Practice, both
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
L23 = statute("L23")
APL = statute("APL")

LAL_FROM = date(2022, 1, 1)
PR_FROM = date(2023, 9, 1)
OLD = frozenset({"la-2003"})

# Read only in the news or not at all: cited as practice until the article is known.
SUBSIDY_RULES = Practice("广东省法律援助补贴办法（条号待核）")
COMMITMENT_RULES = Practice("告知承诺制指导意见及本省清单（条号待核）")

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

READINGS = (S0, S1, S2, H1, FIRST_WINDOW, SUPPLEMENT)


def local_days(number: int, shift: Reading) -> Length:
    """A period that no statute fixes: a local value, with its own reading of the last day."""
    return Length(number, "day", "none" if shift is S0 else "next", None, shift.source, shift)
