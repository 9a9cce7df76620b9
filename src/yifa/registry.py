"""Which business lines there are. A line is loaded (and validated) when it is first asked for."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from yifa.city.approvals import check as check_approvals
from yifa.city.env import environment
from yifa.city.load import load as load_city
from yifa.city.model import City
from yifa.language.acts import Env, ParameterValues
from yifa.language.line import Line
from yifa.language.records import Register
from yifa.language.validation import validate_registers
from yifa.law.calendar import standard_calendar

LINES = {
    "reconsideration": ("yifa.lines.reconsideration", "RECONSIDERATION"),
    "legal_aid": ("yifa.lines.legal_aid", "LEGAL_AID"),
    "litigation": ("yifa.lines.litigation", "LITIGATION"),
    "mediation": ("yifa.lines.mediation", "MEDIATION"),
}

# Owners of registers whose procedures are not written yet: their folder holds the registers and their law (ADR 10).
OWNERS = {"permits": ("yifa.lines.permits", "行政许可")}

CITY = "guangzhou"


def known() -> tuple[str, ...]:
    """Codes of the lines that are installed (a folder without `__init__.py` is not a line yet)."""
    return tuple(code for code, (module, _) in LINES.items() if _installed(module))


def _installed(module: str) -> bool:
    spec = find_spec(module)
    return spec is not None and spec.origin is not None


@cache
def line(code: str) -> Line:
    """The line of this code; KeyError names the codes there are."""
    if code not in known():
        raise KeyError(f"没有“{code}”这一业务条线，可用的有：{'、'.join(known())}")
    module, name = LINES[code]
    found: Line = getattr(import_module(module), name)
    return found


class Owned(NamedTuple):
    """A register and whose it is."""

    owner: str
    owner_title: str
    register: Register

    @property
    def code(self) -> str:
        """By what it is known everywhere: `owner.code`."""
        return f"{self.owner}.{self.register.code}"


@cache
def registers() -> Mapping[str, Owned]:
    """Every register there is, by `owner.code`. Raises LineError if one of them is not sound."""
    found = [Owned(code, line(code).title, r) for code in known() for r in line(code).registers]
    return {owned.code: owned for owned in (*found, *owned_without_line())}


def owned_without_line() -> tuple[Owned, ...]:
    """Registers of owners whose line is not written yet. Raises LineError if one of them is not sound."""
    found: list[Owned] = []
    for owner, (module, title) in OWNERS.items():
        own = tuple(import_module(module).REGISTERS) if owner not in known() else ()
        validate_registers(owner, own)
        found += [Owned(owner, title, register) for register in own]
    return tuple(found)


def register(code: str) -> Owned:
    """The register of this code; KeyError names the codes there are."""
    try:
        return registers()[code]
    except KeyError:
        raise KeyError(f"没有“{code}”这一名录，可用的有：{'、'.join(registers())}") from None


def env_of(found: Line, overrides: Mapping[str, Any] | None = None, city: str = CITY) -> Env:
    """The environment of one line in a city: shipped calendar, the city's parameter values, `overrides` on top."""
    env = environment(load_city(city), (found,), standard_calendar())
    if not overrides:
        return env
    fixed = {code: ((date.min, value, "指定值"),) for code, value in overrides.items()}
    return env._replace(parameters=ParameterValues({**env.parameters.table, **fixed}))


@cache
def city_of(code: str = CITY) -> City:
    """The city of this code, its approvals held against the lines. Raises CityError if its data are wrong."""
    found = load_city(code)
    check_approvals(found, tuple(line(name) for name in known()))
    return found


@cache
def city_env(city: str = CITY, lines: tuple[str, ...] | None = None) -> Env:
    """The environment of a city for these lines (all installed ones): the city's values over the declared ones.

    Raises CityError if the city's data are wrong, ParameterClashError if two lines disagree about a parameter.
    """
    found = (line(code) for code in (known() if lines is None else lines))
    return environment(load_city(city), found, standard_calendar())
