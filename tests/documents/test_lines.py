"""Every template of both lines: it renders with sample values, asks for what it lacks, and cites the right articles."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.documents import samples
from tests.documents.pdf_reading import page_texts, squeezed, text_of
from yifa.documents.legal_aid import LEGAL_AID
from yifa.documents.legal_aid.law import MATTERS
from yifa.documents.legal_aid.law import TERMINATION as AID_TERMINATION
from yifa.documents.model import OfficialDocument, Paragraph
from yifa.documents.reconsideration import RECONSIDERATION
from yifa.documents.reconsideration.decision import ARTICLES
from yifa.documents.reconsideration.law import SUSPENSION, TERMINATION
from yifa.documents.render import Renderer
from yifa.documents.templates import TemplateSet, check
from yifa.lines.reconsideration.documents import DOCUMENTS

L23, L17 = "《中华人民共和国行政复议法》", "《中华人民共和国行政复议法》"
REG = "《中华人民共和国行政复议法实施条例》"
LAL, LAR = "《中华人民共和国法律援助法》", "《法律援助条例》"

CASES: dict[tuple[str, str], tuple[TemplateSet, dict[str, Any]]] = {
    ("reconsideration", "2023"): (RECONSIDERATION, samples.RECONSIDERATION),
    ("reconsideration", "2017"): (RECONSIDERATION, samples.RECONSIDERATION_2017),
    ("legal_aid", "la-2023"): (LEGAL_AID, samples.LEGAL_AID),
    ("legal_aid", "la-2003"): (LEGAL_AID, samples.LEGAL_AID_2003),
}


def every() -> Iterator[tuple[str, str, str]]:
    """(line, version, code) of every document that exists."""
    for (line, version), (templates, _) in CASES.items():
        for template in templates.templates:
            if not template.versions or version in template.versions:
                yield line, version, template.code


def made(line: str, version: str, code: str, **changes: Any) -> OfficialDocument:
    templates, values = CASES[line, version]
    return templates.draft(code, {**samples.values_for(values, code, version), **changes}, version)


def prose(document: OfficialDocument) -> str:
    return "".join(block.lead + block.text for block in document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(("line", "version", "code"), list(every()))
def test_it_renders_with_number_title_and_organ(
    renderer: Renderer, line: str, version: str, code: str
) -> None:
    document = made(line, version, code)
    text = text_of(renderer.render(document))
    for part in (document.mark, document.number, *document.title.split("\n")):
        assert squeezed(part)[:12] in text
    assert "None" not in text
    assert "。。" not in text
    assert "，，" not in text


@pytest.mark.parametrize(("line", "version", "code"), list(every()))
def test_without_values_every_required_variable_is_asked_for(line: str, version: str, code: str) -> None:
    template = CASES[line, version][0][code]
    asked = [problem.name for problem in check(template, {}, version) if problem.reason == "missing"]
    required = [v.name for v in template.variables if v.required and v.asked_in(version)]
    assert set(required) <= set(asked)
    assert {"organ", "date"} <= set(asked)


@pytest.mark.parametrize(("line", "version", "code"), list(every()))
def test_variables_are_named_once_and_in_chinese(line: str, version: str, code: str) -> None:
    variables = [v for v in CASES[line, version][0][code].variables if v.asked_in(version)]
    assert len({v.name for v in variables}) == len(variables)
    assert all(v.title and not v.title.isascii() for v in variables)


def test_reconsideration_templates_are_those_the_line_declares() -> None:
    declared = {d.code: (d.title, d.versions) for d in DOCUMENTS}
    assert {t.code: (t.title, t.versions) for t in RECONSIDERATION.templates} == declared


def test_signing_documents_close_with_organ_date_and_seal() -> None:
    for line, code in (
        ("reconsideration", "acceptance_notice"), ("reconsideration", "supplement_notice"),
        ("reconsideration", "refusal_decision"), ("reconsideration", "extension_notice"),
        ("reconsideration", "decision"), ("legal_aid", "GYJD"), ("legal_aid", "BYJD"),
    ):  # fmt: skip
        version = "2023" if line == "reconsideration" else "la-2023"
        document = made(line, version, code)
        assert document.signer
        assert document.sealed
        assert document.check is not None


# (line, version, document, changed values) → words the text must hold
CITED = [
    ("reconsideration", "2023", "acceptance_notice", {}, L23 + "第三十条第一款的规定，本机关决定自2024年2月6日起予以受理，适用普通程序审理"),
    ("reconsideration", "2023", "acceptance_notice", {"deemed": True}, L23 + "第三十条第三款的规定，自2024年2月6日起视为受理"),
    ("reconsideration", "2023", "acceptance_notice", {"procedure": "simplified"}, "三十日内作出行政复议决定"),
    ("reconsideration", "2017", "acceptance_notice", {}, L17 + "第十七条第二款的规定，自2022年1月20日起受理"),
    ("reconsideration", "2017", "acceptance_notice", {}, "具体行政行为不停止执行"),
    ("reconsideration", "2023", "acceptance_notice", {}, "规定查阅、复制被申请人提出的书面答复"),
    ("reconsideration", "2017", "acceptance_notice", {}, "规定查阅被申请人提出的书面答复"),
    ("reconsideration", "2023", "third_party_notice", {}, "可以及时向本机关提交书面意见"),
    ("reconsideration", "2023", "third_party_notice", {"opinion_days": 10}, "自收到本通知之日起十日内向本机关提交"),
    ("reconsideration", "2023", "supplement_notice", {}, L23 + "第三十一条第一款的规定，请你自收到本通知之日起十日（工作日）内"),
    ("reconsideration", "2017", "supplement_notice", {}, REG + "第二十九条的规定，请你于2022年3月21日前"),
    ("reconsideration", "2017", "supplement_notice", {}, "补正申请材料所用时间不计入行政复议审理期限"),
    ("reconsideration", "2023", "refusal_decision", {}, L23 + "第三十条第一款第四项"),
    ("reconsideration", "2023", "refusal_decision", {}, L23 + "第三十条第二款的规定，本机关决定"),
    ("reconsideration", "2023", "refusal_decision", {"precedence": True}, L23 + "第三十四条的规定，自收到本决定书之日起十五日内"),
    ("reconsideration", "2023", "refusal_decision", {"ground": 6}, "有管辖权的行政复议机关广州市示例区人民政府"),
    ("reconsideration", "2017", "refusal_decision", {"precedence": True}, L17 + "第十九条"),
    ("reconsideration", "2017", "refusal_decision", {}, REG + "第二十八条第四项"),
    ("reconsideration", "2023", "reply_notice", {}, L23 + "第四十八条的规定，请你机关自收到行政复议申请书副本之日起十日（工作日）内"),
    ("reconsideration", "2023", "reply_notice", {"reply_days": 5}, L23 + "第五十四条第一款的规定，请你机关自收到行政复议申请书副本之日起五日"),
    ("reconsideration", "2017", "reply_notice", {}, L17 + "第二十三条第一款的规定，请你机关自收到行政复议申请书副本之日起十日内"),
    ("reconsideration", "2017", "reply_notice", {}, L17 + "第二十八条第一款第四项"),
    ("reconsideration", "2023", "extension_notice", {}, L23 + "第六十二条第一款的规定，经行政复议机构的负责人批准，决定延长审理期限三十日，即延长至2024年5月6日"),
    ("reconsideration", "2017", "extension_notice", {}, L17 + "第三十一条第一款的规定，经行政复议机关的负责人批准"),
    ("reconsideration", "2023", "suspension_notice", {}, L23 + "第三十九条第一款第九项"),
    ("reconsideration", "2017", "suspension_notice", {}, REG + "第四十一条第一款第七项"),
    ("reconsideration", "2023", "termination_decision", {"ground": 5}, L23 + "第四十一条第五项"),
    ("reconsideration", "2017", "termination_decision", {"ground": 6}, REG + "第四十二条第二款"),
    ("reconsideration", "2017", "termination_decision", {"ground": 4}, REG + "第四十二条第一款第四项"),
    ("reconsideration", "2023", "stay_notice", {}, L23 + "第四十二条第三项"),
    ("reconsideration", "2017", "stay_notice", {}, L17 + "第二十一条第三项"),
    ("reconsideration", "2023", "transfer_letter", {"by": "organ"}, L23 + "第五十七条"),
    ("reconsideration", "2017", "transfer_letter", {}, L17 + "第二十六条"),
    ("reconsideration", "2023", "mediation_document", {}, "经各方当事人签字或者签章，并加盖本机关印章"),
    ("reconsideration", "2017", "mediation_document", {}, REG + "第五十条第二款"),
    ("reconsideration", "2023", "rejection_decision", {}, L23 + "第三十三条"),
    ("reconsideration", "2017", "rejection_decision", {}, REG + "第四十八条第一款第二项"),
    ("reconsideration", "2023", "opinion", {}, L23 + "第七十六条"),
    ("reconsideration", "2017", "opinion", {}, REG + "第五十七条第一款"),
    ("reconsideration", "2023", "performance_order", {}, L23 + "第七十七条第二款"),
    ("reconsideration", "2023", "decision", {}, L23 + "第六十四条第一款第二项的规定，本机关决定如下：一、撤销被申请人"),
    ("reconsideration", "2023", "decision", {}, "二、责令被申请人广州市示例区市场监督管理局自收到本决定书之日起六十日内重新作出行政行为"),
    ("reconsideration", "2023", "decision", {}, "自收到本决定书之日起十五日内，依法向广州铁路运输中级法院提起行政诉讼"),
    ("reconsideration", "2017", "decision", {}, L17 + "第二十八条第一款第三项"),
    ("reconsideration", "2017", "decision", {}, "重新作出具体行政行为"),
    ("reconsideration", "2017", "decision", {"decision_types": ["uphold"]}, L17 + "第二十八条第一款第一项的规定，本机关决定如下：维持被申请人"),
    ("reconsideration", "2023", "decision", {"final": True}, "本决定为最终裁决"),
    ("reconsideration", "2023", "decision", {"decision": ["变更罚款数额为1000元"]}, "本机关决定如下：变更罚款数额为1000元。"),
    ("legal_aid", "la-2023", "GYJD", {}, LAL + "第三十一条第五项规定的“请求确认劳动关系或者支付劳动报酬”"),
    ("legal_aid", "la-2023", "GYJD", {}, LAL + "第四十二条第三项的规定，免予核查经济困难状况"),
    ("legal_aid", "la-2023", "GYJD", {"path": "no_condition", "path_item": 4}, LAL + "第三十二条第四项的规定，不受经济困难条件的限制"),
    ("legal_aid", "la-2023", "GYJD", {"path": "criminal"}, LAL + "第二十四条"),
    ("legal_aid", "la-2023", "GYJD", {}, "自作出本决定之日起三日内指派"),
    ("legal_aid", "la-2003", "GYJD", {}, LAR + "第十条第一款第五项规定的“请求支付劳动报酬”"),
    ("legal_aid", "la-2023", "BYJD", {}, LAL + "第四十三条第一款的规定，本机构决定：不予钱示例法律援助"),
    ("legal_aid", "la-2023", "BYJD", {}, LAL + "第四十九条第一款的规定，向广州市司法局提出。该机关自收到异议之日起五日内"),
    ("legal_aid", "la-2003", "BYJD", {}, LAR + "第十九条的规定，向广州市司法局提出。该机关自收到异议之日起五个工作日内"),
    ("legal_aid", "la-2023", "XXTG", {}, LAL + "第四十四条第一款第一项"),
    ("legal_aid", "la-2023", "ZZJD", {}, LAL + "第四十八条第一款第六项"),
    ("legal_aid", "la-2023", "ZZJD", {"granted_on": None, "aid_first_on": date(2024, 3, 5)}, "先行提供法律援助（案号"),
    ("legal_aid", "la-2023", "ZZJD", {"granted_on": None, "received_on": date(2024, 3, 5)}, "收到办案机关的通知"),
    ("legal_aid", "la-2003", "ZZJD", {}, LAR + "第二十三条第三项"),
    ("legal_aid", "la-2023", "YYJD", {}, LAL + "第四十九条第三款的规定，可以自收到本决定书之日起六十日内，按照" + L23 + "第二十条第一款"),
    ("legal_aid", "la-2003", "YYJD", {}, "按照" + L17 + "第九条第一款"),
    ("legal_aid", "la-2023", "YYJD", {"result": "correct"}, "责令广州市法律援助处改正"),
    ("legal_aid", "la-2023", "GHJD", {"agreed": False}, "不同意更换法律援助人员"),
    ("legal_aid", "la-2023", "TZHD", {}, LAL + "第三十六条"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "version", "code", "changes", "words"), CITED)
def test_the_text_rests_on_the_article(
    line: str, version: str, code: str, changes: dict[str, Any], words: str
) -> None:
    assert words in prose(made(line, version, code, **changes))


@pytest.mark.parametrize("version", ["2023", "2017"])
@pytest.mark.parametrize("kind", list(ARTICLES))
def test_every_kind_of_decision_can_be_drawn_up(kind: str, version: str) -> None:
    values = {
        **CASES["reconsideration", version][1],
        "decision_types": [kind],
        "decision": ["主文"],
        "article_item": None,
    }
    problems = check(RECONSIDERATION["decision"], values, version)
    if version == "2017" and ARTICLES[kind][1] is None:
        assert [p.name for p in problems] == ["decision_types"]
    else:
        assert problems == ()


@pytest.mark.parametrize(
    "kind", ["change", "revoke_part", "order_perform", "agreement_liability", "compensation_yes"]
)
def test_kinds_that_do_not_word_themselves_ask_for_the_decision(kind: str) -> None:
    values = {**samples.RECONSIDERATION, "decision_types": ["revoke", kind]}
    assert [str(p) for p in check(RECONSIDERATION["decision"], values, "2023")] == [
        "缺少“决定内容”（decision）"
    ]


@pytest.mark.parametrize(
    ("template", "values", "name"),
    [
        ("refusal_decision", {"ground": 6, "competent_organ": None}, "competent_organ"),
        ("suspension_notice", {"ground": 11}, "ground"),
        ("extension_notice", {"days": 31}, "days"),
        ("reply_notice", {"reply_days": 7}, "reply_days"),
        ("acceptance_notice", {"procedure": "legacy"}, "procedure"),
        ("service_proof", {"method": "telegram"}, "method"),
    ],
)
def test_values_the_law_does_not_know_are_refused(template: str, values: dict[str, Any], name: str) -> None:
    given = {**samples.values_for(samples.RECONSIDERATION, template, "2023"), **values}
    assert [p.name for p in check(RECONSIDERATION[template], given, "2023")] == [name]


@pytest.mark.parametrize(
    ("template", "values", "names"),
    [
        ("GYJD", {"path": "hardship", "matter_item": None}, ["matter_item"]),
        ("GYJD", {"path": "exempt", "path_item": 5}, ["path_item"]),
        ("GYJD", {"path": "other"}, ["path"]),
        ("GHJD", {"lawyer": None, "licence_no": None}, ["lawyer", "licence_no"]),
        ("ZZJD", {"ground": 9}, ["ground"]),
    ],
)
def test_legal_aid_grounds_are_complete(template: str, values: dict[str, Any], names: list[str]) -> None:
    given = {**samples.values_for(samples.LEGAL_AID, template, "la-2023"), **values}
    assert [p.name for p in check(LEGAL_AID[template], given, "la-2023")] == names


def test_lists_of_grounds_are_as_long_as_the_articles() -> None:
    """L23 39(1): 10, Reg 41(1): 8; L23 41: 5, Reg 42: 5 and its second paragraph; LAL 31: 9, 48(1): 8."""
    assert {v: len(texts) for v, texts in SUSPENSION.items()} == {"2023": 10, "2017": 8}
    assert {v: len(texts) for v, texts in TERMINATION.items()} == {"2023": 5, "2017": 6}
    assert {v: len(texts) for v, texts in MATTERS.items()} == {"law": 9, "regulation": 6}
    assert {v: len(texts) for v, texts in AID_TERMINATION.items()} == {"law": 8, "regulation": 4}


@pytest.mark.parametrize("code", ["oral_record", "service_proof"])
def test_short_forms_fit_one_page(renderer: Renderer, code: str) -> None:
    assert len(page_texts(renderer.render(made("reconsideration", "2023", code)))) == 1
