"""The world of a simulated year: its own clock, and chance that belongs to the matter that is acting."""

from datetime import date, datetime
from decimal import Decimal
from random import Random
from uuid import UUID

from yifa.casework.world import SystemWorld
from yifa.language.acts import ParameterValues

# Amounts the bureau has still to load, so that lawyers and mediators of the simulated year are paid.
SUBSIDIES = {
    kind: Decimal(amount)
    for kind, amount in {
        "labour": 1800, "civil": 1900, "admin": 1900, "crim_defence_notified": 2400,
        "crim_defence_applied": 2200, "compulsory_treatment": 2000,
    }.items()
}  # fmt: skip
_ROWS = [{"kind": kind, "stage": None, "area": None, "amount": amount} for kind, amount in SUBSIDIES.items()]
MEDIATED = {
    grade: Decimal(amount)
    for grade, amount in {"simple": 100, "general": 300, "difficult": 800, "major": 2000}.items()
}
_INVENTED = {
    code: ((date.min, rows, "模拟用的虚构标准"),)
    for code, rows in (("subsidy_table", _ROWS), ("mediation_subsidy_table", MEDIATED))
}


class SimulatedWorld(SystemWorld):
    """Everything real but the clock and chance: each matter brings its own, so that a seed gives the same year.

    What still differs between two runs: nonces, and so every ciphertext; serial numbers of rows; ids of register entries.

    reviewed  drafts go by the city's reviewers, and what a leader decides is drafted, reviewed and signed; otherwise acts are
    entered as signed, and none claims a trail that is not there.
    """

    def __init__(self, moment: datetime, *, reviewed: bool = True) -> None:
        super().__init__()
        self.reviewed = reviewed
        table = {**self.env.parameters.table, **_INVENTED}
        self.env = self.env._replace(parameters=ParameterValues(table))
        self.moment = moment
        self.rng = Random(0)  # noqa: S311

    def now(self) -> datetime:
        return self.moment

    def salts(self, count: int) -> bytes:
        return self.rng.randbytes(16 * count)

    def new_id(self) -> UUID:
        return UUID(bytes=self.rng.randbytes(16), version=4)

    def reviewers(self, line: str, action: str, organ: str) -> tuple[str, ...]:
        return super().reviewers(line, action, organ) if self.reviewed else ()
