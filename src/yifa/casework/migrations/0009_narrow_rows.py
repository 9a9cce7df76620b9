"""Rows as narrow as they can be: commitments packed, places in the log apart, no constraint that another check covers.

toast_tuple_target: payloads are encrypted and do not compress; trying to costs more than writing the row.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from yifa.platform.packing import packed_commitments


def _of_case(related_name: str, on_delete: Any, *, indexed: bool = False) -> "models.Field[Any, Any]":
    """A reference to the case that the database does not check row by row."""
    return models.ForeignKey(
        "casework.case", on_delete, related_name=related_name, db_index=indexed, db_constraint=False
    )


def _of_event(related_name: str) -> "models.Field[Any, Any]":
    return models.OneToOneField(
        "casework.eventrow", django.db.models.deletion.CASCADE, primary_key=True, related_name=related_name,
        db_constraint=False, serialize=False,
    )  # fmt: skip


KEPT, GONE = django.db.models.deletion.PROTECT, django.db.models.deletion.CASCADE
_REFERENCES = {
    "eventrow": _of_case("events", KEPT), "numbergiven": _of_case("numbers", KEPT, indexed=True),
    "clockrow": _of_case("clocks", GONE), "partyrow": _of_case("parties", GONE), "partykey": _of_case("party_keys", GONE),
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_unfinished")]

    operations = [
        packed_commitments("casework_event", "eventrow"),
        migrations.CreateModel(
            name="LogPlace",
            fields=[
                ("event", _of_event("place")),
                ("leaf", models.BigIntegerField(unique=True)),
            ],
            options={"db_table": "casework_leaf"},
        ),
        migrations.CreateModel(
            name="Waiting", fields=[("event", _of_event("waiting"))], options={"db_table": "casework_waiting"}
        ),
        migrations.RunSQL(
            "INSERT INTO casework_leaf (event_id, leaf) SELECT id, leaf FROM casework_event WHERE leaf IS NOT NULL; "
            "INSERT INTO casework_waiting (event_id) SELECT id FROM casework_event WHERE leaf IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex("eventrow", name="event_unsequenced"),
        migrations.RemoveField("eventrow", "leaf"),
        migrations.AlterField("eventrow", "request", models.ForeignKey(
            db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT,
            related_name="events", to="casework.request")),
        migrations.AlterField("request", "case", models.ForeignKey(
            db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="casework.case")),
        *(migrations.AlterField(name, "case", field) for name, field in _REFERENCES.items()),
        # Most acts change no column of a case that is indexed: with room on its page the new row needs no index entries.
        migrations.RunSQL(
            "ALTER TABLE casework_case SET (fillfactor = 85)", "ALTER TABLE casework_case RESET (fillfactor)"
        ),
        migrations.RunSQL("ALTER TABLE casework_event SET (toast_tuple_target = 8160)",
                          "ALTER TABLE casework_event RESET (toast_tuple_target)"),
    ]  # fmt: skip
