"""Shared fixtures: the standard environment every derivation in the tests is made under."""

import pytest

from yifa.language.acts import Env, ParameterValues
from yifa.law.calendar import standard_calendar

pytest_plugins = ["tests.pg"]


@pytest.fixture(scope="session")
def env() -> Env:
    """The shipped calendar; no parameters."""
    return Env(standard_calendar(), ParameterValues({}))
