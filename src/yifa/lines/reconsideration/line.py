"""行政复议, put together."""

from datetime import date

from yifa.language.line import Handling, Line, Version
from yifa.language.records import ParameterDeclaration, ParameterValue
from yifa.lines.reconsideration.actions_after import AFTER_ACTIONS
from yifa.lines.reconsideration.actions_intake import INTAKE_ACTIONS
from yifa.lines.reconsideration.actions_review import REVIEW_ACTIONS
from yifa.lines.reconsideration.clocks_after import AFTER_CLOCKS
from yifa.lines.reconsideration.clocks_intake import INTAKE_CLOCKS
from yifa.lines.reconsideration.clocks_normative import NORMATIVE_CLOCKS
from yifa.lines.reconsideration.clocks_review import REVIEW_CLOCKS
from yifa.lines.reconsideration.documents import DOCUMENTS
from yifa.lines.reconsideration.effects import EFFECTS
from yifa.lines.reconsideration.indicators import COLUMNS, INDICATORS
from yifa.lines.reconsideration.jurisdiction import JURISDICTION_2017, JURISDICTION_2023, JURISDICTION_CHOICE
from yifa.lines.reconsideration.law import READINGS
from yifa.lines.reconsideration.registers import REGISTERS
from yifa.lines.reconsideration.stages import PARTY_SETS, ROLES, STAGES
from yifa.lines.reconsideration.tables import APPLY_IN_TIME, APPLY_IN_TIME_2017

RECONSIDERATION = Line(
    code="reconsideration",
    title="行政复议",
    package="yifa.lines.reconsideration",
    roles=ROLES,
    party_sets=PARTY_SETS,
    versions=(
        Version("2017", until=date(2023, 12, 31), title="行政复议法（2017年修正）", not_law=frozenset({"L23"})),
        Version("2023", since=date(2024, 1, 1), title="行政复议法（2023年修订）", not_law=frozenset({"L17"})),
    ),
    # Under L17 Art. 17(2) a complete application is accepted by its receipt; hence the day it was complete
    # at the competent organ governs, tentatively until acceptance, then for good.
    governing=("complete_on", "accepted_on", "first_received_on", "filed_on"),
    final_when=frozenset({"accept", "deem_accepted", "accepted_by_receipt", "superior_order"}),
    stages=STAGES,
    actions=(*INTAKE_ACTIONS, *REVIEW_ACTIONS, *AFTER_ACTIONS),
    clocks=(*INTAKE_CLOCKS, *REVIEW_CLOCKS, *NORMATIVE_CLOCKS, *AFTER_CLOCKS),
    effects=EFFECTS,
    tables=(APPLY_IN_TIME, APPLY_IN_TIME_2017, JURISDICTION_2023, JURISDICTION_2017, JURISDICTION_CHOICE),
    documents=DOCUMENTS,
    registers=REGISTERS,
    indicators=INDICATORS,
    columns=COLUMNS,
    parameters=(
        ParameterDeclaration(
            "reconsideration_transfer_days", "跨域转送时限", "工作日",
            (ParameterValue(date(2022, 1, 1), 1, "全城通办办法（待局方确认）"),),
        ),
    ),
    readings=READINGS,
    handling=Handling("handlers", {"assign_handler": "handlers"}),
)  # fmt: skip
