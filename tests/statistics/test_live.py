"""All queries of a figure see the same rows."""

import pytest
from django.db import connection, transaction

from tests.statistics.conftest import CUT
from yifa.statistics.live import live


@pytest.mark.django_db(transaction=True)
def test_outermost_it_is_one_snapshot_of_the_database() -> None:
    with live(CUT), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_that_one_decides() -> None:
    with transaction.atomic(), live(CUT), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)
