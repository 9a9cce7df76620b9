"""Eligibility findings with every rule explained; OpenFisca's country template beside it, one by one and vectorised.

The two do different things, and the table says so: a Yifa finding keeps every rule tried with inputs and article;
OpenFisca computes a number (here `basic_income` and `housing_allowance` of its template) and keeps no reasons. One by
one is how a window works; vectorised is how a ministry estimates a budget.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from bench.measure import number, rate, table
from yifa import registry
from yifa.language.rules import explain
from yifa.lines.legal_aid import LEGAL_AID
from yifa.lines.legal_aid.eligibility import ELIGIBILITY, applicant
from yifa.lines.legal_aid.inputs import Asset, Member

PARAMETERS = registry.env_of(LEGAL_AID).parameters
DAY = date(2023, 7, 10)
MATTERS = ("traffic_injury", "labour_pay", "labour_relation", "support", "divorce")


def application(index: int) -> dict[str, Any]:
    """A household of three with a home; income varies so that all outcomes occur."""
    income = Decimal(1500 + 137 * (index % 40))
    return {
        "kind": "civil", "matter_code": MATTERS[index % 5], "groups": ["migrant_worker"] if index % 3 == 0 else [],
        "household": [Member(relation="applicant", income=income), Member(income=Decimal(3000)), Member(income=Decimal(0))],
        "assets": [Asset(kind="home", area=Decimal(80))], "spending_ground": "illness" if index % 4 == 0 else None,
        "per_capita_spending": Decimal(5000),
    }  # fmt: skip


APPLICATIONS = [application(index) for index in range(200)]


def findings() -> int:
    """From the application to the finding: the applicant's figures and the whole table."""
    for data in APPLICATIONS:
        ELIGIBILITY.find(applicant(data, DAY, PARAMETERS))
    return len(APPLICATIONS)


def printed() -> int:
    for data in APPLICATIONS:
        explain(ELIGIBILITY, ELIGIBILITY.find(applicant(data, DAY, PARAMETERS)))
    return len(APPLICATIONS)


def openfisca(persons: int) -> float | None:
    """Persons a second through OpenFisca's country template in simulations of `persons`."""
    try:
        import numpy as np
        from openfisca_core.simulation_builder import SimulationBuilder
        from openfisca_country_template import CountryTaxBenefitSystem
    except ImportError:
        return None
    system = CountryTaxBenefitSystem()

    def work() -> int:
        simulation = SimulationBuilder().build_default_simulation(system, count=persons)
        simulation.set_input("salary", "2023-07", np.full(persons, 1500.0))
        simulation.set_input("age", "2023-07", np.full(persons, 35))
        simulation.calculate("basic_income", "2023-07")
        simulation.calculate("income_tax", "2023-07")
        return persons

    return rate(work)


def main() -> None:
    """Print the table."""
    found, shown = rate(findings), rate(printed)
    single, many = openfisca(1), openfisca(10_000)
    beside = (
        f"OpenFisca one by one {number(single)}/s (×{found / single:.0f})"
        if single
        else "OpenFisca not installed"
    )
    bulk = f"OpenFisca vectorised {number(many)}/s, a number without reasons" if many else ""
    table([
        ("eligibility findings, all rules explained", f"{number(found)}/s", beside, "goal 50,000/s"),
        ("the same, printed in Chinese", f"{number(shown)}/s", bulk, ""),
    ])  # fmt: skip


if __name__ == "__main__":
    main()
