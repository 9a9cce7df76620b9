"""Model fields for personal data: sealed in the row, opened only when somebody reads them, found by blind index.

A sealed value is bound to its table, column and row: copied anywhere else, it does not open. So the row's key must be
known before it is saved (a UUID with a default), and clear text can neither be filtered by nor bulk-updated.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from yifa.platform import crypto

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
    BytesField = models.BinaryField[Any, Any]
else:  # generic for the type checker only
    AnyField, BytesField = models.Field, models.BinaryField


def meta(model: Any) -> Any:
    """A model's options: a public interface of Django under a private name."""
    return model._meta  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ciphertext as it stands in the row; its repr tells nothing."""

    data: bytes = field(repr=False)


def place(table: str, column: str, key: object) -> bytes:
    """The context a ciphertext is bound to."""
    return f"{table}.{column}:{key}".encode()


class SealedAttribute(DeferredAttribute):
    """Gives the clear text; opening happens here and not when the row is loaded."""

    field: Any

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if not isinstance(value, Sealed):
            return value
        return crypto.decrypt(value.data, self.field.place_of(instance))

    def __set__(self, instance: Any, value: Any) -> None:
        """Being set makes this a data descriptor: reading comes here even when the instance holds a value."""
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(AnyField):
    """A text stored as AES-256-GCM ciphertext (bytea)."""

    descriptor_class = SealedAttribute
    empty_strings_allowed = True

    def get_internal_type(self) -> str:
        return "BinaryField"

    def place_of(self, instance: models.Model) -> bytes:
        return place(meta(instance).db_table, str(self.column), instance.pk)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """A value that was never opened goes back as it came; a text is sealed anew."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(crypto.encrypt(str(value), self.place_of(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name}: clear text cannot be a query value; filter by its blind index")
        return connection.Database.Binary(value.data)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is not serialised: clear text must not leave in a dump")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not meta(self.model).pk.has_default():
            found.append(checks.Error("主键须在保存之前已知（UUID 加默认值）", obj=self, id="platform.E001"))
        return found


class BlindIndexField(BytesField):
    """Companion of an EncryptedTextField: `BlindIndexField(source="id_number", kind="id_number")`.

    Look up with `filter(id_number_blind=blind_index("id_number", "…"))`. When saving with `update_fields`, name
    both fields.
    """

    def __init__(self, *args: Any, source: str = "", kind: str = "", **kwargs: Any) -> None:
        self.source, self.kind = source, kind
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "kind": self.kind}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Follows the source; an unopened source has not changed."""
        raw = model_instance.__dict__.get(self.source)
        if not isinstance(raw, Sealed):
            value = None if raw is None else crypto.blind_index(self.kind, str(raw))
            setattr(model_instance, self.attname, value)
        return super().pre_save(model_instance, add)


def encrypted_columns(model: type[models.Model]) -> list[str]:
    """Names of the sealed columns of a model."""
    return [str(f.column) for f in meta(model).concrete_fields if isinstance(f, EncryptedTextField)]
