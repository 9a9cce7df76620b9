"""What the migration makes of old commitments is what the ledger packs."""

import json

import pytest
from django.db import connection

from yifa.ledger.commitments import pack, unpack
from yifa.platform.packing import packed_commitments

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
OLD = [
    {"meta.action": b"\1" * 32, "Data.Z": b"\0" * 32, "data.a_b-c": bytes(range(32)), "data.a": b"\xff" * 32},
    {"one": b"\n" * 32},
]


def test_old_commitments_become_packed_ones() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE chained (id int, commitments jsonb NOT NULL) ON COMMIT DROP")
        for number, row in enumerate(OLD):
            text = json.dumps({name: value.hex() for name, value in row.items()})
            cursor.execute("INSERT INTO chained VALUES (%s, %s::jsonb)", (number, text))
        for statement in str(packed_commitments("chained", "chained").sql).split(";\n"):
            if statement.strip():
                cursor.execute(statement)
        cursor.execute("SELECT commitments FROM chained ORDER BY id")
        found = [bytes(value) for (value,) in cursor.fetchall()]
    for row, packed in zip(OLD, found, strict=True):
        names = tuple(sorted(row))
        assert packed == pack(names, b"".join(row[name] for name in names))
        assert unpack(packed) == row
