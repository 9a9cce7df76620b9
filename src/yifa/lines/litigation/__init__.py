"""行政应诉: responding to administrative lawsuits, and settling administrative disputes before they come to court."""

from yifa.lines.litigation.line import LITIGATION

__all__ = ["LITIGATION"]
