"""Indicators of reconsideration (domain §11). Dates that count are legal dates; a denominator of 0 shows as —."""

from yifa.language.indicators import Col, Column, Count, Indicator, Ratio

BY = ("organ", "district", "respondent", "act_category")

COLUMNS = (
    Column("respondent", "texts", "被申请人"), Column("act_category", "text", "案件类别"),
    Column("topic_tags", "texts", "领域、事由标签"), Column("filed_on", "date", "申请日期"),
    Column("first_received_on", "date", "有管辖权机关收到日期"), Column("accepted_on", "date", "受理日期"),
    Column("decided_on", "date", "决定日期"), Column("concluded_on", "date", "审结日期"), Column("outcome", "text", "结案方式"),
    Column("corrects", "flag", "纠错"), Column("settled", "flag", "和解"), Column("act_changed", "flag", "行为已改变"),
    Column("cross_district", "flag", "跨域"), Column("procedure", "text", "审理程序"), Column("sued_on", "date", "起诉日期"),
    Column("court_effective_on", "date", "裁判生效日期"), Column("court_lost", "flag", "败诉"),
)  # fmt: skip

outcome, settled, concluded = Col("outcome"), Col("settled"), Col("concluded_on")
# What a superior has ordered to be reviewed again is not concluded, though it once was.
OVER = ~Col("stage").one_of("reviewing", "suspended")
CONCLUDED = Count("cases", "concluded_on", OVER)
SETTLED_END = outcome.one_of("withdrawn", "terminated") & settled.eq(True)
CORRECTED = Col("corrects").eq(True)
CHANGED_END = outcome.one_of("withdrawn", "terminated") & Col("act_changed").eq(True)
# Decided but not served on everybody: the window of those not served has not begun. Where nothing can be sued against
# (mediation document, withdrawal, termination) there is nothing to wait for.
WINDOW_OVER = Col("stage").ne("decided") & ~(
    Col("sue_after_decision_open").eq(True) | Col("sue_after_refusal_open").eq(True)
)
# A review that stood still when it ended had not run out.
IN_TIME = Col("review_decision_due").is_null() | concluded.le(Col("review_decision_due"))


def _of_concluded(where: object) -> Ratio:
    return Ratio(Count("cases", "concluded_on", OVER & where), CONCLUDED)  # type: ignore[operator]


INDICATORS = (
    Indicator("new_applications", "新收案件", "有管辖权机关收到日期在期内的申请数；转送的计一次，补正不另计",
              Count("cases", "first_received_on"), "件", BY, "reconsideration_new_cases"),
    Indicator("accepted", "受理数", "受理日期在期内，含视为受理", Count("cases", "accepted_on"), "件", BY),
    Indicator("concluded", "审结数", "受理后以决定、调解书、终止、驳回申请结案，文书日期在期内；被责令恢复审理的，以再次结案为准", CONCLUDED, "件", BY),
    Indicator("resolved_rate", "案结事了率",
              "期内审结且起诉期已届满（或者依法无从起诉）的案件中，各方均未就原行为或复议决定起诉的比例",
              Ratio(Count("cases", "concluded_on", OVER & WINDOW_OVER & Col("sued_on").is_null()),
                    Count("cases", "concluded_on", OVER & WINDOW_OVER)), "%", BY, "reconsideration_settled_share"),
    Indicator("correction_rate", "纠错率（直接）", "以纠错类决定结案的，占审结数", _of_concluded(CORRECTED), "%", BY),
    Indicator("broad_correction_rate", "综合纠错率", "直接纠错、调解书、被申请人改变行为或和解后终止的，占审结数",
              _of_concluded(CORRECTED | outcome.eq("mediated") | SETTLED_END | CHANGED_END), "%", BY),
    Indicator("mediation_rate", "调解和解率", "以调解书结案，以及和解、调解后撤回或者终止的，占审结数",
              _of_concluded(outcome.eq("mediated") | SETTLED_END), "%", BY),
    Indicator("sued_rate", "复议后应诉率", "审结后又被起诉的（起诉日期不早于审结日期），占审结数", _of_concluded(Col("sued_on").ge(concluded)), "%", BY),
    Indicator("court_loss_rate", "复议后败诉率", "此类诉讼的生效裁判中败诉的比例",
              Ratio(Count("cases", "court_effective_on", Col("court_lost").eq(True)),
                    Count("cases", "court_effective_on")), "%", BY),
    Indicator("on_time_rate", "按期审结率", "审结日期不晚于审理期限届满日的，占审结数",
              _of_concluded(IN_TIME), "%", BY),
    Indicator("hearing_count", "听证件数", "举行听证的案件，按举行日期",
              Count("acts", "effective_on", Col("action").eq("hold_hearing"), "case"), "件", BY),
    Indicator("committee_count", "委员会咨询件数", "提请行政复议委员会咨询的案件，按提请日期",
              Count("acts", "effective_on", Col("action").eq("consult_committee"), "case"), "件", BY),
    Indicator("cross_district_count", "跨域收件数", "收件窗口所在机关不是有管辖权机关的申请，按提出日期",
              Count("cases", "filed_on", Col("cross_district").eq(True)), "件", BY),
    Indicator("opinion_feedback_rate", "意见书按期反馈率", "期内到期的意见书中按期反馈的比例",
              Ratio(Count("clocks", "due", Col("clock").eq("opinion_feedback") & Col("status").eq("met")),
                    Count("clocks", "due", Col("clock").eq("opinion_feedback"))), "%", BY),
)  # fmt: skip
