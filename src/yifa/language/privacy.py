"""Which fields of an input tell something of a person, and of what kind: what readers are shown is decided by it.

A field that admits free text is personal unless its name is known to be harmless: what nobody thought of is masked,
not shown. A line says otherwise on the field: `phone: Annotated[str, Personal("phone")]`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel


class Personal(NamedTuple):
    """A field about a person. `kind` chooses the mask; `sensitive`: 个人信息保护法 第二十八条."""

    kind: str
    sensitive: bool = False


PLAIN = Personal("plain")
TEXT = Personal("text")

# Fields by name, where the field itself says nothing. What is not here and admits text is TEXT.
BY_NAME: Mapping[str, Personal] = {
    "id_number": Personal("id_number"), "id_no": Personal("id_number"), "credit_code": Personal("uscc"),
    "phone": Personal("phone"), "contact": Personal("contact"), "email": Personal("email"),
    "address": Personal("address"), "service_address": Personal("address"),
    "bank_account": Personal("bank_account", sensitive=True), "account": Personal("bank_account", sensitive=True),
    "name": Personal("name"), "applicant": Personal("name"), "applicants": Personal("name"), "agent": Personal("name"),
    "agents": Personal("name"), "representative": Personal("name"), "representatives": Personal("name"),
    "person": Personal("name"), "persons": Personal("name"), "third_parties": Personal("name"), "who": Personal("name"),
    "receiver": Personal("name"), "witness": Personal("name"), "id": Personal("name"), "party": Personal("name"),
    "principal": Personal("name"), "opponent": Personal("name"), "parties": Personal("name"),
    "birth_date": Personal("birth_date"), "gender": Personal("gender"),
} | dict.fromkeys(
    ("doc_no", "case_no", "organ", "to_organ", "window_code", "matter_code", "organ_case_no", "court", "document", "sha256",
     "code", "competent_agency", "receiving_agency", "transferred_from", "agency", "handlers", "approved_by", "respondents",
     "firm", "lead_organ", "street", "station", "court_case_no", "reconsideration_case", "litigation_case", "mediators",
     "version", "month", "rule", "rule_path", "materials", "id_type", "case", "stage", "clock", "server", "to_handler"),
    PLAIN,
)  # fmt: skip


def personal(model: type[BaseModel] | None, name: str) -> Personal:
    """What a field of this name in this input (or anywhere inside it) tells; PLAIN for codes, numbers and days."""
    known = fields(model) if model is not None else {}
    if name in known:
        return known[name]
    return BY_NAME.get(name, TEXT)


@cache
def fields(model: type[BaseModel]) -> Mapping[str, Personal]:
    """Every field name in this input and the inputs inside it."""
    found: dict[str, Personal] = {}
    for name, info in model.model_fields.items():
        said = next((m for m in info.metadata if isinstance(m, Personal)), None)
        found[name] = said or BY_NAME.get(name) or (TEXT if _admits_text(info.annotation) else PLAIN)
        for inner in _models(info.annotation):
            found = {**fields(inner), **found}
    return found


def _admits_text(annotation: Any) -> bool:
    if annotation is str or annotation is Any:
        return True
    return get_origin(annotation) is not Literal and any(_admits_text(part) for part in get_args(annotation))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for part in get_args(annotation):
        yield from _models(part)


class Leaf(NamedTuple):
    """One value inside the data of an act: where it is, the name of the field it stands in, the value, and the key it
    stands under where a field holds values by key (by party, say). Keys never stand in the path: they may be names.
    """

    path: str
    name: str
    value: Any
    key: str = ""


def leaves(data: Mapping[str, Any], model: type[BaseModel] | None = None) -> Iterator[Leaf]:
    """Every single value of an act's canonical data (plain JSON), in order."""
    known = None if model is None else frozenset(fields(model))
    for name, value in data.items():
        yield from _inside(value, name, name, "", known)


def _inside(value: Any, path: str, name: str, key: str, known: frozenset[str] | None) -> Iterator[Leaf]:
    if isinstance(value, Mapping):
        for index, (inner, item) in enumerate(value.items()):
            if known is None or inner in known:
                yield from _inside(item, f"{path}.{inner}", inner, key, known)
            else:
                yield from _inside(item, f"{path}.{index}", name, inner, known)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _inside(item, f"{path}.{index}", name, key, known)
    else:
        yield Leaf(path, name, value, key)
