"""Looking for people where they must not be: in any column of any table, in any line of a log.

The people of the simulation look like nobody else: 测试甲乙7, ID numbers of a division that does not exist, telephones that begin
with 000, the 样本路. So whatever looks so and stands in the clear is a leak, whichever act it came by.
"""

import json
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection

from yifa.casework.codec import opened
from yifa.casework.models import EventRow
from yifa.registry import register
from yifa.simulation.fiction import NOWHERE, STEMS

PERSON = re.compile(
    rf"测试[{STEMS}]{{2}}\d|样本路\d|{NOWHERE}\d{{11}}[\dX]|(?<![0-9A-Za-z])000\d{{8}}(?![0-9A-Za-z])"
)
# The same in a column of bytes that was not sealed: how it begins, in hexadecimal.
BYTES = re.compile(
    "|".join(text.encode().hex() for text in (*(f"测试{stem}" for stem in STEMS), "样本路", NOWHERE))
)


def in_tables() -> Iterator[str]:
    """Every row of every table in which somebody stands: table and what was found."""
    for table in sorted(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            for (text,) in cursor.fetchall():
                row = unpublished(text) if table == "registers_version" else text
                found = PERSON.search(row) or BYTES.search(row)
                if found:
                    columns = [name for name, value in json.loads(row).items() if _tells(value)]
                    yield f"{table}.{'/'.join(columns)}: {found[0]}"


def unpublished(text: str) -> str:
    """A version of an entry without what its register publishes (the names of lawyers: 律师法, 律师名录)."""
    row = json.loads(text)
    public = register(row["register"]).register.public
    row["data"] = {name: value for name, value in row["data"].items() if name not in public}
    said = tuple(f"{row['register']}.{name}=" for name in public)
    row["places"] = [place for place in row["places"] if not place.startswith(said)]
    return json.dumps(row, ensure_ascii=False)


def _tells(value: Any) -> bool:
    text = json.dumps(value, ensure_ascii=False)
    return bool(PERSON.search(text) or BYTES.search(text))


def sealed(world: Any) -> Counter[str]:
    """How many acts tell of people once they are opened, by line: that there is something to be found."""
    found: Counter[str] = Counter()
    for row in EventRow.objects.select_related("case").iterator():
        found[row.case.line] += bool(PERSON.search(json.dumps(opened(row, world)[0], ensure_ascii=False)))
    return found


class Heard(logging.Handler):
    """Everything that is logged, by anybody, at any level, that tells of somebody."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines = 0
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += 1
        text = f"{record.getMessage()} {record.exc_info or ''} {vars(record)}"
        if PERSON.search(text):
            self.leaks.append(f"{record.name}: {text[:200]}")

    def __enter__(self) -> "Heard":
        self.level_before = logging.getLogger().level
        logging.getLogger().addHandler(self)
        logging.getLogger().setLevel(logging.DEBUG)
        return self

    def __exit__(self, *_: Any) -> None:
        logging.getLogger().removeHandler(self)
        logging.getLogger().setLevel(self.level_before)
