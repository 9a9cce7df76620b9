"""However many entries a register has, a need is answered by looking into indexes: the plan is held, not the time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.registers.support import SYSTEM, at
from tests.registers.test_needs import enter, question
from yifa.registers.answers import RegistersPort
from yifa.registers.importing import merge

pytestmark = pytest.mark.django_db(transaction=True)


def plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}")
        return [row[0].strip() for row in cursor.fetchall()]


def test_a_need_reads_no_more_than_it_finds() -> None:
    enter("legal_aid.aid_pool", id="L-1", name="测试", licence="10000500")
    rows = [{"licence": f"{10_000_000 + n}", "name": f"测试{n}"} for n in range(3_000)]
    assert merge("permits.lawyers", rows, SYSTEM, at("2023-01-01")).entered == 3_000
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registers_version, registers_change")
    asked = question("legal_aid", "assign", "aid_person", "L-1", "2024-02-01")
    with CaptureQueriesContext(connection) as queries:
        found = RegistersPort().ask([asked])["aid_person"]
    assert found.value[0]["lawyers"][0]["licence"] == "10000500"
    lines = plan(queries.captured_queries[0]["sql"])
    scans = [
        line for line in lines if " on registers_" in line or " on version_" in line or "change_of" in line
    ]
    assert [line for line in scans if "Seq Scan" in line or "version_now" in line] == []
    assert all("rows=1.00" in line for line in scans), scans
