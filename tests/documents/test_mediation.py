"""What the documents of mediation say: parties, terms, doors with their last days, articles."""

from functools import cache
from typing import Any

import pytest

from tests.documents.pdf_reading import page_texts, squeezed
from tests.documents.stories import Story
from tests.documents.stories_mediation import FAILED, MEDIATIONS, PERFORMED, REFERRED, REFUSED, SPOKEN
from tests.documents.telling import Issued, told
from yifa import registry
from yifa.documents.derivation import document, problems, values
from yifa.documents.mediation import MEDIATION, PAPERS
from yifa.documents.render import Renderer
from yifa.documents.templates import check
from yifa.documents.wording import law
from yifa.law.statute import statute

PML = statute("PML")


@cache
def _all() -> dict[str, dict[str, Issued]]:
    return {story.name: {item.code: item for item in told(story)} for story in MEDIATIONS}


def issued(story: Story) -> dict[str, Issued]:
    return _all()[story.name]


def derived(story: Story, code: str) -> dict[str, Any]:
    return values(PAPERS, code, issued(story)[code].matter)


def prose(story: Story, code: str) -> str:
    made = document(PAPERS, code, issued(story)[code].matter)
    return squeezed("".join(str(block) for block in made.blocks))


def test_templates_are_those_the_line_declares() -> None:
    declared = {d.code: d.title for d in registry.line("mediation").documents}
    assert {t.code: t.title for t in MEDIATION.templates} == declared
    for found in registry.line("mediation").documents:
        known = {v.name for v in MEDIATION[found.code].variables}
        assert set(found.contents) <= known, found.code


@pytest.mark.parametrize("code", MEDIATION.codes())
def test_without_values_every_required_variable_is_asked_for(code: str) -> None:
    template = MEDIATION[code]
    asked = {problem.name for problem in check(template, {}, "confirm-2024") if problem.reason == "missing"}
    assert {v.name for v in template.variables if v.required} == asked
    assert all(v.title and not v.title.isascii() for v in template.variables)


@pytest.mark.parametrize(
    ("story", "code", "name", "expected"),
    [
        (PERFORMED, "med_register", "channel", "当事人申请"),
        (PERFORMED, "med_register", "consent", ["周示例：尚未表示", "广州样本家政服务有限公司：尚未表示"]),
        (PERFORMED, "med_register", "risk", "无"),
        (PERFORMED, "med_record", "present", ["周示例", "广州样本家政服务有限公司", "周办案（调解员）"]),
        (PERFORMED, "med_agreement", "performance", ["2024年3月31日前支付1000元", "2024年4月30日前支付2000元，一次付清余款"]),
        (PERFORMED, "med_visit", "performed", "已全部履行"),
        (PERFORMED, "med_risk", "found_at", "2024年3月7日10时20分"),
        (SPOKEN, "med_oral", "performance", ["于2024年3月15日前履行完毕"]),
        (FAILED, "med_fail", "routes", [["劳动仲裁", "至2025年1月5日届满"]]),
        (REFERRED, "med_refer", "limits", [["商事仲裁", "至2026年3月6日届满"]]),
        (REFERRED, "med_refer", "to", {"name": "广州仲裁委员会", "kind": "organ"}),
        (REFUSED, "med_fail", "routes", [["行政复议（复议中可以调解）", "至2023年4月11日届满"],
                                         ["行政诉讼", "自知道或者应当知道行政行为之日起六个月内"]]),
    ],
    ids=lambda value: value.name if isinstance(value, Story) else None,
)  # fmt: skip
def test_a_variable(story: Story, code: str, name: str, expected: Any) -> None:
    if name == "consent":
        expected = [line.replace("尚未表示", "同意调解") for line in expected]
    assert derived(story, code)[name] == expected


def test_what_parties_submit_has_no_organ_at_its_head() -> None:
    marks = {code: document(PAPERS, code, item.matter).mark for code, item in issued(PERFORMED).items()}
    assert {code for code, mark in marks.items() if not mark} == {"med_application", "med_confirm_app"}


def test_titles_follow_the_case() -> None:
    titles = {
        (story.name, code): document(PAPERS, code, item.matter).title
        for story in MEDIATIONS
        for code, item in issued(story).items()
    }
    assert titles["调解不成", "med_fail"] == "终止调解告知书"
    assert titles["不予受理", "med_fail"] == "不予受理告知书"
    assert titles["达成协议并确认", "med_application"] == "人民调解口头申请笔录"


@pytest.mark.parametrize(
    ("story", "code", "words"),
    [
        (PERFORMED, "med_agreement", law(PML.art(29, 2)) + "的规定，本协议自各方当事人签名、盖章或者按指印"),
        (PERFORMED, "med_agreement", "可以自本协议生效之日起三十日内共同向人民法院申请司法确认"),
        (PERFORMED, "med_confirm_app", "于2024年3月12日达成的调解协议（编号：示调协〔2024〕1号）有效"),
        (PERFORMED, "med_application", "调解不收取任何费用"),
        (PERFORMED, "med_register", "诉讼时效自当事人提出请求之日（2024年3月6日）起中断"),
        (SPOKEN, "med_oral", "口头调解协议自各方当事人达成协议之日起生效"),
        (FAILED, "med_fail", law(PML.art(26)) + "的规定，现告知你们"),
        (REFUSED, "med_fail", "该事项只能由行政机关依法处理，不予受理"),
        (PERFORMED, "med_risk", law(PML.art(25)) + "的规定，现报告如下"),
    ],
    ids=lambda value: value.name if isinstance(value, Story) else None,
)  # fmt: skip
def test_what_stands_in_the_document(story: Story, code: str, words: str) -> None:
    assert squeezed(words) in prose(story, code)


def test_terms_are_not_the_drafters_to_invent() -> None:
    """What is agreed may be worded; the doors and their last days may not."""
    matter = issued(FAILED)["med_fail"].matter
    altered = type(matter)(
        matter.before, matter.view, matter.event, matter.setting, {"routes": [["法院", "随时"]]}
    )
    assert [(p.reason, p.name) for p in problems(PAPERS, "med_fail", altered)] == [
        ("not_a_passage", "routes")
    ]


@pytest.mark.parametrize(("story", "code"), [(PERFORMED, "med_register"), (SPOKEN, "med_oral"), (PERFORMED, "med_visit"), (FAILED, "med_fail")],
                         ids=lambda v: v if isinstance(v, str) else v.name)  # fmt: skip
def test_short_papers_fit_one_page(renderer: Renderer, story: Story, code: str) -> None:
    assert len(page_texts(renderer.render(document(PAPERS, code, issued(story)[code].matter)))) == 1
