"""Nothing of a person reaches the log, by any way in."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from yifa.platform import logs

NAME, NUMBER, PHONE, ADDRESS = "测试甲某", "11010519491231002X", "13800000000", "测试路9号"
PEOPLE = (NAME, NUMBER, PHONE, ADDRESS)


@pytest.fixture
def written() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What was written, as entries; asserts that nobody is in it."""
    stream = io.StringIO()
    settings = logs.django_logging("DEBUG", "json")
    formatter = settings["formatters"]["structured"]
    handler = logging.StreamHandler(stream)
    made = {name: value for name, value in formatter.items() if name != "()"}
    handler.setFormatter(formatter["()"](**made))
    logger = logging.getLogger("yifa.test")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.DEBUG)
    logs.configure()

    def read() -> list[dict[str, Any]]:
        text = stream.getvalue()
        assert not [person for person in PEOPLE if person in text], text
        return [json.loads(line) for line in text.splitlines()]

    yield read
    logger.handlers, logger.propagate = [], True
    structlog.reset_defaults()
    logs.configure()


def ours() -> Any:
    return structlog.get_logger("yifa.test")


def test_ids_codes_and_counts_are_kept(written: Callable[[], list[dict[str, Any]]]) -> None:
    ours().info(
        "case_opened", case="3f2504e0-4f89-11d3-9a0c-0305e82c3301", actor=7, ok=True, ms=1.5, none=None
    )
    (entry,) = written()
    assert entry.pop("at").endswith("Z")
    assert entry == {
        "event": "case_opened", "case": "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "actor": 7, "ok": True, "ms": 1.5,
        "none": None, "level": "info", "logger": "yifa.test",
    }  # fmt: skip


@pytest.mark.parametrize("key", sorted(logs.PRIVATE_KEYS))
def test_private_keys_are_dropped_at_any_depth(key: str, written: Callable[[], list[dict[str, Any]]]) -> None:
    ours().info("x", **{key: NAME, "detail": {"rows": [{key.upper(): ADDRESS}]}})
    (entry,) = written()
    assert entry[key] == logs.OMITTED
    assert entry["detail"]["rows"][0][key.upper()] == logs.OMITTED


@pytest.mark.parametrize(
    "value", [NUMBER, f"tel {PHONE}", int(PHONE), NUMBER.encode(), [NUMBER], {"k": (PHONE,)}, {NUMBER: 1}]
)
def test_numbers_of_people_are_scrubbed(value: object, written: Callable[[], list[dict[str, Any]]]) -> None:
    ours().warning("x", what=value)
    ours().warning(f"event with {NUMBER}")
    assert len(written()) == 2


def test_of_an_exception_type_and_place_remain(written: Callable[[], list[dict[str, Any]]]) -> None:
    try:
        try:
            raise KeyError(NAME)
        except KeyError as error:
            raise ValueError(f"{NAME} {ADDRESS}") from error
    except ValueError:
        ours().exception("failed")
        logging.getLogger("yifa.test").exception("failed too")
    for entry in written():
        assert [part["type"] for part in entry["exception"]] == ["ValueError", "KeyError"]
        assert "test_logs.py" in entry["exception"][0]["at"][0]


def test_records_of_other_libraries_pass_the_same_net(written: Callable[[], list[dict[str, Any]]]) -> None:
    logger = logging.getLogger("yifa.test")
    logger.warning("Not found: /people/%s", NUMBER, extra={"request": NAME, "sql": ADDRESS})
    logger.error("bad", exc_info=ValueError(NAME), stack_info=True)
    first, second = written()
    assert first["event"] == "Not found: /people/[身份证号]"
    assert second["exception"] == [{"type": "ValueError", "at": []}]


def test_context_is_merged_and_scrubbed(written: Callable[[], list[dict[str, Any]]]) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r1", phone=PHONE):
        ours().info("x")
    (entry,) = written()
    assert (entry["request_id"], entry["phone"]) == ("r1", logs.OMITTED)


def test_statements_are_never_logged() -> None:
    settings = logs.django_logging("DEBUG", "json")
    assert settings["loggers"]["django.db.backends"] == {"level": "CRITICAL", "propagate": False}


@pytest.mark.parametrize("form", ["json", "console"])
def test_the_configuration_is_one_python_takes(form: str) -> None:
    logging.config.DictConfigurator(logs.django_logging("INFO", form)).configure_formatter(
        logs.django_logging("INFO", form)["formatters"]["structured"]
    )


def test_the_console_shows_an_exception_without_its_text() -> None:
    formatter = logs.django_logging("DEBUG", "console")["formatters"]["structured"]
    made = formatter["()"](**{name: value for name, value in formatter.items() if name != "()"})
    record = logging.LogRecord("yifa.test", logging.ERROR, __file__, 1, "failed", (), None)
    try:
        raise ValueError(NAME)
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    text = made.format(record)
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert NAME not in text
