"""The articles reconsideration documents cite, by procedure version, and the grounds spelled out."""

from typing import Final

from yifa.documents.templates import Variable
from yifa.documents.values import Values
from yifa.documents.wording import law
from yifa.law.citation import Cite
from yifa.law.statute import statute

V23, V17 = frozenset({"2023"}), frozenset({"2017"})
L23, L17, REG, APL = statute("L23"), statute("L17"), statute("REG"), statute("APL")

# key → article under the 2023 and under the 2017 procedure
_ARTICLES: Final[dict[str, tuple[Cite, Cite]]] = {
    "oral": (L23.art(22, 3), L17.art(11)),
    "examine": (L23.art(30, 1), L17.art(17, 1)),
    "conditions": (L23.art(30, 1), REG.art(28)),
    "accept": (L23.art(30, 1), L17.art(17, 2)),
    "supplement": (L23.art(31, 1), REG.art(29)),
    "refuse": (L23.art(30, 2), L17.art(17, 1)),
    "refuse_sue": (L23.art(34), L17.art(19)),
    "agents": (L23.art(17, 1), REG.art(10)),
    "read": (L23.art(47), L17.art(23, 2)),
    "stay": (L23.art(42), L17.art(21)),
    "hearing": (L23.art(50), REG.art(33)),
    "settle": (L23.art(74, 1), REG.art(40)),
    "withdraw": (L23.art(74, 2), REG.art(38)),
    "no_suit": (L23.art(29, 1), L17.art(16, 1)),
    "reply": (L23.art(48), L17.art(23, 1)),
    "no_evidence": (L23.art(70), L17.art(28, 1, 4)),
    "no_collecting": (L23.art(46, 1), L17.art(24)),
    "third_party": (L23.art(16, 1), REG.art(9, 1)),
    "third_party_absent": (L23.art(16, 2), REG.art(9, 3)),
    "suspend": (L23.art(39, 1), REG.art(41, 1)),
    "resume": (L23.art(39, 2), REG.art(41, 2)),
    "extend": (L23.art(62, 1), L17.art(31, 1)),
    "transfer_own": (L23.art(56), L17.art(26)),
    "transfer_found": (L23.art(57), L17.art(27)),
    "terminate": (L23.art(41), REG.art(42, 1)),
    "mediate": (L23.art(73, 1), REG.art(50, 2)),
    "reject": (L23.art(33), REG.art(48, 1, 2)),
    "sue": (APL.art(45), APL.art(45)),
    "effect": (L23.art(75, 2), L17.art(31, 3)),
    "opinion": (L23.art(76), REG.art(57, 1)),
    "suggestion": (REG.art(57, 2), REG.art(57, 2)),
    "perform": (L23.art(77, 2), L17.art(32, 2)),
    "perform_duty": (L23.art(77, 1), L17.art(32, 1)),
    "liability": (L23.art(83), L17.art(37)),
    "days": (L23.art(88, 2), L17.art(40, 2)),
}

# Items of L23 Art. 39(1) and Reg Art. 41(1), in the order of the text.
SUSPENSION: Final[dict[str, tuple[str, ...]]] = {
    "2023": (
        "作为申请人的公民死亡，其近亲属尚未确定是否参加行政复议",
        "作为申请人的公民丧失参加行政复议的行为能力，尚未确定法定代理人参加行政复议",
        "作为申请人的公民下落不明",
        "作为申请人的法人或者其他组织终止，尚未确定权利义务承受人",
        "申请人、被申请人因不可抗力或者其他正当理由不能参加行政复议",
        "当事人依法进行调解、和解，申请人和被申请人同意中止",
        "案件涉及的法律适用问题需要有权机关作出解释或者确认",
        "案件审理需要以其他案件的审理结果为依据，而其他案件尚未审结",
        "需要对有关规范性文件或者依据依法进行附带审查处理",
        "存在需要中止行政复议的其他情形",
    ),
    "2017": (
        "作为申请人的自然人死亡，其近亲属尚未确定是否参加行政复议",
        "作为申请人的自然人丧失参加行政复议的能力，尚未确定法定代理人参加行政复议",
        "作为申请人的法人或者其他组织终止，尚未确定权利义务承受人",
        "作为申请人的自然人下落不明或者被宣告失踪",
        "申请人、被申请人因不可抗力不能参加行政复议",
        "案件涉及法律适用问题，需要有权机关作出解释或者确认",
        "案件审理需要以其他案件的审理结果为依据，而其他案件尚未审结",
        "存在其他需要中止行政复议的情形",
    ),
}

