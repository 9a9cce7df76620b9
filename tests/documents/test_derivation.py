"""Every document a line declares comes out of its cases: derived, complete, the same every time."""

from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from tests.documents import stories
from tests.documents.pdf_reading import page_texts, squeezed, text_of
from tests.documents.stories import STORIES as FIRST_TWO
from tests.documents.stories import Story
from tests.documents.stories_litigation import SUITS
from tests.documents.stories_mediation import MEDIATIONS
from tests.documents.telling import SETTING, Issued, told
from yifa import registry
from yifa.documents.derivation import (
    Derivation,
    LinePapers,
    Matter,
    Setting,
    always,
    day_of,
    document,
    papers,
    problems,
    values,
)
from yifa.documents.render import Renderer

LINES = ("reconsideration", "legal_aid", "mediation", "litigation")
# Versions with templates of their own; the documents of the other versions of legal aid are those of la-2023.
VERSIONS = {
    "reconsideration": ("2017", "2023"),
    "legal_aid": ("la-2003", "la-2023"),
    "mediation": (),
    "litigation": (),
}
STORIES = (*FIRST_TWO, *MEDIATIONS, *SUITS)


@cache
def issued() -> tuple[Issued, ...]:
    return tuple(found for story in STORIES for found in told(story))


def line_papers(line: str) -> LinePapers:
    found = papers(line)
    assert found is not None
    return found


def of(story: Story, code: str) -> Issued:
    return next(i for i in issued() if i.story is story and i.code == code)


def derived(story: Story, code: str) -> dict[str, Any]:
    return values(line_papers(story.line), code, of(story, code).matter)


def text(story: Story, code: str) -> str:
    made = document(line_papers(story.line), code, of(story, code).matter)
    return squeezed("".join(str(block) for block in made.blocks))


@pytest.mark.parametrize("line", LINES)
def test_every_declared_document_has_a_template_and_a_derivation(line: str) -> None:
    declared = {d.code for d in registry.line(line).documents}
    assert declared == set(line_papers(line).templates.codes()) == set(line_papers(line).about)


@pytest.mark.parametrize(
    ("line", "version"), [(line, version) for line in LINES for version in VERSIONS[line]]
)
def test_the_stories_issue_every_document_of_the_version(line: str, version: str) -> None:
    wanted = {d.code for d in registry.line(line).documents if not d.versions or version in d.versions}
    made = {i.code for i in issued() if i.story.line == line and i.matter.view.version == version}
    assert wanted - made == set()


@pytest.mark.parametrize("line", ["mediation", "litigation"])
def test_the_stories_issue_every_document_of_a_line_with_one_set(line: str) -> None:
    """The documents are the same in all versions."""
    made = {i.code for i in issued() if i.story.line == line}
    assert made == {d.code for d in registry.line(line).documents}


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.name)
def test_nothing_is_missing_in_any_document_of_a_story(story: Story) -> None:
    found = line_papers(story.line)
    for item in (i for i in issued() if i.story is story):
        assert item.matter.view.version == story.version
        assert problems(found, item.code, item.matter) == (), (item.code, item.matter.event.action)


def test_every_document_renders_and_says_nothing_of_codes(renderer: Renderer) -> None:
    """One rendering of each document and version; a code left untranslated would be ASCII letters in the text."""
    once = {(i.story.line, i.matter.view.version, i.code): i for i in issued()}
    for (line, _version, code), item in once.items():
        made = document(line_papers(line), code, item.matter)
        printed = text_of(renderer.render(made))
        assert "None" not in printed, code
        assert "。。" not in printed, code
        prose = squeezed("".join(str(getattr(block, "text", "")) for block in made.blocks))
        assert not any("a" <= char <= "z" for char in prose), (code, prose)


def test_equal_matters_give_equal_bytes(renderer: Renderer) -> None:
    for story, code in ((stories.FULL, "decision"), (stories.GRANTED, "GYJD")):
        first, second = of(story, code), next(i for i in told(story) if i.code == code)
        found = line_papers(story.line)
        made = [renderer.render(document(found, code, item.matter)) for item in (first, second)]
        assert made[0] == made[1]


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.name)
def test_passages_are_variables_of_their_template(story: Story) -> None:
    found = line_papers(story.line)
    for code, about in found.about.items():
        known = {v.name for v in found.templates[code].variables}
        assert set(about.passages) <= known, code


# ------------------------------------------------------------------------------------------ what is derived


