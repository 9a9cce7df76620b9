"""The documents of administrative reconsideration 行政复议, under the 2023 and the 2017 procedure."""

from yifa.documents.reconsideration.derive import PAPERS
from yifa.documents.reconsideration.templates import RECONSIDERATION

__all__ = ["PAPERS", "RECONSIDERATION"]
