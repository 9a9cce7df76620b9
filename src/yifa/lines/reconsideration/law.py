"""The law of reconsideration: statutes, and the named readings where a text leaves room (R1–R19)."""

from datetime import date

from yifa.law.citation import Cite, Practice, both
from yifa.law.statute import Reading, Statute, statute

L23 = statute("L23")
L17 = statute("L17")
REG = statute("REG")
CPL = statute("CPL")
CPL21 = statute("CPL21")
CPI = statute("CPI")
APL = statute("APL")
HEARING = statute("HEARING")

V23 = frozenset({"2023"})
V17 = frozenset({"2017"})


def civil_procedure(version: str) -> Statute:
    """The Civil Procedure Law of the version's time; its articles 85–95 have the same numbers in both."""
    return CPL if version == "2023" else CPL21


def cite_on(day: date, new: Cite, old: Cite) -> Cite:
    """The article in force on the day an application was received: admissibility is judged by it."""
    return new if L23.applies_on(day) else old


R1 = Reading("R1", "开始之日不计入", both(CPL.art(85, 2), CPI.art(125)))
R2 = Reading("R2", "工作日依国务院放假安排，补班日计入", L23.art(88, 2))
R3 = Reading("R3", "末日为休息日的，顺延至其后第一个工作日，补班日即为工作日", CPL.art(85, 3))
R4 = Reading(
    "R4", "中止、鉴定自次日起至恢复之日止扣除，先加后顺延", both(L23.art(39), REG.art(41), REG.art(37))
)
R5 = Reading("R5", "延长期间与原期间连续计算为一个期间", both(L23.art(62, 1), L17.art(31, 1)))
R6 = Reading("R6", "旧法案件经补正的，以收到补正材料之日为受理日", REG.art(29))
R7 = Reading("R7", "审查期限最后一日即为视为受理之日", L23.art(30, 3))
R8 = Reading("R8", "简易转普通，六十日仍自原受理之日起算", L23.art(62, 1))
R9 = Reading("R9", "附带审查期间自中止之日起算", both(L23.art(56), L23.art(57), L17.art(26), L17.art(27)))
R10 = Reading("R10", "听证通知倒数，听证当日不计", both(L23.art(51, 1), HEARING.art(4)))
R11 = Reading("R11", "障碍消除后剩余期限继续计算", both(L23.art(20, 2), L17.art(9, 2)))
R12 = Reading("R12", "按月按年计算的，止于对应日；无对应日的，止于月末", Practice("期间计算通行规则"))
R13 = Reading("R13", "届满前交邮的不算逾期", CPL.art(85, 4))
R14 = Reading(
    "R14", "中止满六十日亦为期间，末日顺延，次日起可终止", both(L23.art(41, None, 5), REG.art(42, 2))
)
R15 = Reading("R15", "新法案件鉴定、现场勘验时间仍不计入", both(REG.art(34, 3), REG.art(37)))
R16 = Reading("R16", "跨域受案自有管辖权机关收到之日起算，另示窗口收件起算的预警日", Practice("全城通办办法"))
R17 = Reading("R17", "转普通程序时尚未答复的，答复期按十个工作日自原送达起算", both(L23.art(48), L23.art(55)))
R18 = Reading("R18", "中止期间正在进行的工作日期间停止计算", both(L23.art(39), REG.art(41)))
R19 = Reading("R19", "最长期限的末日亦顺延，另示不顺延之日", CPL.art(85, 3))

READINGS = (R1, R2, R3, R4, R5, R6, R7, R8, R9, R10, R11, R12, R13, R14, R15, R16, R17, R18, R19)
