"""Floor 2: the decider. `decide`, `evolve` and `derive` over the declarations of a line."""

from yifa.engine.available import Availability, available
from yifa.engine.decide import decide, needs, note, questions
from yifa.engine.derive import Derived, Reading, derive
from yifa.engine.fold import advance, empty, evolve, fold, refold

__all__ = [
    "Availability",
    "Derived",
    "Reading",
    "advance",
    "available",
    "decide",
    "derive",
    "empty",
    "evolve",
    "fold",
    "needs",
    "note",
    "questions",
    "refold",
]
