"""Deadlines after an agreement (confirmation, visits, enforcement), and those of committees (domain §8)."""

from datetime import date

from yifa.language.clocks import Also, Clock, Extension, Nature, ends_on, met_on, on, starts_on, starts_with
from yifa.language.values import By, ByDate, Fact, Field
from yifa.language.view import Instance, View
from yifa.law.citation import both
from yifa.law.periods import due_date
from yifa.lines.mediation.clocks import local
from yifa.lines.mediation.facts import effect_comes_first, first_after_performance, next_performance
from yifa.lines.mediation.law import (
    CONFIRM_2022,
    CONFIRM_2024,
    CPI,
    CPL,
    CPL17,
    CPL21,
    K0,
    K1,
    LOCAL_FOLLOW_UP,
    MED18,
    PML,
    S0,
    SC11,
    local_days,
)

_ANCIENT = date(2011, 1, 1)
# Third persons had one year under the rules of 2011 until the interpretation of the procedure law of 2015.
_OBJECTION_2015 = date(2015, 2, 4)

CONFIRM_APPLY = Clock(
    code="confirm_apply", title="共同申请司法确认", nature=Nature.RIGHT,
    starts=(starts_with("agreed_on", what="调解协议生效"),),
    length=ByDate(((_ANCIENT, PML.days(30, shift=K0)), (CONFIRM_2022, PML.days(30, shift=K1)))),
    cite=ByDate(((_ANCIENT, both(PML.art(33, 1), CPL17.art(194))), (CONFIRM_2022, both(PML.art(33, 1), CPL21.art(201))),
                 (CONFIRM_2024, both(PML.art(33, 1), CPL.art(205))))),
    stops=(met_on("apply_confirm", "filed_on", every=True), ends_on("mediate_again")), readings=(K1, K0), survives=True,
    on_expiry="不能再申请司法确认；协议仍有约束力，可以就履行起诉",
)  # fmt: skip

COURT_ACCEPT = Clock(
    code="court_accept", title="法院决定是否受理确认申请", nature=Nature.MONITOR,
    starts=(starts_on("apply_confirm", "filed_on", what="法院收到申请"),), length=SC11.days(3), cite=SC11.art(4, 1),
    stops=(met_on("court_accepts", "accepted_on"), ends_on("confirm_result")), on_expiry="仅跟踪，可向法院查询",
)  # fmt: skip


def special_procedure(view: View, instance: Instance) -> date | None:
    """The outer limit of the special procedure: thirty days from docketing (CPL 187)."""
    return due_date(CPL.days(30), instance.start, view.env.calendar).due


COURT_DECIDE = Clock(
    code="court_decide", title="法院审查确认申请", nature=Nature.MONITOR,
    starts=(starts_on("court_accepts", "accepted_on", what="法院受理"),), length=SC11.days(15), cite=SC11.art(5, 1),
    stops=(met_on("confirm_result", "ruled_on"),),
    extensions=(Extension(on("court_extends"), cap=10),),
    also=(Also("特别程序审结期限", special_procedure),), on_expiry="仅跟踪，可向法院查询",
)  # fmt: skip

CONFIRM_OBJECTION = Clock(
    code="confirm_objection", title="对确认裁定提出异议", nature=Nature.MONITOR, survives=True,
    starts=(
        starts_on("confirm_result", day=Field("served_on"), length=CPI.days(15), cite=CPI.art(372), what="收到裁定"),
        starts_on("serve_ruling", "served_on", per="parties", length=CPI.days(15), cite=CPI.art(372), what="收到裁定"),
        starts_on("outsider_knows", "known_on", what="案外人知道权益被侵害",
                  length=ByDate(((_ANCIENT, SC11.years(1)), (_OBJECTION_2015, CPI.months(6)))),
                  cite=ByDate(((_ANCIENT, SC11.art(10)), (_OBJECTION_2015, CPI.art(372))))),
    ),
    length=CPI.days(15), cite=CPI.art(372), on_expiry="不能再提出异议",
)  # fmt: skip

FOLLOW_UP = Clock(
    code="follow_up", title="回访", nature=Nature.OWN_DUTY,
    starts=(
        starts_with("agreed_on", where=effect_comes_first, length=local("follow_up_effect_days", 30, local_days(30)),
                    what="协议生效"),
        starts_on("agree_written", day=first_after_performance, what="约定的履行日期"),
        starts_on("agree_oral", day=first_after_performance, what="约定的履行日期"),
        starts_on("follow_up", day=next_performance, what="约定的下一期履行日期"),
    ),
    length=local("follow_up_days", 7, local_days(7)), cite=both(PML.art(31, 2), LOCAL_FOLLOW_UP),
    stops=(met_on("follow_up", "visited_on", every=True), ends_on("close"), ends_on("mediate_again")), readings=(S0,),
    on_expiry="列入逾期未回访清单",
)  # fmt: skip

ENFORCE = Clock(
    code="enforce", title="申请强制执行", nature=Nature.REMINDER, survives=True,
    starts=(starts_on("confirm_result", day=Fact("performance_due_on", Fact("agreed_on")), result="valid",
                      what="确认的协议约定的最后履行日期"),),
    length=By("version", {"confirm-2011": CPL17.years(2), "confirm-2022": CPL21.years(2)}, otherwise=CPL.years(2)),
    cite=By("version", {"confirm-2011": CPL17.art(239),
                        "confirm-2022": CPL21.art(246)},
            otherwise=CPL.art(250)),
    stops=(met_on("take_route", "filed_on"), ends_on("close", ground=(None, "performed"))), on_expiry="提醒当事人：申请执行期限届满",
)  # fmt: skip

# ------------------------------------------------------------------------------------------------ committees

COMMITTEE_TERM = Clock(
    code="committee_term", title="委员任期", nature=Nature.OWN_DUTY,
    starts=(starts_on("set_up_committee", "elected_on", what="委员推选产生"),
            starts_on("elect_committee", "elected_on", what="换届推选")),
    length=PML.years(3), cite=PML.art(9, 2), stops=(met_on("elect_committee", "elected_on", every=True), ends_on("dissolve_committee")),
    readings=(S0,), also=(Also("换届提醒（届满前六十日）", lambda view, instance: _sixty_before(instance)),),
    on_expiry="提醒换届；可以连选连任",
)  # fmt: skip


def _sixty_before(instance: Instance) -> date | None:
    due = instance.due.due
    return None if due is None else date.fromordinal(due.toordinal() - 60)


MED_COMMITTEE_FILING = Clock(
    code="med_committee_filing", title="医调委备案", nature=Nature.OWN_DUTY,
    starts=(starts_on("set_up_committee", "set_up_on", medical=True, what="设立"),),
    length=MED18.workdays(30), cite=MED18.art(32), stops=(met_on("file_committee", "filed_on"), ends_on("dissolve_committee")),
    on_expiry="列入未备案清单",
)  # fmt: skip

AFTER_CLOCKS = (
    CONFIRM_APPLY, COURT_ACCEPT, COURT_DECIDE, CONFIRM_OBJECTION, FOLLOW_UP, ENFORCE, COMMITTEE_TERM, MED_COMMITTEE_FILING,
)  # fmt: skip
