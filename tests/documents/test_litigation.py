"""What the documents of litigation say: days, parties, articles, and who signs."""

from datetime import date
from typing import Any

import pytest

from tests.documents.pdf_reading import squeezed
from tests.documents.stories import Story
from tests.documents.stories_litigation import ANSWERED, EXCUSED, LOST, SETTLED, SUITS
from tests.documents.telling import Issued, told
from yifa import registry
from yifa.documents.derivation import document, problems, values
from yifa.documents.litigation import LITIGATION, PAPERS
from yifa.documents.templates import check

APL, INT = "《中华人民共和国行政诉讼法》", "《最高人民法院关于适用《行政诉讼法》的解释》"


def issued(story: Story) -> dict[str, Issued]:
    """The documents of a story; of several of one kind the last."""
    return {i.code: i for i in told(story)}


def prose(story: Story, code: str) -> str:
    made = document(PAPERS, code, issued(story)[code].matter)
    return squeezed("".join(str(block) for block in made.blocks))


def test_templates_are_those_the_line_declares_with_what_they_must_contain() -> None:
    declared = registry.line("litigation").documents
    assert {t.code: t.title for t in LITIGATION.templates} == {d.code: d.title for d in declared}
    for found in declared:
        assert set(found.contents) <= {v.name for v in LITIGATION[found.code].variables}, found.code


@pytest.mark.parametrize("code", LITIGATION.codes())
def test_without_values_every_required_variable_is_asked_for(code: str) -> None:
    template = LITIGATION[code]
    asked = {problem.name for problem in check(template, {}, "apl2017") if problem.reason == "missing"}
    assert {v.name for v in template.variables if v.required} == asked
    assert all(v.title and not v.title.isascii() for v in template.variables)


@pytest.mark.parametrize(
    ("story", "code", "name", "expected"),
    [
        (LOST, "assign_letter", "answer_due", date(2024, 3, 19)),
        (LOST, "assign_letter", "draft_due", date(2024, 3, 12)),
        (LOST, "assign_letter", "claims", ["撤销行政行为"]),
        (LOST, "assign_letter", "organ", "广州市司法局"),
        (LOST, "answer", "organ", "广州市示例管理局"),
        (LOST, "answer", "received_on", date(2024, 3, 4)),
        (ANSWERED, "answer", "received_on", date(2024, 8, 19)),
        (ANSWERED, "answer", "request", ["驳回上诉，维持原判"]),
        (EXCUSED, "evidence_extension_request", "due", date(2024, 3, 19)),
        (EXCUSED, "evidence_extension_request", "expected_on", date(2024, 4, 10)),
        (EXCUSED, "officer_excuse", "hearing_on", date(2024, 5, 15)),
        (EXCUSED, "officer_excuse", "ground", "需要履行他人不能代替的公务"),
        (LOST, "authority_letter", "agents", [["周办案", "工作人员"], ["李样本", "律师"]]),
        (LOST, "officer_identity", "post", "副局长"),
        (LOST, "appeal", "appeal_court", "广州铁路运输中级法院"),
        (LOST, "appeal", "court_case_no", "（2024）粤7101行初123号"),
        (LOST, "loss_memo", "result", "撤销"),
        (LOST, "suggestion_reply", "adopted", "部分采纳"),
        (LOST, "suggestion_reply", "received_on", date(2024, 12, 2)),
        (LOST, "supervision_notice", "days_late", 2),
        (SETTLED, "mediation_agreement", "mediators", ["周办案"]),
    ],
)
def test_what_is_derived(story: Story, code: str, name: str, expected: Any) -> None:
    assert values(PAPERS, code, issued(story)[code].matter)[name] == expected


@pytest.mark.parametrize(
    ("story", "code", "words"),
    [
        (
            LOST,
            "assign_letter",
            f"依照{APL}第三十四条第二款的规定，无正当理由逾期提供证据的，视为没有相应证据",
        ),
        (
            LOST,
            "answer",
            "就（2024）粤7101行初123号林示例诉广州市示例管理局一案，答辩人于2024年3月4日收到起诉状副本",
        ),
        (ANSWERED, "answer", "于2024年8月19日收到上诉状副本"),
        (LOST, "evidence_list", "现场检查笔录"),
        (
            EXCUSED,
            "evidence_extension_request",
            f"依照{APL}第三十六条第一款、{INT}第三十四条的规定，申请延期提供证据",
        ),
        (EXCUSED, "officer_excuse", f"依照{INT}第一百二十九条第三款"),
        (LOST, "officer_identity", f"属于{INT}第一百二十八条第一款规定的行政机关负责人"),
        (LOST, "appeal", "不服广州铁路运输法院（2024）粤7101行初123号行政判决书"),
        (LOST, "suggestion_reply", f"依照{INT}第一百四十九条第四款的规定"),
        (SETTLED, "mediation_agreement", "于2024年3月20日前履行完毕"),
    ],
)
def test_the_text_rests_on_the_article(story: Story, code: str, words: str) -> None:
    assert squeezed(words) in prose(story, code)


def test_papers_to_the_court_are_signed_by_the_defendant_and_have_no_head() -> None:
    for story in SUITS:
        for code, item in issued(story).items():
            made = document(PAPERS, code, item.matter)
            ours = "organ" in PAPERS.about[code].values
            assert (made.mark == "") is ours, code
            assert made.signer == ("广州市示例管理局" if ours else "广州市司法局"), code


def test_what_is_derived_cannot_be_written_over() -> None:
    matter = issued(LOST)["assign_letter"].matter
    found = problems(
        PAPERS,
        "assign_letter",
        type(matter)(matter.before, matter.view, matter.event, matter.setting, {"answer_due": "2030-01-01"}),
    )
    assert [(p.reason, p.name) for p in found] == [("not_a_passage", "answer_due")]


def test_a_reply_needs_to_know_whom_it_answers() -> None:
    matter = issued(LOST)["suggestion_reply"].matter
    bare = type(matter)(
        matter.before,
        matter.before,
        matter.event._replace(re=None, data={"adopted": "yes"}),
        matter.setting,
        {},
    )
    assert "sender" not in [p.name for p in problems(PAPERS, "suggestion_reply", bare)]
    nobody = type(matter)(matter.before, issued(LOST)["answer"].matter.view, matter.event, matter.setting, {})
    assert "sender" in [p.name for p in problems(PAPERS, "suggestion_reply", nobody)]
