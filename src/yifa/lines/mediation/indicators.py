"""Indicators of mediation (domain §11). A mediation counts on the day of its agreement or of its end."""

from yifa.language.indicators import Col, Column, Count, Indicator, Ratio

BY = ("district", "street", "committee_kind", "dispute_type", "channel", "month")
COLUMNS = (
    Column("street", "text", "镇街"), Column("committee_kind", "text", "调解组织种类"), Column("dispute_type", "text", "纠纷类型"),
    Column("channel", "text", "来源"), Column("registered_on", "date", "登记日期"), Column("accepted_on", "date", "受理日期"),
    Column("outcome", "text", "结果"), Column("agreed_on", "date", "协议日期"), Column("concluded_on", "date", "结束日期"),
    Column("resolved_on", "date", "首次化解日期"), Column("confirmed", "flag", "司法确认"), Column("in_term", "flag", "期限内办结"),
    Column("performance_due_on", "date", "履行期限届满日"), Column("performed_in_time", "flag", "按期履行"),
)  # fmt: skip
outcome, kind = Col("outcome"), Col("committee_kind")
# Commercial mediation is outside the published rate. What ended before mediation began has no day of conclusion.
COUNTED = kind.is_null() | kind.ne("commercial")
ENDED = outcome.one_of("agreed", "failed", "withdrawn", "routed")
VILLAGE = Col("state").eq("active") & Col("kind").eq("village")
GRID = Col("state").eq("active") & Col("is_grid").eq(True) & Col("committee_kind").eq("village")

INDICATORS = (
    Indicator("dispute_screenings", "排查次数", "期内的排查记录，一次外出、一个区域计一次，有无发现均计；另行登记的纠纷不重复计次",
              Count("acts", "effective_on", Col("action").eq("screen")), "次", ("district", "street", "month"), "dispute_screenings"),
    Indicator("disputes_resolved", "预防化解数", "期内达成协议或者归档的调解纠纷，加排查中当场化解的纠纷；每件只计一次，按首次化解日期",
              Count("cases", "resolved_on"), "件", BY, "disputes_resolved"),
    Indicator("mediation_success_rate", "调解成功率",
              "期内结束的已受理纠纷中达成协议（书面、口头）的比例，按协议日期；分母为达成协议、调解不成、开始调解后未化解而撤回或者转办的；"
              "拒绝、不受理、开始前转办和尚未结束的不计，商事调解不计；协议未履行的不作调解不成",
              Ratio(Count("cases", "concluded_on", outcome.eq("agreed") & COUNTED), Count("cases", "concluded_on", ENDED & COUNTED)),
              "%", BY, "mediation_success_rate"),
    Indicator("confirmation_rate", "司法确认率", "期内达成的协议中经法院确认有效的比例，按达成协议的年度",
              Ratio(Count("cases", "agreed_on", Col("confirmed").eq(True)), Count("cases", "agreed_on")), "%", BY),
    Indicator("grid_mediator_coverage", "网格员覆盖率", "期末有在任综合网格员兼职调解员的村（社区）调委会，占在任的村（社区）调委会",
              Ratio(Count("register:mediator", None, GRID, "committee"), Count("register:organisation", None, VILLAGE)), "%",
              ("district",), "grid_mediator_per_village"),
    Indicator("performance_rate", "履行率", "履行期限在期内届满的协议中，按期全部履行的比例；未履行不作调解不成",
              Ratio(Count("cases", "performance_due_on", Col("performed_in_time").eq(True)), Count("cases", "performance_due_on")),
              "%", BY),
    Indicator("on_time_rate", "办结及时率", "期内结束的已受理纠纷中，在调解期限（扣除依法暂停、含约定延长）内结束的比例",
              Ratio(Count("cases", "concluded_on", ENDED & Col("in_term").eq(True)), Count("cases", "concluded_on", ENDED)), "%", BY),
    Indicator("mediation_contests", "职业技能竞赛", "期内举办的人民调解员职业技能竞赛",
              Count("register:competition", "held_on", Col("state").eq("held")), "次", ("level",), "mediator_skill_contest"),
)  # fmt: skip