@pytest.mark.parametrize(
    ("story", "code", "name", "expected"),
    [
        (stories.FULL, "acceptance_notice", "organ", "广州市人民政府"),  # the bureau works, the government reviews
        (stories.FULL, "acceptance_notice", "due", date(2024, 4, 22)),  # the 60th day is a Sunday
        (stories.FULL, "acceptance_notice", "handler", "周办案、吴办案"),
        (stories.FULL, "acceptance_notice", "act", "于2024年1月8日作出的《行政处罚决定书》（穗示罚〔2024〕7号）"),
        (stories.FULL, "supplement_notice", "received_on", date(2024, 1, 31)),
        (stories.FULL, "reply_notice", "reply_days", 10),
        (stories.CONVERTED, "reply_notice", "reply_days", 5),
        (stories.OLD_FULL, "reply_notice", "reply_days", 10),
        (stories.FULL, "hearing_notice", "panel", "主持人：周办案；听证员：吴办案、郑办案；记录员：陈记录"),
        (stories.FULL, "resumption_notice", "reason", "有关规范性文件的附带审查处理已经完成"),
        (stories.OLD_FULL, "resumption_notice", "reason", "需要中止审理的其他情形已经消除"),
        (stories.FULL, "suspension_notice", "ground", 9),
        (stories.OLD_FULL, "suspension_notice", "ground", 8),
        (stories.FULL, "transfer_letter", "by", "applicant"),
        (stories.OLD_FULL, "transfer_letter", "by", "organ"),
        (stories.FULL, "extension_notice", "days", 30),
        (stories.WITHDRAWN, "termination_decision", "ground", 1),
        (stories.OLD_ENDED, "termination_decision", "ground", 4),  # Reg 42(1)(4): settled
        (stories.ELSEWHERE, "refusal_decision", "competent_organ", "广州市天河区人民政府"),
        (stories.FULL, "decision", "court", "广州铁路运输中级法院"),  # revoked: the government is sued
        (stories.OLD_FULL, "decision", "court", "广州铁路运输法院"),  # upheld: the level follows the bureau
        (stories.FULL, "decision", "number", "穗府行复决〔2024〕45号"),
        (stories.FULL, "decision", "remake_days", 60),
        (stories.FULL, "service_proof", "documents", ["《补正行政复议申请通知书》一份"]),
        (stories.REFUSED, "service_proof", "method", "left"),
        (stories.FULL, "performance_order", "served_on", date(2024, 5, 22)),
        (stories.FULL, "suggestion", "period_from", date(2024, 1, 1)),
        (stories.GRANTED, "GYJD", "path", "hardship"),
        (stories.GRANTED, "GYJD", "matter_item", 5),
        (stories.AID_ENDED, "GYJD", "path", "exempt"),
        (stories.AID_ENDED, "GYJD", "path_item", 3),
        (stories.CRIMINAL, "GYJD", "path", "criminal"),  # LAL 24, whatever shows the hardship
        (stories.NOTIFIED_ENDED, "ZZJD", "received_on", date(2023, 10, 9)),
        (stories.GRANTED, "GYJD", "form", "劳动争议仲裁代理"),
        (stories.GRANTED, "GZCN", "standard", "家庭人均月收入低于3354元，且无较大价值资产"),
        (stories.GRANTED, "GHJD", "former_lawyer", "李样本"),
        (stories.GRANTED, "GHJD", "lawyer", "孙样本"),
        (stories.GRANTED, "BZFD", "amount_words", "壹仟捌佰元整"),
        (stories.GRANTED, "service_proof", "documents", ["《给予法律援助决定书》一份"]),
        (stories.AID_REFUSED, "BYJD", "rule", "means"),
        (stories.AID_REFUSED, "BYJD", "bureau", "广州市司法局"),
        (stories.AID_REFUSED, "YYJD", "organ", "广州市司法局"),
        (stories.AID_REFUSED, "YYJD", "decided_on", date(2023, 12, 22)),
        (stories.AID_REFUSED, "YYJD", "review_organ", "广州市人民政府"),
        (stories.AID_FIRST, "XXTG", "makeup_due", date(2024, 3, 15)),
        (stories.NOTIFIED, "TZHD", "capacity", "辩护人"),
        (stories.OLD_AID_ENDED, "ZZJD", "ground", 3),  # LAL 48(1)(6) is LAR 23(3)
        (stories.DUTY, "FLBZ", "stage", "审查起诉"),
    ],
    ids=lambda value: value.name if isinstance(value, Story) else None,
)  # fmt: skip
def test_a_variable(story: Story, code: str, name: str, expected: Any) -> None:
    assert derived(story, code)[name] == expected


def test_the_extension_names_both_last_days() -> None:
    found = derived(stories.FULL, "extension_notice")
    assert found["due"] < found["new_due"]
    assert (found["new_due"] - found["due"]).days >= 28  # both may be moved to a working day


def test_the_course_of_the_case_stands_in_the_decision() -> None:
    course = "".join(derived(stories.FULL, "decision")["course"])
    words = ("2024年3月4日，本案中止审理", "2024年4月8日，本案恢复审理", "2024年4月18日，本机关依法举行了听证",
             "听取了当事人的意见", "审理期限延长三十日")  # fmt: skip
    places = [course.index(word) for word in words]
    assert places == sorted(places)


def test_a_proof_of_service_is_one_page_whoever_it_is_for(renderer: Renderer) -> None:
    proofs = [i for i in issued() if i.code == "service_proof"]
    assert len(proofs) > 5
    for item in proofs:
        made = document(line_papers(item.story.line), item.code, item.matter)
        assert len(page_texts(renderer.render(made))) == 1


