"""Random but well-formed input for any act, made from its input model; so that every line is tried alike."""

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from pydantic import BaseModel

WORDS = ("甲", "乙", "丙", "某局", "测试说明文字不少于十个字")
FIRST = date(2023, 10, 1)


def some_day(rng: Random, around: date | None = None) -> date:
    """A day near another, or somewhere in the year around the change of the law."""
    if around is not None:
        return around + timedelta(days=rng.randint(-12, 12))
    return FIRST + timedelta(days=rng.randint(0, 400))


def fields(model: type[BaseModel], rng: Random, around: date, *, complete: bool) -> dict[str, Any]:
    """Data for `model`: all required fields if `complete`, the others by chance."""
    schema = _schema(model)
    required = set(schema.get("required", ()))
    data: dict[str, Any] = {}
    for name, rule in schema["properties"].items():
        if (complete and name in required) or rng.random() < 0.25:
            value = _value(rule, schema, rng, around)
            if value is not None:
                data[name] = value
    return data


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _value(rule: dict[str, Any], schema: dict[str, Any], rng: Random, around: date) -> Any:
    if "$ref" in rule:
        return _value(schema["$defs"][rule["$ref"].split("/")[-1]], schema, rng, around)
    if rule.get("examples"):
        return rng.choice(rule["examples"])
    if "anyOf" in rule:
        return _value(rng.choice(rule["anyOf"]), schema, rng, around)
    if "enum" in rule:
        return rng.choice(rule["enum"])
    if "const" in rule:
        return rule["const"]
    return _MAKERS.get(rule.get("type", ""), _nothing)(rule, schema, rng, around)


def _string(rule: dict[str, Any], schema: dict[str, Any], rng: Random, around: date) -> str:
    if rule.get("format") == "date":
        return some_day(rng, around).isoformat()
    if rule.get("format") == "date-time":
        return f"{some_day(rng, around).isoformat()}T{rng.randint(0, 23):02}:00"
    if "pattern" in rule:
        return str(rng.randint(1, 5000))
    return WORDS[-1] if rule.get("minLength", 0) > 1 else rng.choice(WORDS)


def _number(rule: dict[str, Any], schema: dict[str, Any], rng: Random, around: date) -> int:
    low = int(rule.get("minimum", rule.get("exclusiveMinimum", 0))) + ("exclusiveMinimum" in rule)
    return rng.randint(low, int(rule.get("maximum", low + 40)))


def _array(rule: dict[str, Any], schema: dict[str, Any], rng: Random, around: date) -> list[Any]:
    count = rng.randint(rule.get("minItems", 0), max(rule.get("minItems", 0), 3))
    made = (_value(rule.get("items", {"type": "string"}), schema, rng, around) for _ in range(count))
    return [value for value in made if value is not None]


def _object(rule: dict[str, Any], schema: dict[str, Any], rng: Random, around: date) -> dict[str, Any]:
    required = set(rule.get("required", ()))
    chosen = (n for n in rule.get("properties", {}) if n in required or rng.random() < 0.3)
    made = {name: _value(rule["properties"][name], schema, rng, around) for name in chosen}
    return {name: value for name, value in made.items() if value is not None}


def _boolean(rule: dict[str, Any], schema: dict[str, Any], rng: Random, around: date) -> bool:
    default = rule.get("default")
    return bool(default) if isinstance(default, bool) and rng.random() < 0.7 else rng.random() < 0.5


def _nothing(rule: dict[str, Any], schema: dict[str, Any], rng: Random, around: date) -> None:
    return None


_MAKERS = {
    "string": _string, "integer": _number, "number": _number, "array": _array, "object": _object, "boolean": _boolean,
}  # fmt: skip
