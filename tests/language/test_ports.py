"""Questions and what ports find: answers as an act stores them."""

from datetime import date

from yifa.language.actions import Need
from yifa.language.ports import Found, Question, Told, settle

DAY = date(2024, 3, 5)


def question(code: str, key: object = "1", **more: object) -> Question:
    return Question(Need(code, lambda view, command: key, **more), key, "test", DAY)  # type: ignore[arg-type]


def test_answers_are_made_of_what_was_found() -> None:
    asked = (question("raw"), question("made", answer=lambda key, rows: (key, len(rows))))
    found = {"raw": Found((1, 2), "r@1"), "made": Found((1, 2), "m@2")}
    assert settle(asked, found) == {"raw": (1, 2), "made": ("1", 2), "sources": {"raw": "r@1", "made": "m@2"}}


def test_what_has_no_key_is_empty_and_what_was_not_found_is_unanswered() -> None:
    assert settle((question("none", None), question("lost")), {}) == {"none": ()}
    assert settle((), {}) == {}


def test_answers_told_beforehand() -> None:
    port = Told({"a": 1}, "test@1")
    assert port.ask((question("a"), question("b"))) == {"a": Found(1, "test@1")}
    assert port.snapshot() is port