def test_a_proof_of_service_of_an_applicant_s_notice_names_applicants_alone() -> None:
    assert [party["name"] for party in derived(stories.FULL, "service_proof")["addressee"]] == ["张示例"]


def test_a_proof_of_service_names_the_address() -> None:
    assert derived(stories.REFUSED, "service_proof")["address"] == "广州市示例区样本路1号101房"


def test_parties_carry_their_particulars() -> None:
    (applicant,) = derived(stories.FULL, "decision")["applicant"]
    assert (applicant["name"], applicant["gender"], applicant["born"]) == ("张示例", "男", date(1985, 3, 2))
    assert applicant["agents"] == ["李样本，广东示例律师事务所律师"]


def test_a_document_for_one_party_is_addressed_to_it_alone() -> None:
    notice = of(stories.FULL, "reply_notice")
    found = values(line_papers("reconsideration"), "reply_notice", notice.matter)
    assert [party["name"] for party in found["respondent"]] == ["广州市示例管理局"]
    everybody = derived(stories.FULL, "extension_notice")["addressee"]
    assert [party["name"] for party in everybody] == ["张示例", "广州市示例管理局", stories.THIRD]


def test_the_document_says_what_the_case_said_on_that_day() -> None:
    """The acceptance names the day the review was due then; the later extension does not reach back."""
    assert "2024年4月22日" in text(stories.FULL, "acceptance_notice")


# ---------------------------------------------------------------------------------------------- passages


def matter_of(said: dict[str, Any], code: str = "extension_notice") -> Matter:
    item = of(stories.FULL, code)
    return Matter(item.matter.before, item.matter.view, item.matter.event, SETTING, said)


def found_problems(said: dict[str, Any], code: str = "extension_notice") -> list[tuple[str, str]]:
    return [(p.reason, p.name) for p in problems(line_papers("reconsideration"), code, matter_of(said, code))]


def test_a_missing_passage_is_named() -> None:
    assert found_problems({}) == [("missing", "reason")]
    assert {name for _, name in found_problems({}, "decision")} == {"positions", "facts", "reasons"}


def test_what_is_derived_cannot_be_written_over() -> None:
    assert found_problems({"reason": "需要取证", "new_due": "2030-01-01"}) == [("not_a_passage", "new_due")]
    found = values(line_papers("reconsideration"), "extension_notice", matter_of({"new_due": "2030-01-01"}))
    assert found["new_due"] < date(2025, 1, 1)


def test_a_passage_takes_the_place_of_its_default() -> None:
    derived_reason = derived(stories.FULL, "resumption_notice")["reason"]
    own = values(
        line_papers("reconsideration"), "resumption_notice", matter_of({"reason": "甲"}, "resumption_notice")
    )
    assert own["reason"] == "甲" != derived_reason
    empty = values(
        line_papers("reconsideration"), "resumption_notice", matter_of({"reason": ""}, "resumption_notice")
    )
    assert empty["reason"] == derived_reason


def test_a_passage_of_the_wrong_kind_is_told() -> None:
    said = {**stories.SUGGESTION, "period_from": "上半年"}
    assert found_problems(said, "suggestion") == [("wrong_kind", "period_from")]


def test_problems_are_in_chinese() -> None:
    found = problems(line_papers("reconsideration"), "extension_notice", matter_of({"new_due": "2030-01-01"}))
    assert [str(p) for p in found] == [
        "“延长或者转换后的审理期限届满日”（new_due）由案件记录生成，不得另行填写",
        "缺少“延期理由”（reason）",
    ]


# ----------------------------------------------------------------------------------------------- setting


def test_names_of_codes_and_of_nothing() -> None:
    assert SETTING.name("gz-gov") == "广州市人民政府"
    assert SETTING.name("甲") == "周办案"
    assert SETTING.name("某机关") == "某机关"
    assert SETTING.name(None) == ""
    assert SETTING.organ_of("广州市司法局").government == "广州市人民政府"
    assert SETTING.organ_of("某机关").name == "某机关"


def test_days_of_moments_and_dates() -> None:
    assert day_of(datetime(2024, 1, 2, 3)) == day_of(date(2024, 1, 2)) == date(2024, 1, 2)
    assert day_of(None) is None


def test_a_line_without_papers_has_none() -> None:
    assert papers("no_such_line") is None


def test_a_document_without_a_series_takes_no_number() -> None:
    acceptance = of(stories.FULL, "acceptance_notice").matter
    assert "number" not in values(line_papers("reconsideration"), "acceptance_notice", acceptance)
    bare = Setting(organ="gz-sfj", organs=SETTING.organs)
    decision = of(stories.FULL, "decision").matter
    found = values(
        line_papers("reconsideration"),
        "decision",
        Matter(decision.before, decision.view, decision.event, bare),
    )
    assert "number" not in found
    assert "case_no" not in found


def test_a_derivation_of_constants() -> None:
    assert always(15)(SimpleNamespace()) == 15  # type: ignore[arg-type]
    assert Derivation().passages == ()
