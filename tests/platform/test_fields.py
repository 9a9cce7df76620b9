"""Sealed fields and the re-encryption of what they hold, on the conflicts of interest."""

import os
from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.core import checks, serializers
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext, isolate_apps
from django.utils import timezone

from yifa.people.models import Conflict, User
from yifa.platform import config, crypto, rotation
from yifa.platform.crypto import blind_index
from yifa.platform.fields import EncryptedTextField, Sealed
from yifa.platform.rotation import SealedColumn

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NUMBER, OTHER = "11010519491231002X", "440106199001011239"
NOW = timezone.make_aware(datetime(2024, 3, 1, 9))


@pytest.fixture
def user() -> User:
    return User.objects.create(login="tester", display_name="测试员")


@pytest.fixture
def conflict(user: User) -> Conflict:
    return make(user, NUMBER)


def make(user: User, number: str) -> Conflict:
    return Conflict.objects.create(user=user, ground="relative", declared_at=NOW, person_id_number=number)


def stored(conflict: Conflict) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id_number FROM people_conflict WHERE id = %s", [conflict.pk])
        return bytes(cursor.fetchone()[0])


def test_the_row_holds_no_clear_text(conflict: Conflict) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id_number::text || person_blind::text || c::text FROM people_conflict c"
        )
        assert NUMBER not in cursor.fetchone()[0]
    assert NUMBER.encode() not in stored(conflict)


def test_it_is_read_back_and_only_opened_when_read(conflict: Conflict) -> None:
    again = Conflict.objects.get(pk=conflict.pk)
    assert isinstance(again.__dict__["person_id_number"], Sealed)
    assert again.person_id_number == NUMBER


def test_it_is_found_by_blind_index_in_any_spelling(conflict: Conflict, user: User) -> None:
    make(user, OTHER)
    found = Conflict.objects.filter(person_blind=blind_index("id_number", NUMBER.lower()))
    assert [row.pk for row in found] == [conflict.pk]


def test_saving_an_unopened_row_leaves_the_ciphertext(conflict: Conflict) -> None:
    before = stored(conflict)
    Conflict.objects.get(pk=conflict.pk).save()
    assert stored(conflict) == before


def test_a_new_value_moves_the_index_with_it(conflict: Conflict) -> None:
    conflict.person_id_number = OTHER
    conflict.save()
    again = Conflict.objects.get(pk=conflict.pk)
    assert again.person_id_number == OTHER
    assert bytes(again.person_blind) == blind_index("id_number", OTHER)


def test_nothing_stays_nothing(user: User) -> None:
    row = Conflict.objects.create(user=user, ground="case", declared_at=NOW, case=uuid4())
    assert Conflict.objects.get(pk=row.pk).person_id_number is None
    assert Conflict.objects.filter(person_id_number__isnull=True).count() == 1


def test_deferred_and_refreshed(conflict: Conflict) -> None:
    assert Conflict.objects.defer("person_id_number").get(pk=conflict.pk).person_id_number == NUMBER
    conflict.refresh_from_db()
    assert conflict.person_id_number == NUMBER


def test_bulk_create_seals_too(user: User) -> None:
    (row,) = Conflict.objects.bulk_create(
        [Conflict(user=user, ground="relative", declared_at=NOW, person_id_number=NUMBER)]
    )
    assert Conflict.objects.get(pk=row.pk).person_id_number == NUMBER
    assert NUMBER.encode() not in stored(row)


def test_a_ciphertext_copied_to_another_row_does_not_open(conflict: Conflict, user: User) -> None:
    other = make(user, OTHER)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_conflict SET person_id_number = %s WHERE id = %s", [stored(conflict), other.pk]
        )
    with pytest.raises(InvalidTag):
        Conflict.objects.get(pk=other.pk).person_id_number  # noqa: B018


def test_clear_text_is_no_query_value(conflict: Conflict) -> None:
    with pytest.raises(FieldError):
        Conflict.objects.filter(person_id_number=NUMBER)
    with pytest.raises(TypeError, match="blind index"):
        Conflict.objects.update(person_id_number=OTHER)


def test_it_does_not_leave_in_a_dump(conflict: Conflict) -> None:
    with pytest.raises(TypeError, match="dump"):
        serializers.serialize("json", [conflict])


def test_repr_tells_nothing_of_the_clear_text(conflict: Conflict) -> None:
    again = Conflict.objects.get(pk=conflict.pk)
    assert NUMBER not in repr(again.__dict__)


@isolate_apps("yifa.people")
def test_a_row_key_must_be_known_before_saving() -> None:
    class Serial(models.Model):
        secret = EncryptedTextField()

        class Meta:
            app_label = "people"

    found: list[checks.CheckMessage] = Serial.check()
    assert "platform.E001" in [message.id for message in found]


# ------------------------------------------------------------------ rotation


@pytest.fixture
def new_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A new key in front of the old ones, from the next `vault.cache_clear()` on."""
    crypto.vault()
    old = config.Config(os.environ)[config.DATA_KEYS]
    monkeypatch.setenv("YIFA_DATA_KEYS", ",".join(key.hex() for key in [b"\x42" * 32, *old]))
    yield
    crypto.vault.cache_clear()


def left() -> int:
    return rotation.remaining()["people_conflict.person_id_number"]


def test_rotation_in_batches(user: User, new_key: None) -> None:
    rows = [make(user, NUMBER) for _ in range(5)]
    crypto.vault.cache_clear()
    assert left() == 5
    assert [step.done for step in rotation.rotate(batch=2)] == [2, 4, 5]
    assert left() == 0
    assert all(crypto.vault().is_current(stored(row)) for row in rows)
    assert {Conflict.objects.get(pk=row.pk).person_id_number for row in rows} == {NUMBER}
    assert list(rotation.rotate()) == []


def test_stopped_it_goes_on_where_it_was(user: User, new_key: None) -> None:
    for _ in range(4):
        make(user, NUMBER)
    crypto.vault.cache_clear()
    steps = rotation.rotate(batch=3)
    assert next(steps).done == 3
    steps.close()
    assert left() == 1
    assert sum(step.done for step in rotation.rotate()) == 1


def test_a_row_that_does_not_open_stops_the_rotation_and_names_no_one(
    conflict: Conflict, new_key: None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_conflict SET person_id_number = set_byte(person_id_number, 20, 0)")
        cursor.execute("UPDATE people_conflict SET person_id_number = set_byte(person_id_number, 21, 0)")
    crypto.vault.cache_clear()
    with pytest.raises(InvalidTag):
        list(rotation.rotate())
    assert left() == 1


def test_a_batch_is_read_in_one_query(user: User, new_key: None) -> None:
    for _ in range(3):
        make(user, NUMBER)
    crypto.vault.cache_clear()
    with CaptureQueriesContext(connection) as queries:
        list(rotation.rotate(batch=10))
    assert (
        sum(
            'FROM "people_conflict"' in query["sql"] and query["sql"].startswith("SELECT")
            for query in queries
        )
        == 2
    )  # one batch, one empty


def test_other_columns_are_announced(
    conflict: Conflict, new_key: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "_registered", [])
    column = SealedColumn("people_conflict", "person_id_number", ("id",), lambda key: str(key).encode())
    rotation.register(column)
    rotation.register(column)
    assert rotation.columns().count(column) == 1
