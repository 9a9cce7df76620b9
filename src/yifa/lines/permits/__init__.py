"""行政许可: so far only the registers it owns for all lines."""

from yifa.lines.permits.registers import REGISTERS

__all__ = ["REGISTERS"]
