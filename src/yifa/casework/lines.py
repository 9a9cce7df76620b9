"""Which lines this installation runs."""

from functools import cache
from importlib import import_module

from yifa.language.line import Line

LINES = {
    "reconsideration": ("yifa.lines.reconsideration", "RECONSIDERATION"),
    "legal_aid": ("yifa.lines.legal_aid", "LEGAL_AID"),
    "litigation": ("yifa.lines.litigation", "LITIGATION"),
    "mediation": ("yifa.lines.mediation", "MEDIATION"),
}


@cache
def line(code: str) -> Line:
    """The line of this code; loaded (and validated) on first use."""
    module, name = LINES[code]
    found: Line = getattr(import_module(module), name)
    return found
