"""Floor 2: the decider. `decide`, `evolve` and `derive` over the declarations of a line."""

from yifa.engine.decide import decide, needs
from yifa.engine.derive import Derived, Reading, derive
from yifa.engine.fold import empty, evolve, fold

__all__ = ["Derived", "Reading", "decide", "derive", "empty", "evolve", "fold", "needs"]
