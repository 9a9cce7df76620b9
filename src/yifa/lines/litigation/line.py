"""行政应诉, put together."""

from yifa.language.line import Handling, Line, Version
from yifa.language.records import Meeting
from yifa.lines.litigation.actions_after import LATER_ACTIONS
from yifa.lines.litigation.actions_court import COURT_ACTIONS
from yifa.lines.litigation.actions_intake import INTAKE_ACTIONS
from yifa.lines.litigation.advice import ADVICE
from yifa.lines.litigation.clocks_beside import BESIDE_CLOCKS
from yifa.lines.litigation.clocks_intake import INTAKE_CLOCKS
from yifa.lines.litigation.clocks_judgment import JUDGMENT_CLOCKS
from yifa.lines.litigation.documents import DOCUMENTS
from yifa.lines.litigation.effects import EFFECTS
from yifa.lines.litigation.facts import hearing_lawyers, hearing_place
from yifa.lines.litigation.indicators import COLUMNS, INDICATORS
from yifa.lines.litigation.law import READINGS
from yifa.lines.litigation.parameters import PARAMETERS
from yifa.lines.litigation.registers import REGISTERS
from yifa.lines.litigation.stages import PARTY_SETS, ROLES, STAGES
from yifa.lines.litigation.tables import APPEALABLE, ATTENDANCE, COURT_LEVEL, PROPER_DEFENDANT, SUED_IN_TIME

LITIGATION = Line(
    code="litigation",
    title="行政应诉",
    package="yifa.lines.litigation",
    roles=ROLES,
    party_sets=PARTY_SETS,
    # One law since 2018; what changed within it (suggestions since 2023-11-16) is a matter of the clock concerned.
    versions=(Version("apl2017", title="行政诉讼法（2017年修正）及其解释（2018年）"),),
    governing=("complaint_received_on", "mediation_referred_on", "suggestion_received_on", "watched_on"),
    final_when=frozenset(
        {"register_case", "refer_mediation", "receive_suggestion", "watch_act", "non_lit_enforcement"}
    ),
    stages=STAGES,
    actions=(*INTAKE_ACTIONS, *COURT_ACTIONS, *LATER_ACTIONS),
    clocks=(*INTAKE_CLOCKS, *JUDGMENT_CLOCKS, *BESIDE_CLOCKS),
    effects=EFFECTS,
    tables=(PROPER_DEFENDANT, COURT_LEVEL, SUED_IN_TIME, ATTENDANCE, APPEALABLE),
    documents=DOCUMENTS,
    registers=REGISTERS,
    indicators=INDICATORS,
    columns=COLUMNS,
    parameters=PARAMETERS,
    readings=READINGS,
    handling=Handling("handlers", {"assign": "handlers", "reassign": "handlers"}),
    advice=ADVICE,
    appointments={"hearing_at": Meeting("开庭", hearing_place, hearing_lawyers)},
)
