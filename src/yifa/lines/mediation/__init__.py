"""人民调解: people's mediation, with administrative and commercial mediation and one-stop routing."""

from yifa.lines.mediation.line import MEDIATION

__all__ = ["MEDIATION"]
