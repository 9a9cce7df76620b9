"""法律援助, put together."""

from datetime import date

from yifa.language.line import Handling, Line, Version
from yifa.language.records import DrawDeclaration
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.legal_aid.actions import INTAKE_ACTIONS
from yifa.lines.legal_aid.actions_after import AFTER_ACTIONS
from yifa.lines.legal_aid.actions_other import OTHER_ACTIONS
from yifa.lines.legal_aid.assignment import ASSIGNMENT
from yifa.lines.legal_aid.clocks import INTAKE_CLOCKS
from yifa.lines.legal_aid.clocks_after import AFTER_CLOCKS
from yifa.lines.legal_aid.commitments import CONSEQUENCE
from yifa.lines.legal_aid.documents import DOCUMENTS
from yifa.lines.legal_aid.effects import EFFECTS
from yifa.lines.legal_aid.eligibility import ELIGIBILITY, ELIGIBILITY_2003, MEANS_TEST, MEANS_TEST_2003
from yifa.lines.legal_aid.indicators import COLUMNS, INDICATORS
from yifa.lines.legal_aid.law import COMMITMENT_RULES, LAL, READINGS
from yifa.lines.legal_aid.parameters import PARAMETERS
from yifa.lines.legal_aid.registers import REGISTERS
from yifa.lines.legal_aid.stages import PARTY_SETS, ROLES, STAGES


def of_a_minor(view: View) -> bool:
    """Cases of minors are read by few: privacy learned in giving aid is kept (LAL 21; PIPL 28 for those under 14)."""
    grounds = {event.data.get("notice_ground") for event in view.acts.get("notify_in", ())}
    return "minor" in (view.facts.get("groups") or ()) or "minor" in grounds


LEGAL_AID = Line(
    code="legal_aid",
    title="法律援助",
    package="yifa.lines.legal_aid",
    roles=ROLES,
    party_sets=PARTY_SETS,
    versions=(
        Version("la-2003", until=date(2021, 12, 31), title="法律援助条例（2003年）"),
        Version("la-2022", since=date(2022, 1, 1), until=date(2023, 8, 31), title="法律援助法（2022年）"),
        Version("la-2023", since=date(2023, 9, 1), until=date(2026, 2, 28), title="法律援助法与程序规定（2023年）"),
        Version("la-gz2026", since=date(2026, 3, 1), title="广州市法律援助实施办法（2026年）"),
    ),
    # By the day the application or the organ's notice was first received; a file taken over without that day is
    # fixed by its first decision.
    governing=("first_received_on", "notified_on"),
    final_when=frozenset(
        {"receive", "notify_in", "duty_request", "duty_help", "consult", "draft_document", "grant", "refuse", "assign",
         "terminate", "end"}
    ),
    stages=STAGES,
    actions=(*INTAKE_ACTIONS, *AFTER_ACTIONS, *OTHER_ACTIONS),
    clocks=(*INTAKE_CLOCKS, *AFTER_CLOCKS),
    effects=EFFECTS,
    tables=(MEANS_TEST, ELIGIBILITY, MEANS_TEST_2003, ELIGIBILITY_2003, ASSIGNMENT, CONSEQUENCE),
    documents=DOCUMENTS,
    registers=REGISTERS,
    indicators=INDICATORS,
    columns=COLUMNS,
    parameters=PARAMETERS,
    draws=(
        DrawDeclaration("commitment_check", "承诺抽查", "当月以承诺方式给予援助的案件", "commit_check_rate，至少一件",
                        both(LAL.art(41, 2), COMMITMENT_RULES)),
    ),
    readings=READINGS,
    handling=Handling("person", {"change": "person"}, alone=True, beside=("firm",)),
    sensitive=of_a_minor,
)  # fmt: skip
