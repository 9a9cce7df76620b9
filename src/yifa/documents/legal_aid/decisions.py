"""Legal-aid decisions: grant, refusal, aid first, change, termination, objection."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from yifa.documents.legal_aid.law import (
    APPLIED,
    BUREAU,
    CASE,
    LAL,
    LAWYER,
    MATTERS,
    TERMINATION,
    V_LAW,
    V_OLD,
    by,
    matter,
    text_of,
    working,
)
from yifa.documents.model import Block
from yifa.documents.phrases import paragraphs, sections, sentence
from yifa.documents.templates import DocumentTemplate, TemplateProblem, Variable
from yifa.documents.values import Values
from yifa.documents.wording import law
from yifa.law.statute import statute

_L23, _L17, _APL = statute("L23"), statute("L17"), statute("APL")

# Items of LAL Art. 32 (no economic condition) and Art. 42 (means not verified).
_NO_CONDITION: Final = (
    "英雄烈士近亲属为维护英雄烈士的人格权益",
    "因见义勇为行为主张相关民事权益",
    "再审改判无罪请求国家赔偿",
    "遭受虐待、遗弃或者家庭暴力的受害人主张相关权益",
    "法律、法规、规章规定的其他情形",
)
_EXEMPT: Final = (
    "无固定生活来源的未成年人、老年人、残疾人等特定群体",
    "社会救助、司法救助或者优抚对象",
    "申请支付劳动报酬或者请求工伤事故人身损害赔偿的进城务工人员",
    "法律、法规、规章规定的其他人员",
)

# path of eligibility → articles that speak of the person rather than of the matter
_PERSONS: Final[dict[str, tuple[int, str]]] = {
    "criminal": (24, "因经济困难或者其他原因没有委托辩护人"),
    "victim": (29, "因经济困难没有委托诉讼代理人"),
    "retrial": (33, "因经济困难没有委托辩护人或者诉讼代理人"),
}
_PATHS: Final = ("hardship", "exempt", "no_condition", *_PERSONS)


def _applied(v: Values) -> str:
    return f"{v.you('applicant')}于{v.on('applied_on')}就{v.text('matter')}向本机构申请法律援助。"


def _eligible(v: Values) -> str:
    """Why the applicant may have aid: the path through the rules, each with its article."""
    path = v.text("path")
    if path in _PERSONS:
        article, words = _PERSONS[path]
        return f"{v.you('applicant')}{words}，属于{law(LAL.art(article))}规定的情形"
    if path == "no_condition":
        item = v.number("path_item")
        return f"申请事项属于“{_NO_CONDITION[item - 1]}”，依照{law(LAL.art(32, None, item))}的规定，不受经济困难条件的限制"
    scope = f"申请事项属于{matter(v)}"
    if path == "exempt":
        item = v.number("path_item")
        return f"{scope}；申请人属于“{_EXEMPT[item - 1]}”，依照{law(LAL.art(42, None, item))}的规定，免予核查经济困难状况"
    return f"{scope}；申请人的经济困难状况符合本省规定的标准"


def _grant(v: Values) -> tuple[Block, ...]:
    you = v.you("applicant")
    return (
        *paragraphs(
            _applied(v),
            f"经审查，{_eligible(v)}，符合法律援助条件。",
            f"根据{by(v, 'decide')}的规定，本机构决定：",
            f"给予{v.names('applicant')}法律援助，援助形式为{v.text('form')}。",
            _assignment(v),
        ),
        *sections((("权利", _rights(v, you)), ("义务", _duties(v, you)))),
    )


def _assignment(v: Values) -> str:
    if v.version in V_OLD:
        return "本机构将按照规定及时指派或者安排法律援助人员。"
    return "本机构自作出本决定之日起三日内指派法律援助人员。"


def _rights(v: Values, you: str) -> tuple[str, ...]:
    if v.version in V_OLD:
        return (f"法律援助是无偿的，{you}有权了解办理情况，有权拒绝任何收费要求并向司法行政部门投诉。",)
    return (
        f"1.法律援助是无偿的。依照{law(LAL.art(20))}的规定，法律援助人员不得收取任何财物；发现收取财物的，可以投诉。",
        f"2.依照{law(LAL.art(55))}的规定，{you}有权了解法律援助事项办理情况；法律援助机构、法律援助人员未依法履行职责的，"
        "可以向司法行政部门投诉，并可以请求本机构更换法律援助人员。",
        f"3.依照{law(LAL.art(53))}的规定，{you}可以凭本决定书向人民法院申请缓收、减收或者免收诉讼费用，"
        "向公证机构、司法鉴定机构申请减收或者免收公证费、鉴定费。",
    )


def _duties(v: Values, you: str) -> tuple[str, ...]:
    if v.version in V_OLD:
        return (f"{you}应当如实陈述案情，及时提供证据材料，配合法律援助人员办理法律援助事项。",)
    return (
        f"1.依照{law(LAL.art(47))}的规定，{you}应当如实陈述与法律援助事项有关的情况，及时提供证据材料，协助、配合办理"
        "法律援助事项。",
        f"2.经济状况发生变化或者自行委托律师、其他代理人的，应当及时告知本机构。有{law(LAL.art(48, 1))}规定情形的，"
        "本机构将终止法律援助。",
    )


def _unmet(v: Values) -> str:
    """Which rule failed; the article is named so that the refusal can be contested."""
    words = {
        "scope": "申请事项不属于法律援助的范围",
        "means": "申请人的经济状况不符合规定的经济困难标准",
        "retained": "申请人已经委托辩护人或者代理人",
        "retrial": "人民法院尚未决定、裁定再审，人民检察院亦未提出抗诉",
    }[v.text("rule")]
    article = 33 if v.text("rule") == "retrial" else 31
    if v.version in V_OLD:
        return words
    return f"{words}，不符合{law(LAL.art(article))}规定的条件"


def _objection_route(v: Values) -> str:
    you = v.you("applicant")
    return (
        f"如对本决定有异议，{you}可以依照{by(v, 'object')}的规定，向{v.text('bureau')}提出。"
        f"该机关自收到异议之日起五{working(v)}内进行审查，并作出书面决定。"
    )


def _refuse(v: Values) -> tuple[Block, ...]:
    return paragraphs(
        _applied(v),
        f"经审查，{sentence(v.text('reason'))}本机构认为，{_unmet(v)}。",
        f"根据{by(v, 'decide')}的规定，本机构决定：",
        f"不予{v.names('applicant')}法律援助。",
        _objection_route(v),
        "经济状况或者其他有关情况发生变化，符合法律援助条件的，可以重新申请。",
    )


def _aid_first(v: Values) -> tuple[Block, ...]:
    item = v.number("ground")
    words = (
        f"距法定时效或者期限届满不足七日（{v.on('limit_on')}届满），需要及时提起诉讼或者申请仲裁、行政复议",
        "需要立即申请财产保全、证据保全或者先予执行",
        "存在法律、法规、规章规定的应当先行提供法律援助的其他情形",
    )[item - 1]
    return paragraphs(
        f"{_applied(v)}本机构于{v.on('received_on')}收到申请。",
        f"经审查，{words}，符合{law(LAL.art(44, 1, item))}规定的情形，本机构决定：",
        f"对{v.names('applicant')}先行提供法律援助，援助形式为{v.text('form')}。",
        f"依照{law(LAL.art(44, 2))}的规定，请{v.you('applicant')}于{v.on('makeup_due')}前补办有关手续，补充有关材料。"
        "经审查不符合法律援助条件的，本机构将终止法律援助。",
    )


def _change(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"{v.you('applicant')}于{v.on('requested_on')}就{v.text('matter')}一案，请求更换法律援助人员"
            f"{v.text('former_lawyer')}。",
            f"经审查，{sentence(v.text('reason'))}根据{law(LAL.art(55))}的规定，本机构决定：",
        ),
        *(
            paragraphs(
                f"同意更换法律援助人员，改派{v.names('firm')}{v.text('lawyer')}（执业证号：{v.text('licence_no')}，"
                f"联系电话：{v.text('lawyer_phone')}）提供法律援助。原法律援助人员应当及时办理案卷材料移交。",
            )
            if v.has("agreed")
            else paragraphs("不同意更换法律援助人员，由原法律援助人员继续提供法律援助。")
        ),
    )


def _terminate(v: Values) -> tuple[Block, ...]:
    item = v.number("ground")
    words = TERMINATION[text_of(v.version)][item - 1]
    return paragraphs(
        f"{_aided(v)}（案号：{v.text('case_no')}）。",
        f"经查，{sentence(v.text('reason'))}本机构认为，{words}。",
        f"根据{by(v, 'terminate', item)}的规定，本机构决定：",
        f"自{v.on('terminated_on')}起终止对{v.names('applicant')}的法律援助。",
        _objection_route(v),
    )


def _aided(v: Values) -> str:
    """What is ended: aid granted, given first (LAL 44), or to somebody the organ of the criminal case named (LAL 36)."""
    if v.has("granted_on"):
        return f"本机构于{v.on('granted_on')}决定就{v.text('matter')}给予{v.names('applicant')}法律援助"
    if v.has("aid_first_on"):
        return (
            f"本机构于{v.on('aid_first_on')}决定就{v.text('matter')}对{v.names('applicant')}先行提供法律援助"
        )
    return f"本机构于{v.on('received_on')}收到办案机关的通知，就{v.text('matter')}为{v.names('applicant')}指派法律援助人员"


def _aided_somehow(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    if not any(values.get(name) for name in ("granted_on", "aid_first_on", "received_on")):
        yield TemplateProblem("missing", "granted_on", "给予援助日期")


def _objection(v: Values) -> tuple[Block, ...]:
    maintain = v.text("result") == "maintain"
    return paragraphs(
        f"{v.you('applicant')}对{v.text('agency')}于{v.on('decided_on')}作出的{v.text('decision_title')}"
        f"（{v.text('decision_no')}）有异议，于{v.on('objected_on')}向本机关提出。",
        f"经审查，{sentence(v.text('reason'))}",
        f"根据{by(v, 'objection')}的规定，本机关决定：",
        f"维持{v.text('agency')}作出的上述决定。"
        if maintain
        else f"责令{v.text('agency')}改正，依法对{v.names('applicant')}给予法律援助。",
        _after_objection(v) if maintain else "",
    )


def _after_objection(v: Values) -> str:
    """LAL 49(3); the periods are those of the reconsideration and the litigation law."""
    apply = _L23.art(20, 1) if v.day("date") >= _L23.in_force else _L17.art(9, 1)
    route = "" if v.version in V_OLD else f"依照{law(LAL.art(49, 3))}的规定，"
    return (
        f"如不服本决定，{route}可以自收到本决定书之日起六十日内，按照{law(apply)}的规定向{v.text('review_organ')}"
        f"申请行政复议；也可以自收到本决定书之日起六个月内，按照{law(_APL.art(46, 1))}的规定直接向{v.text('court')}"
        "提起行政诉讼。"
    )


def _items(
    name: str, title: str, texts: dict[str, tuple[str, ...]], required: bool = True
) -> tuple[Variable, ...]:
    """The item of a list of grounds, which is longer under the law than under the regulation."""
    return tuple(
        Variable(name, title, "number", required, versions, tuple(range(1, len(texts[text]) + 1)))
        for versions, text in ((V_LAW, "law"), (V_OLD, "regulation"))
    )


def _path_rules(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    """Paths through Art. 31 name its item; exempt and no-condition paths name the item of Art. 42 or 32."""
    path = values.get("path")
    if path in ("hardship", "exempt") and not values.get("matter_item"):
        yield TemplateProblem("missing", "matter_item", "援助事项（第几项）")
    items = {"exempt": len(_EXEMPT), "no_condition": len(_NO_CONDITION)}.get(str(path))
    if items and values.get("path_item") not in range(1, items + 1):
        yield TemplateProblem("wrong_kind", "path_item", "审查依据（第几项）", f"一至{items}的整数")


def _new_lawyer_rules(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    """A change that is agreed to names the new person."""
    if values.get("agreed"):
        yield from (TemplateProblem("missing", x.name, x.title) for x in LAWYER if not values.get(x.name))


def _limit_rules(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    """Aid because a limit is near names the day."""
    if values.get("ground") == 1 and not values.get("limit_on"):
        yield TemplateProblem("missing", "limit_on", "时效或期限届满日")


_REASON = Variable("reason", "理由")
_FORM = Variable("form", "援助形式")

TEMPLATES = (
    DocumentTemplate(
        "GYJD", "给予法律援助决定书",
        (*CASE, *APPLIED, _FORM, Variable("path", "审查依据", choices=_PATHS, versions=V_LAW),
         Variable("path", "审查依据", choices=("hardship",), versions=V_OLD),
         *_items("matter_item", "援助事项（第几项）", MATTERS, required=False),
         Variable("path_item", "审查依据（第几项）", "number", required=False, versions=V_LAW, choices=(1, 2, 3, 4, 5))),
        _grant, recipient="applicant", rules=_path_rules,
    ),
    DocumentTemplate(
        "BYJD", "不予法律援助决定书",
        (*CASE, *APPLIED, _REASON, Variable("rule", "不符合的条件", choices=("scope", "means", "retained", "retrial")), BUREAU),
        _refuse, recipient="applicant",
    ),
    DocumentTemplate(
        "XXTG", "先行提供法律援助决定书",
        (*CASE, *APPLIED, _FORM, Variable("received_on", "收到申请日期", "date"),
         Variable("ground", "情形（第几项）", "number", choices=(1, 2, 3)),
         Variable("limit_on", "时效或期限届满日", "date", required=False), Variable("makeup_due", "补办期限", "date")),
        _aid_first, versions=V_LAW, recipient="applicant", rules=_limit_rules,
    ),
    DocumentTemplate(
        "GHJD", "更换法律援助人员决定书",
        (*CASE, Variable("matter", "援助事项"), Variable("requested_on", "请求更换日期", "date"),
         Variable("former_lawyer", "原法律援助人员"), _REASON, Variable("agreed", "是否同意更换", "flag"),
         *(Variable(x.name, x.title, x.kind, required=False) for x in LAWYER)),
        _change, versions=V_LAW, recipient="applicant", rules=_new_lawyer_rules,
    ),
    DocumentTemplate(
        "ZZJD", "终止法律援助决定书",
        (*CASE, Variable("matter", "援助事项"), Variable("granted_on", "给予援助日期", "date", required=False),
         Variable("aid_first_on", "先行提供日期", "date", required=False),
         Variable("received_on", "收到通知日期", "date", required=False), _REASON,
         *_items("ground", "终止情形（第几项）", TERMINATION), Variable("terminated_on", "终止日期", "date"), BUREAU),
        _terminate, recipient="applicant", rules=_aided_somehow,
    ),
    DocumentTemplate(
        "YYJD", "法律援助异议审查决定书",
        (CASE[0], CASE[1], Variable("organ", "司法行政部门"), CASE[3], Variable("agency", "法律援助机构"),
         Variable("decided_on", "原决定日期", "date"), Variable("decision_title", "原决定名称"),
         Variable("decision_no", "原决定案号"), Variable("objected_on", "提出异议日期", "date"), _REASON,
         Variable("result", "审查结论", choices=("maintain", "correct")),
         Variable("review_organ", "行政复议机关"), Variable("court", "有管辖权的人民法院")),
        _objection, recipient="applicant",
    ),
)  # fmt: skip
