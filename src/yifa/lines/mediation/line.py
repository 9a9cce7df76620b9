"""人民调解, put together."""

from datetime import date

from yifa.language.line import Handling, Line, Version
from yifa.lines.mediation.actions import INTAKE_ACTIONS, SCREENING_ACTIONS
from yifa.lines.mediation.actions_after import AFTER_ACTIONS
from yifa.lines.mediation.actions_conduct import CONDUCT_ACTIONS
from yifa.lines.mediation.actions_other import OTHER_ACTIONS
from yifa.lines.mediation.advice import ADVICE
from yifa.lines.mediation.clocks import MEDIATION_CLOCKS
from yifa.lines.mediation.clocks_after import AFTER_CLOCKS
from yifa.lines.mediation.confirmation import CONFIRM_COURT, CONFIRM_COURT_2011, CONFIRM_COURT_2021
from yifa.lines.mediation.documents import DOCUMENTS
from yifa.lines.mediation.effects import EFFECTS
from yifa.lines.mediation.indicators import COLUMNS, INDICATORS
from yifa.lines.mediation.law import COMMERCIAL_2026, LOCAL_2025, READINGS
from yifa.lines.mediation.parameters import PARAMETERS
from yifa.lines.mediation.registers import REGISTERS
from yifa.lines.mediation.routing import ROUTING, ROUTING_2017, ROUTING_2024
from yifa.lines.mediation.stages import PARTY_SETS, ROLES, STAGES

MEDIATION = Line(
    code="mediation",
    title="人民调解",
    package="yifa.lines.mediation",
    roles=ROLES,
    party_sets=PARTY_SETS,
    versions=(
        Version("confirm-2011", until=date(2021, 12, 31), title="司法确认若干规定（2011年）"),
        Version("confirm-2022", since=date(2022, 1, 1), until=date(2023, 12, 31), title="民事诉讼法（2021年修正）"),
        Version("confirm-2024", since=date(2024, 1, 1), title="民事诉讼法（2023年修正）"),
        # Beside the law of confirmation: the city's regulation, and the permission of commercial bodies.
        Version("local-gz-2025", since=LOCAL_2025, title="广州市矛盾纠纷多元化解条例（2025年）", by=("registered_on",)),
        Version("commercial-2026", since=COMMERCIAL_2026, title="商事调解条例（2026年）", by=("accepted_on",),
                only=("committee_kind", "commercial")),
    ),
    # The law of confirmation is that of the application; before one is made, of the agreement, else of the registration.
    governing=("confirm_law_on", "agreed_on", "registered_on"),
    final_when=frozenset({"apply_confirm", "close", "fail", "refuse", "withdraw", "route"}),
    stages=STAGES,
    actions=(*SCREENING_ACTIONS, *INTAKE_ACTIONS, *CONDUCT_ACTIONS, *AFTER_ACTIONS, *OTHER_ACTIONS),
    clocks=(*MEDIATION_CLOCKS, *AFTER_CLOCKS),
    effects=EFFECTS,
    tables=(ROUTING, ROUTING_2024, ROUTING_2017, CONFIRM_COURT, CONFIRM_COURT_2021, CONFIRM_COURT_2011),
    documents=DOCUMENTS,
    registers=REGISTERS,
    indicators=INDICATORS,
    columns=COLUMNS,
    parameters=PARAMETERS,
    readings=READINGS,
    handling=Handling("mediators", {"choose_mediator": "ids"}),
    advice=ADVICE,
)  # fmt: skip
