"""Indicators of litigation (domain §11). A unit of attendance is one instance of one case; a denominator of 0 shows as —."""

from yifa.language.indicators import Col, Column, Count, Expr, Indicator, Kind, Ratio, Total
from yifa.lines.litigation.stages import INSTANCES

BY = ("organ", "district", "lead_organ", "case_kind", "court")
# What an instance of a case leaves for the figures, each under the instance's name.
_OF_INSTANCE: tuple[tuple[str, Kind, str], ...] = (
    ("heard_on", "date", "首次开庭日期"), ("attended", "flag", "负责人出庭"), ("by_principal", "flag", "正职出庭"),
    ("notified", "flag", "法院通知出庭"),
)  # fmt: skip
COLUMNS = (
    Column("lead_organ", "text", "应诉机关"), Column("case_kind", "text", "案件类型"), Column("court", "text", "法院"),
    Column("station", "text", "工作站"), Column("instance_registered", "text", "登记的审级"),
    Column("complaint_received_on", "date", "收到起诉状副本日期"), Column("first_ended_on", "date", "一审结案日期"),
    Column("ended_by", "text", "结案方式"), Column("effective_on", "date", "裁判生效日期"), Column("lost", "flag", "败诉"),
    Column("premediation_ended_on", "date", "诉前调解结束日期"), Column("premediation_result", "text", "诉前调解结果"),
    *(Column(f"{code}_{name}", kind, f"{title}{what}") for code, title in INSTANCES.items() for name, kind, what in _OF_INSTANCE),
)  # fmt: skip

clock, status = Col("clock"), Col("status")
FIRST = Col("instance_registered").eq("first")
DUE = ("met", "late", "lapsed", "running")


def units(column: str | None = None, given: str | None = None) -> Total:
    """Instances of cases heard in the period; of them those for which `column` holds, among those with `given`."""

    def where(instance: str) -> Expr | None:
        wanted = [Col(f"{instance}_{name}").eq(True) for name in (column, given) if name is not None]
        return wanted[0] & wanted[1] if len(wanted) == 2 else next(iter(wanted), None)

    return Total(tuple(Count("cases", f"{instance}_heard_on", where(instance)) for instance in INSTANCES))


def _on_time(*codes: str) -> Ratio:
    """Done in time ÷ due in the period; clocks that fell away are not due."""
    rows = clock.one_of(*codes) & status.one_of(*DUE)
    return Ratio(Count("clocks", "due", rows & status.eq("met")), Count("clocks", "due", rows))


INDICATORS = (
    Indicator("new_cases", "新收应诉案件", "收到起诉状副本日期在期内的一审案件，每案计一次，不按被告计",
              Count("cases", "complaint_received_on", FIRST), "件", BY),
    Indicator("officer_attendance_rate", "负责人出庭应诉率",
              "以案件的每一审级为一单位，期内首次开庭的为分母；有负责人至少出庭一次、且法院另行通知的各次均出庭的为分子；未开庭的不计",
              Ratio(units("attended"), units()), "%", BY, "litigation_head_appearance_rate"),
    Indicator("officer_attendance_rate_notified", "法院通知出庭率", "同上，仅计法院通知负责人出庭的单位",
              Ratio(units("attended", "notified"), units("notified")), "%", BY),
    Indicator("head_attendance_rate", "正职出庭率", "正职出庭的单位占负责人出庭单位的比例",
              Ratio(units("attended", "by_principal"), units("attended")), "%", BY),
    Indicator("loss_rate", "败诉率",
              "期内生效的裁判中，撤销、变更、确认违法或者无效、判决履行、给付或者赔偿的比例，按生效日期",
              Ratio(Count("cases", "effective_on", Col("lost").eq(True)), Count("cases", "effective_on", Col("lost").not_null())),
              "%", BY),
    Indicator("settlement_rate", "协调化解率", "一审结案中，协调后撤诉和以行政调解书结案的比例，按一审结案日期",
              Ratio(Count("cases", "first_ended_on", Col("ended_by").one_of("settled", "act_changed")), Count("cases", "first_ended_on")),
              "%", BY),
    Indicator("premediation_success_rate", "诉前调解成功率", "期内结束的诉前调解中达成协议的比例",
              Ratio(Count("cases", "premediation_ended_on", Col("premediation_result").eq("settled")),
                    Count("cases", "premediation_ended_on")), "%", ("organ", "station")),
    Indicator("answer_on_time_rate", "按期答辩举证率", "期内到期的答辩举证期限中按期提交或者交邮的比例，按各被告计",
              _on_time("answer_and_evidence"), "%", BY),
    Indicator("suggestion_reply_rate", "司法建议按期回复率", "期内到期的司法建议、检察建议中按期回复的比例",
              _on_time("suggestion_normative", "suggestion_governance", "suggestion_other", "procuratorial_suggestion"), "%", BY),
    Indicator("performance_rate", "生效裁判履行率", "期内到期的履行期限中按期履行的比例", _on_time("performance_due"), "%", BY),
    Indicator("mediators", "行政争议调解员数", "期末在册的行政争议调解员", Count("register:mediators", None, Col("state").eq("appointed")), "人",
              ("station",), "dispute_mediators"),
    Indicator("mediation_orgs", "行政争议调解组织数", "期末在册的行政争议调解组织", Count("register:mediation_orgs", None, Col("state").eq("active")), "个",
              ("kind",), "dispute_mediation_organisations"),
    Indicator("stations", "调解中心工作站、工作室数", "期末运行的工作站和工作室，按种类分别计", Count("register:stations", None, Col("state").eq("open")), "个",
              ("kind", "district"), "dispute_centre_stations"),
)  # fmt: skip
