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
# Grounds of suspension (INT 87(1)); in the first three nobody is there to go on with the suit.
SUSPENSIONS = {
    1: "原告死亡，须等待其近亲属表明是否参加诉讼",
    2: "原告丧失诉讼行为能力，尚未确定法定代理人",
    3: "行政机关、法人或者其他组织终止，尚未确定权利义务承受人",
    4: "一方当事人因不可抗力不能参加诉讼",
    5: "法律适用问题须送请有权机关解释或者确认",
    6: "须以相关案件的审理结果为依据，该案尚未审结",
    7: "其他应当中止诉讼的情形",
}
NOBODY_GOES_ON = (1, 2, 3)
# Grounds of retrial (APL 91); for some the six months run from when the ground became known (INT 110).
RETRIAL_GROUNDS = {
    1: "不予立案或者驳回起诉确有错误",
    2: "有新的证据，足以推翻原判决、裁定",
    3: "主要证据不足、未经质证或者系伪造",
    4: "适用法律、法规确有错误",
    5: "违反法定诉讼程序，可能影响公正审判",
    6: "遗漏诉讼请求",
    7: "据以作出裁判的法律文书被撤销或者变更",
    8: "审判人员贪污受贿、徇私舞弊、枉法裁判",
}
FROM_KNOWLEDGE = (2, 3, 7, 8)


def retrial_article(ground: int) -> Cite:
    """The item of APL Art. 91."""
    return APL.art(91, None, ground)


def suspension_article(ground: int) -> Cite:
    """The item of INT Art. 87(1)."""
    return INT.art(87, 1, ground)


def local(number: int, unit: str = "workday") -> Length:
    """A period that the bureau sets for itself: working days, or days that move on from a rest day."""
    if unit == "workday":
        return Length(number, "workday", "next", LOCAL.source, LOCAL.source, LOCAL)
    return Length(number, "day", "next", None, INT.art(48, 3), L2)
