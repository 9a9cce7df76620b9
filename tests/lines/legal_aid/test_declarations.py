"""The line says everything the law and the bureau's report ask of it: deadlines, documents, registers, figures."""

import pytest
from pydantic import ValidationError

from yifa.documents.legal_aid import LEGAL_AID as TEMPLATES
from yifa.language.clocks import Nature
from yifa.language.indicators import columns_of
from yifa.language.line import Line
from yifa.language.values import leaves
from yifa.law.citation import Practice, cites_of
from yifa.law.statute import Length, statutes
from yifa.lines.legal_aid import LEGAL_AID
from yifa.lines.legal_aid.eligibility import ELIGIBILITY, MATTERS, NAMES, NO_CONDITION, NOTICE_GROUNDS
from yifa.lines.legal_aid.inputs import Group, IncomeItem, NoticeGround
from yifa.lines.legal_aid.law import LAW_VERSIONS, OLD, TERMINATION_GROUNDS

DEADLINES = {
    "organ_notify": "X", "assign_notified": "L", "forward_24h": "X", "relatives_told": "X", "review": "L",
    "supplement": "L", "assign": "L", "agreement": "L", "contact": "L", "court_papers": "L", "court_materials": "X",
    "redefend": "X", "redefend_notice": "X", "aid_first_makeup": "L", "change_decide": "L", "objection_review": "L",
    "file_return": "L", "file_review": "L", "subsidy_pay": "L", "commit_check": "L", "duty_notice": "X", "duty_fix": "X",
    "recon": "L", "suit": "L",
}  # fmt: skip
SHIFTS = {
    "S0": {"assign_notified", "review", "assign", "change_decide", "objection_review", "file_review", "subsidy_pay",
           "commit_check"},
    "S1": {"organ_notify", "relatives_told", "court_papers", "redefend", "redefend_notice"},
    "S2": {"supplement", "agreement", "aid_first_makeup", "file_return"},
}  # fmt: skip
ACTIONS = [
    "forward",
    "receive",
    "transfer",
    "ask_supplement",
    "supplement_in",
    "assist_request",
    "assist_reply",
    "aid_first",
    "grant",
    "withdraw",
    "refuse",
    "notify_in",
    "assign",
    "arrange_inside",
    "sign_agreement",
    "first_meeting",
    "report_progress",
    "report_ground",
    "change_request",
    "change",
    "refuse_lawyer",
    "terminate",
    "object",
    "objection_decide",
    "end",
    "file_in",
    "file_accept",
    "file_return_back",
    "pay",
    "assess",
    "commit_check",
    "recover",
    "duty_request",
    "duty_arrange",
    "duty_help",
    "consult",
    "apply_through_duty_lawyer",
    "organ_finds",
    "propose",
]
STAGES = [
    "draft",
    "received",
    "supplement",
    "reviewing",
    "aid_first",
    "granted",
    "refused",
    "withdrawn",
    "transferred",
    "assigned",
    "agreed",
    "handling",
    "ended",
    "file_in",
    "file_review",
    "paid",
    "archived",
    "terminated",
    "objection",
    "notified",
    "requested",
    "arranged",
    "helped",
    "recorded",
]
INDICATORS = [
    "legal_aid_hardship_standard",
    "legal_aid_cases",
    "duty_help_cases",
    "legal_aid_consultations",
    "legal_aid_migrant_workers",
    "legal_aid_commitment_cases",
    "legal_aid_citywide_cases",
    "one_plus_one_volunteers",
    "legal_aid_special_groups",
    "review_on_time",
    "assign_on_time",
    "commit_false_rate",
    "objection_corrected",
    "quality_pass",
]


@pytest.mark.parametrize(("code", "kind"), DEADLINES.items())
def test_deadlines_are_all_there_with_their_kind(code: str, kind: str) -> None:
    clock = LEGAL_AID.clock(code)
    assert clock is not None
    assert clock.letter == kind


@pytest.mark.parametrize(("reading", "code"), [(r, c) for r, codes in SHIFTS.items() for c in sorted(codes)])
def test_the_last_day_moves_as_the_table_says(reading: str, code: str) -> None:
    clock = LEGAL_AID.clock(code)
    assert clock is not None
    assert reading in {r.code for r in clock.readings}
    lengths = [leaf for leaf in leaves(clock.length) if isinstance(leaf, Length) and leaf.unit == "day"]
    assert lengths
    assert {length.shift for length in lengths} == {"none" if reading == "S0" else "next"}


@pytest.mark.parametrize("code", ACTIONS)
def test_actions_are_all_there(code: str) -> None:
    assert LEGAL_AID.action(code)


def test_stages_are_all_there() -> None:
    assert {stage.code for stage in LEGAL_AID.stages} == {*STAGES, "made_up", "objection_decided"}


def test_an_own_duty_has_an_alarm_or_a_task() -> None:
    for clock in LEGAL_AID.clocks:
        assert clock.on_expiry, clock.code
        if clock.nature is Nature.OWN_DUTY:
            assert clock.stops, clock.code


def test_citations_name_texts_of_their_time() -> None:
    """What is cited for cases since 2022 is in force then; older rules only stand beside it."""
    known = statutes()
    for action in LEGAL_AID.actions:
        codes = [cite.statute for cite in cites_of(action.cite)]
        assert all(code in known for code in codes)
        assert codes or isinstance(action.cite, Practice), action.code


# ------------------------------------------------------------------------------------------- documents


def test_templates_are_those_the_line_declares() -> None:
    declared = {d.code: (d.title, d.versions) for d in LEGAL_AID.documents}
    assert {t.code: (t.title, t.versions) for t in TEMPLATES.templates} == declared


