"""One renderer for all tests; without fonts it fails with the message that says how to get them."""

import pytest

from yifa.documents.render import Renderer


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer()
