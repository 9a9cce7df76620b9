"""行政复议: administrative reconsideration under the 2017 and 2023 law."""

from yifa.lines.reconsideration.line import RECONSIDERATION

__all__ = ["RECONSIDERATION"]
