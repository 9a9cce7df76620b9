"""The law of mediation: statutes, dates on which it changed, and the readings of the last day."""

from datetime import date

from yifa.law.citation import Practice, both
from yifa.law.statute import Length, Reading, statute

PML = statute("PML")
PMR89 = statute("PMR89")
PMW = statute("PMW")
SC11 = statute("SC11")
CPL17 = statute("CPL17")
CPL21 = statute("CPL21")
CPL = statute("CPL")
CPI = statute("CPI")
IM16 = statute("IM16")
OM22 = statute("OM22")
MED18 = statute("MED18")
LAB = statute("LAB")
CIV = statute("CIV")
LIM = statute("LIM")
PET = statute("PET")
L17 = statute("L17")
L23 = statute("L23")
REG = statute("REG")
APL = statute("APL")
NOT = statute("NOT")
ARB = statute("ARB")
PSP = statute("PSP")
RTS = statute("RTS")
COM26 = statute("COM26")

# Confirmation by any lawfully set up mediation body, before more courts, since the procedure law of 2021.
CONFIRM_2022 = date(2022, 1, 1)
CONFIRM_2024 = date(2024, 1, 1)
LOCAL_2025 = date(2025, 5, 1)
COMMERCIAL_2026 = date(2026, 5, 1)
REVIEW_2024 = date(2024, 1, 1)
ANCIENT = date(2002, 11, 1)

S0 = Reading(
    "S0", "调解组织一侧的期限末日遇休息日不顺延", Practice("法律未规定顺延，调解期限按自然日连续计算")
)
K1 = Reading("K1", "申请司法确认的末日遇节假日的，以节假日后的第一日为届满日", CPL.art(85, 3))
K0 = Reading("K0", "申请司法确认的末日遇节假日的，以节假日后的第一日为届满日", CPL17.art(82, 3))
BOTH_DAYS = Reading("M1", "委托鉴定之日至收到鉴定报告之日不计入，首尾两日都扣除", MED18.art(38))
REQUEST_DAY = Reading("M2", "请求调解之日诉讼时效中断，重新计算", LIM.art(12))
KNOWN_YEAR = Reading(
    "M3",
    "劳动仲裁时效从知道权利被侵害之日提示，不计请求调解的中断",
    Practice("从稳妥出发，按最早届满日提示当事人"),
)

READINGS = (S0, K1, K0, BOTH_DAYS, REQUEST_DAY, KNOWN_YEAR)

# What no article at hand states.
LOCAL_FOLLOW_UP = Practice("回访日程由本地参数确定")
LOCAL_RISK = Practice("“及时”报告的时限由本地参数确定")
ADMIN_RULES = Practice("行政调解的受理与办结期限由本地参数确定（未见全国统一规定）")
SUBSIDY_RULES = Practice("以案定补标准由本地财政、司法行政部门确定")
SCREENING_RULES = Practice("矛盾纠纷排查：一次外出、一个区域计一次，有无发现均计")
PLATFORM_RULE = Practice("卫生部门、法院已受理的，医调委不再受理（平台规则；条例只规定了相反方向）")
GZ25_RULE = Practice("广州市矛盾纠纷多元化解条例（条文待核）")


def local_days(number: int) -> Length:
    """Calendar days that only a local parameter fixes."""
    return Length(number, "day", "none", None, S0.source, S0)


def local_workdays(number: int) -> Length:
    """Working days that only a local parameter fixes."""
    return Length(number, "workday", "none", None, S0.source, S0)


def local_hours(number: int) -> Length:
    """Hours that only a local parameter fixes."""
    return Length(number, "hour")


FREE = PML.art(4)
VOLUNTARY = PML.art(17)
SIGNED = PML.art(29, 2)
CONFIRM = PML.art(33, 1)
JOINT_TEXT = both(PML.art(33, 1), SC11.art(1))
