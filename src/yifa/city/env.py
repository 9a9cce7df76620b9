"""The environment of a city: calendar, parameters as the lines declare them and the city sets them, register edition."""

from collections.abc import Iterable

from yifa.city.model import City, Values
from yifa.language.acts import Env, ParameterValues
from yifa.language.line import Line
from yifa.language.records import ParameterDeclaration
from yifa.law.calendar import Calendar


class ParameterClashError(ValueError):
    """Two lines declare one parameter code with different values."""


def environment(city: City, lines: Iterable[Line], calendar: Calendar) -> Env:
    """Env for these lines in this city. Raises ParameterClashError, or KeyError for a value of an undeclared parameter."""
    table: dict[str, Values] = {}
    for line in lines:
        own = {p.code: _declared(p) for p in line.parameters}
        for code, values in city.parameters.get(line.code, {}).items():
            if code not in own:
                raise KeyError(f"{city.name}为业务条线“{line.code}”设定了未声明的参数“{code}”")
            own[code] = merge(own[code], values)
        for code, values in own.items():
            if table.setdefault(code, values) != values:
                raise ParameterClashError(f"参数“{code}”在不同业务条线中取值不同")
    return Env(calendar, ParameterValues(table), city.edition)


def _declared(parameter: ParameterDeclaration) -> Values:
    return tuple((v.since, v.value, v.source) for v in parameter.values)


def merge(declared: Values, local: Values) -> Values:
    """Declared values up to the first local one, then the local ones: the city takes over from that day on."""
    if not local:
        return declared
    first = local[0][0]
    return (*(row for row in declared if row[0] < first), *local)
