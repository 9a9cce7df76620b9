"""The made-up line of the kernel tests stands in the registry, so that the runner is tested apart from any law."""

import pytest

from yifa import registry


@pytest.fixture(autouse=True)
def _made_up_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """`line: test` is tests.kernel_line.TEST_LINE."""
    monkeypatch.setitem(registry.LINES, "test", ("tests.kernel_line", "TEST_LINE"))
