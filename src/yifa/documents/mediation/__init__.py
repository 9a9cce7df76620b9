"""The documents of mediation 人民调解."""

from yifa.documents.mediation.derive import PAPERS
from yifa.documents.mediation.templates import MEDIATION

__all__ = ["MEDIATION", "PAPERS"]
