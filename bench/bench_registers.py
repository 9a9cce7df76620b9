"""Registers on PostgreSQL: a table read in, read in again, changed; the list of a day; answers to needs.

Beside each figure stands the raw ceiling in the same run: the finished rows by COPY with the same indexes, the same rows by a plain
SELECT that returns what the reading returns. Wall-clock, one process, a database of its own with fsync on; reads are the best
of three. Run: python -m bench registers
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bench import crash
from bench.measure import number, table

ENTRIES = 20_000
QUESTIONS = 400
CODE = "legal_aid.aid_pool"
DAY = date(2024, 6, 3)
TABLES = ("registers_entry", "registers_change", "registers_version")
Line = tuple[str, str, str, str]


def pool(changed: int = 0) -> bytes:
    """The pool of those who give legal aid as a file; every tenth member has moved to another firm when `changed`."""
    from yifa.platform import sheets

    header = ("人员编号", "姓名", "身份", "机构", "执业起始日", "起始日期", "状态")
    rows = (
        (f"L-{n}", f"测试律师{n}", "lawyer", f"示例所{n % 50 + (changed if n % 10 == 0 else 0)}", "2015-01-01", "2020-01-01", "")
        for n in range(ENTRIES)
    )  # fmt: skip
    return sheets.to_csv(header, rows)


def moment(month: int) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime(2024, month, 3, 9))


def loaded(data: bytes, month: int) -> tuple[Any, float]:
    """What a file did, and how long that took."""
    from yifa.language.acts import Actor
    from yifa.registers.importing import load

    start = time.perf_counter()
    done = load(CODE, "库.csv", data, Actor("装载", frozenset({"system"})), moment(month))
    spent = time.perf_counter() - start
    assert not done.problems, done.problems[:3]
    return done, spent


def copied() -> float:
    """Seconds for the finished rows of the import by COPY, into tables with the same indexes."""
    from django.db import connection

    buffers = {}
    with connection.cursor() as cursor:
        for name in TABLES:
            with cursor.copy(f"COPY {name} TO STDOUT (FORMAT BINARY)") as out:
                buffers[name] = b"".join(bytes(block) for block in out)
            cursor.execute(f"CREATE TABLE raw_{name} (LIKE {name} INCLUDING INDEXES)")
        start = time.perf_counter()
        for name, data in buffers.items():
            with cursor.copy(f"COPY raw_{name} FROM STDIN (FORMAT BINARY)") as into:
                into.write(data)
        spent = time.perf_counter() - start
        for name in TABLES:
            cursor.execute(f"DROP TABLE raw_{name}")
    return spent


def importing() -> Iterator[Line]:
    """A new list, the same list again, and a list in which every tenth row has changed."""
    done, spent = loaded(pool(), 1)
    assert done.entered == ENTRIES
    yield line(
        "rows read in from CSV, sealed and chained",
        ENTRIES / spent,
        ENTRIES / copied(),
        "COPY of the finished rows",
    )
    done, spent = loaded(pool(), 2)
    assert done.unchanged == ENTRIES
    yield "the same file again: nothing to do", f"{number(ENTRIES / spent)}/s", "", ""
    done, spent = loaded(pool(changed=60), 3)
    assert done.changed == ENTRIES // 10
    yield (
        "a file in which every tenth row differs",
        f"{number(ENTRIES / spent)}/s",
        f"{number(done.changed / spent)} changes/s",
        "",
    )


def line(what: str, ours: float, raw: float, beside: str) -> Line:
    return what, f"{number(ours)}/s", f"{beside} {number(raw)}/s (×{ours / raw:.2f})", ""


def best(work: Callable[[], int]) -> float:
    """Units a second, the best of three."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        found.append(work() / (time.perf_counter() - start))
    return max(found)


# ------------------------------------------------------------------------------ reading

_PLAIN = (
    "SELECT entry_id, organ, state, valid_from, valid_to, data FROM registers_version v WHERE register = %s AND {known} "
    "AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)"
)
_THEN = "known_from <= %s AND (known_to IS NULL OR known_to > %s)"


def fetched(sql: str, values: list[Any]) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return len(cursor.fetchall())


def reading() -> Iterator[Line]:
    """The list as it is valid on a day: as known now, and as it was known before the changes. Vacuumed, as it is by morning."""
    from django.db import connection

    from yifa.registers.selectors import rows

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registers_version")
    before = moment(2)
    now, then = _PLAIN.format(known="known_to IS NULL"), _PLAIN.format(known=_THEN)
    for what, known, sql, values in (
        ("rows of a day as known now", None, now, [CODE, DAY, DAY]),
        ("rows of a day as known at a moment", before, then, [CODE, before, before, DAY, DAY]),
    ):
        assert sum(1 for _ in rows(CODE, DAY, known)) == ENTRIES
        ours = best(lambda known=known: sum(1 for _ in rows(CODE, DAY, known)))  # type: ignore[misc]
        raw = best(lambda sql=sql, values=values: fetched(sql, values))  # type: ignore[misc]
        yield line(what, ours, raw, "plain SELECT")


# ------------------------------------------------------------------------------ needs

_ONE = (
    "SELECT state, data FROM registers_version WHERE places @> ARRAY[%s] AND known_to IS NULL AND valid_from <= %s "
    "AND (valid_to IS NULL OR valid_to >= %s)"
)


def answering() -> Iterator[Line]:
    """What an assignment asks of the pool: one act after the other from the database, and out of memory as a load has it."""
    from yifa.language.ports import Question
    from yifa.lines.legal_aid.needs import AID_PERSON
    from yifa.registers.answers import RegistersPort

    asked = [Question(AID_PERSON, f"L-{n * 7 % ENTRIES}", "legal_aid", DAY) for n in range(QUESTIONS)]
    port, memory = RegistersPort(), RegistersPort().snapshot()
    assert port.ask(asked[:1]) == memory.ask(asked[:1])

    def answered(source: Any) -> int:
        return sum(len(source.ask([question])) for question in asked)

    def plain() -> int:
        return sum(fetched(_ONE, [f"{CODE}.id={question.key}", DAY, DAY]) and 1 for question in asked)

    assert plain() == QUESTIONS
    yield line("needs answered, a statement each", best(lambda: answered(port)), best(plain), "plain SELECT")
    yield "needs answered out of memory", f"{number(best(lambda: answered(memory)))}/s", "", ""


def main() -> None:
    """Print the table."""
    folder = Path(tempfile.mkdtemp(prefix="yifa-bench-"))
    try:
        crash.prepare(folder)
        from yifa.platform import embedded

        table([row for part in (importing, reading, answering) for row in part()])
        embedded.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