# Items of L23 Art. 41 and of Reg Art. 42(1); the 60 days after suspension are 41(5) and Reg 42(2).
TERMINATION: Final[dict[str, tuple[str, ...]]] = {
    "2023": (
        "申请人撤回行政复议申请，行政复议机构准予撤回",
        "作为申请人的公民死亡，没有近亲属或者其近亲属放弃行政复议权利",
        "作为申请人的法人或者其他组织终止，没有权利义务承受人或者其权利义务承受人放弃行政复议权利",
        "申请人就行政拘留或者限制人身自由的行政强制措施申请行政复议后，因同一违法行为涉嫌犯罪被采取刑事强制措施",
        "行政复议中止满六十日，中止的原因仍未消除",
    ),
    "2017": (
        "申请人要求撤回行政复议申请，行政复议机构准予撤回",
        "作为申请人的自然人死亡，没有近亲属或者其近亲属放弃行政复议权利",
        "作为申请人的法人或者其他组织终止，其权利义务的承受人放弃行政复议权利",
        "申请人与被申请人经行政复议机构准许达成和解",
        "申请人就行政拘留或者限制人身自由的行政强制措施申请行政复议后，因同一违法行为涉嫌犯罪被变更为刑事拘留",
        "行政复议中止满六十日，中止的原因仍未消除",
    ),
}

# Items of L23 Art. 42 and of L17 Art. 21.
STAY: Final = (
    "被申请人认为需要停止执行",
    "行政复议机关认为需要停止执行",
    "停止执行的申请要求合理",
    "依照有关规定应当停止执行",
)


def by(values: Values, key: str, item: int | None = None) -> str:
    """The article for a step under the case's version, in full, e.g. 《中华人民共和国行政复议法》第三十三条."""
    new, old = _ARTICLES[key]
    cite = new if values.version == "2023" else old
    return law(cite._replace(item=item) if item else cite)


def termination_article(values: Values) -> str:
    """Where the ground of termination stands; under the 2017 procedure 60 days have a paragraph of their own."""
    ground = values.number("ground")
    if values.version == "2017" and ground == len(TERMINATION["2017"]):
        return law(REG.art(42, 2))
    return by(values, "terminate", ground)


def act_word(values: Values) -> str:
    """行政行为 (2023); the earlier law speaks of 具体行政行为."""
    return "行政行为" if values.version == "2023" else "具体行政行为"


def days_note(values: Values) -> str:
    """How the days in the document count; the 2017 law makes only 五日 and 七日 working days."""
    return "（工作日）" if values.version == "2023" else ""


def filed(values: Values, who: str = "") -> str:
    """…不服被申请人…作出的…，于…向本机关申请行政复议; `who` is 你 where the applicant is addressed."""
    return (
        f"{who or values.names('applicant')}不服{values.names('respondent')}{values.text('act')}，"
        f"于{values.on('filed_on')}向本机关申请行政复议"
    )


CASE: Final = (
    Variable("case_no", "案号"),
    Variable("applicant", "申请人", "party"),
    Variable("respondent", "被申请人", "party"),
    Variable("organ", "行政复议机关"),
    Variable("date", "成文日期", "date"),
)
ACT: Final = (Variable("act", "被复议的行政行为"), Variable("filed_on", "申请日期", "date"))
CONTACT: Final = (
    Variable("office_address", "联系地址", required=False),
    Variable("handler", "办案人员", required=False),
    Variable("phone", "联系电话", required=False),
)
RIGHT_TO_SUE: Final = (
    Variable("court", "有管辖权的人民法院"),
    Variable("sue_days", "起诉期限（日）", "number", required=False),
)