def test_declared_contents_are_variables_of_the_template() -> None:
    templates = {t.code: {v.name for v in t.variables} for t in TEMPLATES.templates}
    for document in LEGAL_AID.documents:
        if document.code != "service_proof":
            assert set(document.contents) <= templates[document.code], document.code


def test_every_document_is_issued_or_accompanies_another() -> None:
    issued: set[str] = set()
    for action in LEGAL_AID.actions:
        for leaf in (action.issues, *leaves(action.issues)):
            issued |= set(leaf) if isinstance(leaf, tuple) else set()
    assert {d.code for d in LEGAL_AID.documents} - issued == {"service_proof"}


# ------------------------------------------------------------------------------------------- registers


@pytest.mark.parametrize(
    ("code", "states"),
    [
        ("aid_pool", {"active", "suspended", "left"}),
        ("duty_roster", {"planned", "published", "done"}),
        ("one_plus_one", {"serving", "ended"}),
        ("stations", {"open", "closed"}),
        ("commitments", {"signed", "checked", "broken", "repaired"}),
        ("peer_reviews", {"open", "graded"}),
        ("complaints", {"received", "accepted", "rejected", "investigated", "told"}),
    ],
)
def test_registers_and_their_life_cycle(code: str, states: set[str]) -> None:
    register = next(r for r in LEGAL_AID.registers if r.code == code)
    assert set(register.states) == states
    reachable = {move.to for move in register.moves} | {next(iter(register.states))}
    assert reachable == states
    assert not set(register.public) & set(register.personal)


def test_names_of_persons_are_marked_personal() -> None:
    personal = {r.code: set(r.personal) for r in LEGAL_AID.registers if r.personal}
    assert personal == {
        "aid_pool": {"name"}, "one_plus_one": {"name"}, "commitments": {"person"}, "complaints": {"about"},
    }  # fmt: skip


# ------------------------------------------------------------------------------------------ indicators


def facts_of(line: Line) -> set[str]:
    """Columns a case offers: its facts and where it lies."""
    given = {name for action in line.actions for name in action.sets}
    return given | {"organ", "district", "kind"}


OF_CLOCKS = {"clock", "status", "due"}
OF_ROWS = {"valid_from"}


def test_indicators_are_all_there() -> None:
    assert [i.code for i in LEGAL_AID.indicators] == INDICATORS


@pytest.mark.parametrize("indicator", LEGAL_AID.indicators, ids=lambda i: i.code)
def test_figures_are_made_of_facts_the_acts_set(indicator: object) -> None:
    columns = columns_of(indicator.figure)  # type: ignore[attr-defined]
    assert columns <= facts_of(LEGAL_AID) | OF_CLOCKS | OF_ROWS
    dimensions = set(indicator.dimensions)  # type: ignore[attr-defined]
    assert dimensions <= facts_of(LEGAL_AID) | {"year"}


def test_report_figures_are_answered() -> None:
    published = {i.published for i in LEGAL_AID.indicators if i.published}
    assert published == {
        "legal_aid_hardship_standard", "legal_aid_cases", "legal_aid_consultations", "legal_aid_migrant_workers",
        "legal_aid_commitment_cases", "legal_aid_citywide_cases", "one_plus_one_volunteers", "legal_aid_special_groups",
    }  # fmt: skip


# ---------------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("hardship_standard", 3354), ("supplement_days", 10), ("aid_first_makeup_days", 10), ("commit_check_rate", 10),
        ("commit_check_days", 30), ("citywide_transfer_days", 1), ("subsidy_pay_days", 30), ("contact_days", 5),
        ("complaint_days", 60), ("objection_window", None), ("subsidy_table", None), ("citywide_mode", "transfer"),
    ],
)  # fmt: skip
def test_parameters_have_their_defaults(code: str, value: object) -> None:
    parameter = next(p for p in LEGAL_AID.parameters if p.code == code)
    assert parameter.values[-1].value == value


def test_only_the_published_standard_counts_as_read() -> None:
    read = [(p.code, v.since.year) for p in LEGAL_AID.parameters for v in p.values if v.confidence == "text"]
    assert read == [("hardship_standard", 2023)]


# -------------------------------------------------------------------------------------------- the lists


def test_versions_follow_one_another() -> None:
    assert [v.code for v in LEGAL_AID.versions] == [OLD, "la-2022", "la-2023", "la-gz2026"]
    assert {v.code for v in LEGAL_AID.versions} - {OLD} == set(LAW_VERSIONS)


def test_every_coded_value_has_a_chinese_name() -> None:
    coded = {*MATTERS, *NO_CONDITION, *NOTICE_GROUNDS, *Group.__args__}  # type: ignore[attr-defined]
    assert coded <= set(NAMES)
    assert set(NoticeGround.__args__) == set(NOTICE_GROUNDS)  # type: ignore[attr-defined]
    inputs = {name for rule in ELIGIBILITY.rules for name in rule.uses}
    assert inputs <= set(ELIGIBILITY.labels or ())


def test_lists_are_as_long_as_the_articles() -> None:
    """LAL 32 has five items, 25(1) seven, 48(1) eight; LAR 23 has four."""
    assert len(NO_CONDITION) == 5
    assert sum(cite.paragraph == 1 for cite in NOTICE_GROUNDS.values()) == 7
    assert [g.cite.item for g in TERMINATION_GROUNDS.values()] == list(range(1, 9))
    assert [g.regulation.item for g in TERMINATION_GROUNDS.values() if g.regulation] == [1, 2, 3, 4]
    assert {cite.item for _, cite in MATTERS.values() if cite.article == 31} == set(range(1, 9))


@pytest.mark.parametrize("month", ["2023-13", "2023-00", "23-01", "2023-1"])
def test_months_are_months(month: str) -> None:
    with pytest.raises(ValidationError):
        IncomeItem(month=month, amount=1)
