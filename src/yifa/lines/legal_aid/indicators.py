"""Indicators of legal aid (domain §11)."""

from yifa.language.indicators import Col, Count, Indicator, ParameterAt, Ratio, Sum

BY = ("agency", "district", "kind", "month")
kind = Col("kind")
CASE = kind.ne("consult") & kind.ne("drafting") & Col("copy").ne(True)
CASES = Count("cases", "counted_on", CASE, distinct="person_stage")


def _clock(*codes: str) -> Ratio:
    rows = Col("clock").one_of(*codes)
    return Ratio(Count("clocks", "due", rows & Col("status").eq("met")), Count("clocks", "due", rows))


INDICATORS = (
    Indicator("legal_aid_hardship_standard", "经济困难标准", "年末有效的参数值（参数，不是计数）",
              ParameterAt("hardship_standard"), "元/月", (), "legal_aid_hardship_standard"),
    Indicator("legal_aid_cases", "办理法律援助案件",
              "除咨询、代拟文书外各类案件，给予决定、通知或法律帮助记录日期在年内；每人每阶段一件；转送副本不计", CASES, "件", BY,
              "legal_aid_cases"),
    Indicator("duty_help_cases", "其中值班律师帮助", "实质法律帮助记录（非单纯咨询），为上项之子集",
              Count("cases", "helped_on", kind.eq("duty_help") & Col("substantive").eq(True)), "件", BY),
    Indicator("legal_aid_consultations", "法律咨询", "法律援助机构各渠道咨询人次（五人一组计五人次）",
              Sum("cases", "persons", "consulted_on", kind.eq("consult")), "人次", BY, "legal_aid_consultations"),
    Indicator("legal_aid_migrant_workers", "农民工援助案件", "有进城务工人员标记的法律援助案件",
              Count("cases", "counted_on", CASE & Col("migrant_worker").eq(True)), "件", BY, "legal_aid_migrant_workers"),
    Indicator("legal_aid_commitment_cases", "告知承诺案件", "以承诺方式证明而给予援助的案件，按决定日期",
              Count("cases", "granted_on", Col("mode").eq("commitment")), "件", BY, "legal_aid_commitment_cases"),
    Indicator("legal_aid_citywide_cases", "市域通办案件", "收件机构不是有管辖权机构而受理的案件，按受理日期",
              Count("cases", "granted_on", Col("receiving_agency").ne(Col("competent_agency"))), "件", BY,
              "legal_aid_citywide_cases"),
    Indicator("one_plus_one_volunteers", "“1+1”志愿律师", "项目年度的志愿律师人数",
              Count("register:one_plus_one", None), "人", ("year",), "one_plus_one_volunteers"),
    Indicator("legal_aid_special_groups", "特定群体案件", "按群体计；一案多标记的在各群体各计一次，合计一次",
              Count("cases", "counted_on", CASE & Col("groups").not_null()), "件", (*BY, "group")),
    Indicator("review_on_time", "审查按期率", "期内到期的审查中按期完成的比例（扣除依法不计的时间）", _clock("review"), "%", BY),
    Indicator("assign_on_time", "指派按期率", "期内到期的指派中按期完成的比例", _clock("assign", "assign_notified"), "%", BY),
    Indicator("commit_false_rate", "承诺不实率", "核查中不实的比例，按核查日期",
              Ratio(Count("acts", "effective_on", Col("action").eq("commit_check") & Col("result").ne("true")),
                    Count("acts", "effective_on", Col("action").eq("commit_check"))), "%", BY),
    Indicator("objection_corrected", "异议纠正率", "异议审查决定中责令改正的比例",
              Ratio(Count("acts", "effective_on", Col("action").eq("objection_decide") & Col("result").eq("correct")),
                    Count("acts", "effective_on", Col("action").eq("objection_decide"))), "%", BY),
    Indicator("quality_pass", "质量合格率", "已评定案件中合格以上的比例",
              Ratio(Count("register:peer_reviews", "graded_on", Col("grade").ne("fail")),
                    Count("register:peer_reviews", "graded_on")), "%", BY),
)  # fmt: skip
