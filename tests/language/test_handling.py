"""Who handles a case, read from its facts as the line declares: alone or among others, and who is named beside them."""

from typing import Any

import pytest

from yifa.language.line import Handling

MANY, ALONE = Handling("handlers", {}), Handling("person", {}, alone=True, beside=("firm", "helpers"))


@pytest.mark.parametrize(
    ("handling", "facts", "named", "near"),
    [
        (MANY, {}, "", ""), (MANY, {"handlers": None}, "", ""), (MANY, {"handlers": []}, "", ""),
        (MANY, {"handlers": ["a", "b"]}, "ab", "ab"), (MANY, {"handlers": ("a",)}, "a", "a"),
        (MANY, {"handlers": [1, 2]}, "12", "12"), (MANY, {"handlers": 7}, "7", "7"),
        (MANY, {"person": "a", "firm": "f"}, "", ""),
        (ALONE, {"person": "a"}, "a", "a"), (ALONE, {"person": "a", "firm": "f"}, "a", "af"),
        (ALONE, {"firm": "f", "helpers": ["g", "h"]}, "", "fgh"), (ALONE, {"handlers": ["b"]}, "", ""),
    ],
)  # fmt: skip
def test_who_is_named(handling: Handling, facts: dict[str, Any], named: str, near: str) -> None:
    assert handling.named(facts) == set(named)
    assert handling.near(facts) == set(near)


def test_a_name_is_not_read_letter_by_letter() -> None:
    assert MANY.named({"handlers": "440106-s1-m1"}) == {"440106-s1-m1"}
