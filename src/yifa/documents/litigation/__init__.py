"""The documents of responding to lawsuits 行政应诉."""

from yifa.documents.litigation.derive import PAPERS
from yifa.documents.litigation.templates import LITIGATION

__all__ = ["LITIGATION", "PAPERS"]
