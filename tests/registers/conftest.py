"""A register of its own, declared for the tests only."""

from collections.abc import Iterator

import pytest

from tests.registers.support import CODE, LIST
from yifa import registry
from yifa.registers import importing, selectors, services


@pytest.fixture(autouse=True)
def test_register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`test.list` beside the real ones."""
    every = {**registry.registers(), CODE: registry.Owned("test", "测试", LIST)}
    monkeypatch.setattr(registry, "registers", lambda: every)
    monkeypatch.setattr(services, "registers", lambda: every)
    monkeypatch.setattr("yifa.registers.audit.registers", lambda: every)
    for module in (selectors, importing):
        monkeypatch.setattr(module, "register", lambda code: every[code])
    monkeypatch.setattr("yifa.registers.exporting.register", lambda code: every[code])
    monkeypatch.setattr("yifa.registers.fields.register", lambda code: every[code])
    monkeypatch.setattr("yifa.registers.unmasking.register", lambda code: every[code])
    monkeypatch.setattr("yifa.registers.answers.register", lambda code: every[code])
    yield
    selectors._types.cache_clear()
