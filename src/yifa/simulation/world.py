"""The world of a simulated year: its own clock, and chance that belongs to the matter that is acting."""

from datetime import datetime
from random import Random
from uuid import UUID

from yifa.casework.world import SystemWorld


class SimulatedWorld(SystemWorld):
    """Everything real but the clock and chance: each matter brings its own, so that a seed gives the same year.

    What still differs between two runs: nonces, and so every ciphertext; serial numbers of rows.
    """

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self.moment = moment
        self.rng = Random(0)  # noqa: S311

    def now(self) -> datetime:
        return self.moment

    def salt(self) -> bytes:
        return self.rng.randbytes(16)

    def new_id(self) -> UUID:
        return UUID(bytes=self.rng.randbytes(16), version=4)
