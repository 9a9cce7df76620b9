"""The law of responding to lawsuits: statutes, readings, and the lists the texts give."""

from yifa.law.citation import Cite, Practice, both
from yifa.law.statute import Length, Reading, statute

APL = statute("APL")
INT = statute("APLI")
HEAD = statute("HEAD")
DEF = statute("DEF")
SUG = statute("SUG")
PIL = statute("PIL")
ENF = statute("ENF")
SCL = statute("SCL")
L23 = statute("L23")

L1 = Reading("L1", "期间开始之日不计入，行政诉讼的期间均为自然日", INT.art(48, 2))
L2 = Reading("L2", "末日为节假日（含周末）的，顺延至其后第一日；补班日不是节假日", INT.art(48, 3))
L3 = Reading("L3", "在期满前交邮的，视为在期限内发送", INT.art(48, 4))
L4 = Reading("L4", "各被告自各自收到起诉状副本之日起分别计算", APL.art(67, 1))
L5 = Reading("L5", "公告、鉴定、调解、中止、管辖异议审查期间不计入审理期限", INT.art(50, 1))
L6 = Reading("L6", "各方上诉期间均届满而无人上诉的，自最后届满之次日起生效", APL.art(85))
L7 = Reading("L7", "申请再审的六个月为不变期间", both(INT.art(110), Practice("参照民事诉讼期间规则")))
L8 = Reading("L8", "按月按年计算的，止于对应日；无对应日的，止于月末", Practice("期间计算通行规则"))
L9 = Reading("L9", "十日以内的期限为工作日", ENF.art(69))
L10 = Reading("L10", "开庭三日前：自开庭之日倒数，开庭当日不计", INT.art(71))
LOCAL = Reading("LW", "内部期限按工作日计算", Practice("应诉工作内部规则（本地参数）"))
READINGS = (L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, LOCAL)

# No text of the rules on mediation before suit was at hand: their periods are the city's parameters.
MEDIATION_RULES = Practice("行政争议诉前调解的本地规则（条文待核）")
TRACKING = Practice("应诉案件全流程督促跟踪")
POLICY = Practice("未载明期限的司法建议，按内部期限回复（本地参数）")

OFFICERS = both(INT.art(128, 1), HEAD.art(2, 1))
NOT_OFFICERS = HEAD.art(2, 2)

# Grounds on which the officer may stay away (HEAD 8).
EXCUSES = {
    "force_majeure": "不可抗力",
    "accident": "意外事件",
    "irreplaceable_duty": "需要履行他人不能代替的公务",
    "other": "无法出庭的其他正当事由",
}
# Grounds of suspension (INT 87(1)) in which nobody is there to go on with the suit.
NOBODY_GOES_ON = (1, 2, 3)
# Grounds of retrial (APL 91) for which the six months run from when the ground became known (INT 110).
FROM_KNOWLEDGE = (2, 3, 7, 8)


def retrial_article(ground: int) -> Cite:
    """The item of APL Art. 91."""
    return APL.art(91, None, ground)


def local(number: int, unit: str = "workday") -> Length:
    """A period that the bureau sets for itself: working days, or days that move on from a rest day."""
    if unit == "workday":
        return Length(number, "workday", "next", LOCAL.source, LOCAL.source, LOCAL)
    return Length(number, "day", "next", None, INT.art(48, 3), L2)
