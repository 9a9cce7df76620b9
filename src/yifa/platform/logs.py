"""Structured logs without people in them.

The rule: an entry names ids, codes and counts; never a payload, a form, a name or an address. The processors here are
the net below that rule: keys that hold people's data are dropped, whatever looks like a number of a person is masked,
and of an exception the type and the place are kept, not its text (a database error quotes the row).
"""

import logging
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from yifa.platform.masking import scrub

OMITTED = "[已略]"
PRIVATE_KEYS = frozenset({
    "payload", "data", "body", "form", "post", "clear", "value", "values", "text", "content", "params", "sql",
    "name", "display_name", "id_number", "phone", "mobile", "address", "email", "birth_date", "bank_account",
    "password", "secret", "token", "key", "authorization", "cookie", "session",
})  # fmt: skip
FRAMES = 12

Entry = MutableMapping[str, Any]


def drop_private(logger: Any, method: str, entry: Entry) -> Entry:
    """Processor: values under private keys are left out, at any depth; texts and numbers are scrubbed."""
    for key in list(entry):
        if not key.startswith("_"):
            entry[key] = _clean(key, entry[key])
    return entry


def _clean(key: object, value: Any) -> Any:
    if isinstance(key, str) and key.lower() in PRIVATE_KEYS:
        return OMITTED
    if isinstance(value, Mapping):
        return {_plain(k): _clean(k, v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean("", item) for item in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    """Booleans and small numbers as they are; everything else as scrubbed text."""
    if value is None or isinstance(value, bool | float):
        return value
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    clean = scrub(text)
    return value if isinstance(value, int) and clean == text else clean


def describe_exception(logger: Any, method: str, entry: Entry) -> Entry:
    """Processor: `exc_info` becomes type and frames; messages and local values are left out."""
    info = entry.pop("exc_info", None)
    if info is True:
        info = _current()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[1] is not None:
        entry["exception"] = [_one(error) for error in _chain(info[1])]
    return entry


def _current() -> Any:
    import sys

    return sys.exc_info()


def _chain(error: BaseException) -> list[BaseException]:
    found = [error]
    while (cause := found[-1].__cause__ or found[-1].__context__) and cause not in found:
        found.append(cause)
    return found


def _one(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return {"type": type(error).__qualname__, "at": [f"{f.filename}:{f.lineno} {f.name}" for f in frames]}


def drop_arguments(logger: Any, method: str, entry: Entry) -> Entry:
    """Processor for records of other libraries: what Django adds (request, sql, params) is not ours to keep."""
    record = entry.get("_record")
    if record is not None:
        record.exc_text = record.stack_info = None
    return entry


def spell_exception(logger: Any, method: str, entry: Entry) -> Entry:
    """Processor for the console, which wants a text where JSON has a list."""
    if "exception" in entry:
        entry["exception"] = "\n".join(
            f"{e['type']} {' < '.join(reversed(e['at']))}" for e in entry["exception"]
        )
    return entry


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    describe_exception,
    drop_private,
]


def django_logging(level: str, form: str) -> dict[str, Any]:
    """Django's LOGGING: everything through one formatter, on standard error. `form` is json or console."""
    rendering: dict[str, list[Any]] = {
        "json": [structlog.processors.JSONRenderer(ensure_ascii=False)],
        "console": [spell_exception, structlog.dev.ConsoleRenderer(colors=False)],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    drop_arguments,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *rendering[form],
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Statements with their values: never, whatever the level.
            "django.db.backends": {"level": "CRITICAL", "propagate": False},
            # What the queue says at INFO is that it is there.
            "procrastinate": {"level": "WARNING"},
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }


def configure() -> None:
    """Make `structlog.get_logger()` write through the standard loggers, with the same net."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        cache_logger_on_first_use=True,
    )
