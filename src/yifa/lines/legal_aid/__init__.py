"""法律援助: legal aid under the law of 2021, its procedure rules and the local rules."""

from yifa.lines.legal_aid.line import LEGAL_AID

__all__ = ["LEGAL_AID"]
