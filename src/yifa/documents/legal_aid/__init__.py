"""The documents of legal aid 法律援助, under the law (from 2022) and the regulation before it."""

from yifa.documents.legal_aid.derive import PAPERS
from yifa.documents.legal_aid.templates import LEGAL_AID

__all__ = ["LEGAL_AID", "PAPERS"]
