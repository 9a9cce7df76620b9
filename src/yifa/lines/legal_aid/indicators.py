"""Indicators of legal aid (domain §11)."""

from yifa.language.indicators import Col, Column, Count, Indicator, ParameterAt, Ratio, Sum

BY = ("organ", "district", "kind")
COLUMNS = (
    Column("kind", "text", "事项"), Column("phase", "text", "办案阶段"), Column("matter", "text", "事由"),
    Column("groups", "texts", "特定群体"), Column("migrant_worker", "flag", "农民工"), Column("mode", "text", "证明方式"),
    Column("citywide", "flag", "市域通办"), Column("first_received_on", "date", "收件日期"),
    Column("accepted_on", "date", "受理日期"), Column("granted_on", "date", "给予决定日期"),
    Column("refused_on", "date", "不予决定日期"), Column("counted_on", "date", "计入办理案件的日期"),
    Column("substantive", "flag", "实质帮助"), Column("consulted_on", "date", "咨询日期"), Column("persons", "number", "人次"),
    Column("counted_in", "text", "统计归属"), Column("commit_checked_on", "date", "承诺核查日期"),
    Column("commit_result", "text", "承诺核查结果"), Column("objection_decided_on", "date", "异议审查日期"),
    Column("objection_result", "text", "异议审查结果"), Column("assessed_on", "date", "评估日期"), Column("grade", "text", "质量等级"),
)  # fmt: skip

kind = Col("kind")
CASE = ~kind.one_of("consult", "drafting")
CASES = Count("cases", "counted_on", CASE)
CHECKED = Count("cases", "commit_checked_on")
OBJECTED = Count("cases", "objection_decided_on")
ASSESSED = Count("cases", "assessed_on")
DUE = ("met", "late", "lapsed", "running")


def _on_time(*codes: str) -> Ratio:
    """Met ÷ due in the period; clocks that fell away (withdrawn, terminated) are not due."""
    rows = Col("clock").one_of(*codes) & Col("status").one_of(*DUE)
    return Ratio(Count("clocks", "due", rows & Col("status").eq("met")), Count("clocks", "due", rows))


INDICATORS = (
    Indicator("legal_aid_hardship_standard", "经济困难标准", "期末有效的参数值（参数，不是计数）",
              ParameterAt("hardship_standard"), "元/月", (), "legal_aid_hardship_standard"),
    Indicator("legal_aid_cases", "办理法律援助案件",
              "除咨询、代拟文书外各类案件，给予决定、收到通知或者法律帮助记录的日期在期内；每人每阶段一件，转送的原件不计",
              CASES, "件", BY, "legal_aid_cases"),
    Indicator("duty_help_cases", "其中值班律师帮助", "有实质帮助（不止于咨询）的法律帮助记录，为办理案件的一部分",
              Count("cases", "counted_on", kind.eq("duty_help") & Col("substantive").eq(True)), "件", BY),
    Indicator("legal_aid_consultations", "法律咨询", "统计归属为法律援助的咨询记录，按人次（五人一组计五人次），含各渠道",
              Sum("cases", "persons", "consulted_on", kind.eq("consult") & Col("counted_in").eq("legal_aid")), "人次", BY,
              "legal_aid_consultations"),
    Indicator("legal_aid_migrant_workers", "农民工援助案件", "办理案件中有进城务工人员标记的",
              Count("cases", "counted_on", CASE & Col("migrant_worker").eq(True)), "件", BY, "legal_aid_migrant_workers"),
    Indicator("legal_aid_commitment_cases", "告知承诺案件", "以承诺方式证明而决定给予援助的案件，按决定日期",
              Count("cases", "granted_on", Col("mode").eq("commitment")), "件", BY, "legal_aid_commitment_cases"),
    Indicator("legal_aid_citywide_cases", "市域通办案件", "首个收件机构不是有管辖权的机构、且申请已被受理的案件，按受理日期",
              Count("cases", "accepted_on", Col("citywide").eq(True)), "件", BY, "legal_aid_citywide_cases"),
    Indicator("one_plus_one_volunteers", "“1+1”志愿律师", "项目年度入选的志愿律师",
              Count("register:one_plus_one", "valid_from"), "人", ("year",), "one_plus_one_volunteers"),
    Indicator("legal_aid_special_groups", "特定群体案件", "办理案件按群体计；一案有多个标记的，在各群体各计一次，合计只计一次",
              Count("cases", "counted_on", CASE & Col("groups").not_null()), "件", ("groups", *BY), "legal_aid_special_groups"),
    Indicator("review_on_time", "审查按期率", "期内到期的审查期限中按期作出决定的比例（依法不计的时间已扣除）", _on_time("review"),
              "%", BY),
    Indicator("assign_on_time", "指派按期率", "期内到期的指派期限（含通知辩护）中按期指派的比例",
              _on_time("assign", "assign_notified"), "%", BY),
    Indicator("commit_false_rate", "承诺不实率", "核查的承诺中不实的比例，按核查日期",
              Ratio(Count("cases", "commit_checked_on", Col("commit_result").ne("true")), CHECKED), "%", BY),
    Indicator("objection_corrected", "异议纠正率", "审查的异议中责令改正的比例，按审查决定日期",
              Ratio(Count("cases", "objection_decided_on", Col("objection_result").eq("correct")), OBJECTED), "%", BY),
    Indicator("quality_pass", "质量合格率", "评估的案件中合格以上的比例，按评估日期",
              Ratio(Count("cases", "assessed_on", Col("grade").ne("fail")), ASSESSED), "%", BY),
)  # fmt: skip
