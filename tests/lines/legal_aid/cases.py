"""Short hands for legal-aid tests: a well-filled application, a lawyer of the pool, cases driven to a stage."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.kernel import Case
from tests.lines import golden
from yifa import registry
from yifa.language.acts import EMPTY, Decision, Env
from yifa.lines.legal_aid import LEGAL_AID

TABLE = [
    {"kind": "labour", "stage": None, "area": None, "amount": 1800},
    {"kind": "crim_defence_notified", "stage": "first", "area": None, "amount": 2400},
]
LAWYER: dict[str, Any] = {
    "id": "L-1", "firm": "示例所", "practice_start": "2015-01-01", "criminal_start": "2016-01-01",
}  # fmt: skip
GOLDEN = golden.listed("legal_aid")


def env(**values: Any) -> Env:
    """The line's own parameters, a subsidy table, and what the test sets."""
    return registry.env_of(LEGAL_AID, {"subsidy_table": TABLE, **values})


def application(**changes: Any) -> dict[str, Any]:
    """A migrant worker asks for unpaid wages; whatever is set to None is left out."""
    data = {
        "applicant": "甲", "kind": "labour", "stage": "arbitration", "matter_code": "labour_pay",
        "groups": ["migrant_worker"], "mode": "documents", "received_at": "2023-10-09T09:00", "channel": "window",
        **changes,
    }  # fmt: skip
    return {name: value for name, value in data.items() if value is not None}


def notice(**changes: Any) -> dict[str, Any]:
    """A court's notice for a minor at first instance."""
    data = {
        "received_on": "2023-10-09", "notice_ground": "minor", "stage": "first", "name": "乙", "cause": "盗窃",
        "contact": "示例法院", "organ_case_no": "1号", **changes,
    }  # fmt: skip
    return {name: value for name, value in data.items() if value is not None}


class AidCase(Case):
    """A legal-aid case driven by commands."""

    def __init__(self, environment: Env | None = None, answers: Mapping[str, Any] = EMPTY) -> None:
        super().__init__(LEGAL_AID, environment or env(), answers)

    def status(self, clock: str) -> str:
        """State of the newest instance of a clock."""
        return self.view.clocks[clock][-1].state


def received(**changes: Any) -> AidCase:
    case = AidCase()
    case.do("receive", "2023-10-09", **application(**changes))
    return case


def granted(**changes: Any) -> AidCase:
    case = received(**changes)
    case.do("grant", "2023-10-12")
    return case


def assigned(**changes: Any) -> AidCase:
    case = granted(**changes)
    case.do("assign", "2023-10-13", lawyer=LAWYER)
    return case


def handling(**changes: Any) -> AidCase:
    case = assigned(**changes)
    case.do("sign_agreement", "2023-10-16")
    case.do("first_meeting", "2023-10-17")
    return case


def ended(**changes: Any) -> AidCase:
    case = handling(**changes)
    case.do("end", "2023-12-01", ended_on="2023-12-01", document="award")
    return case


def accepted(**changes: Any) -> AidCase:
    """The file is found complete."""
    case = ended(**changes)
    case.do("file_in", "2023-12-10", received_on="2023-12-10")
    case.do("file_accept", "2023-12-20")
    return case


def paid(**changes: Any) -> AidCase:
    case = accepted(**changes)
    case.do("pay", "2023-12-25", amount=Decimal(1800))
    return case


def refused() -> AidCase:
    case = received(groups=None, household=[{"relation": "applicant", "income": 4000}])
    case.do("refuse", "2023-10-12", rule="E6", reasons="收入高于标准")
    return case


def notified(**changes: Any) -> AidCase:
    case = AidCase()
    case.do("notify_in", "2023-10-09", **notice(**changes))
    return case


def defended(**changes: Any) -> AidCase:
    """Notified defence with a lawyer who knows minors."""
    case = notified(**changes)
    case.do("assign", "2023-10-11", lawyer={**LAWYER, "knows_minors": True})
    return case


def aid_first() -> AidCase:
    case = received(limitation_date="2023-10-14")
    case.do("aid_first", "2023-10-10", ground="limitation", step="arbitration")
    return case


def terminated() -> AidCase:
    case = handling()
    case.do("terminate", "2023-11-01", ground=6, firm_received_on="2023-11-02")
    return case


def refusals(decision: Decision) -> list[str]:
    """Codes of a refusal, or none if it was allowed; the articles are those listed."""
    return golden.codes(decision, GOLDEN)
