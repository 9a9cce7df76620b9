"""Journals: what was done to accounts and roles, only ever added to; batches in which journals go into the log."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION people_change_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'people_change is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER people_change_append_only BEFORE UPDATE OR DELETE ON people_change
    FOR EACH ROW EXECUTE FUNCTION people_change_is_append_only();
"""
ALLOW = """
DROP TRIGGER people_change_append_only ON people_change;
DROP FUNCTION people_change_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_search_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("journal", models.CharField(max_length=16)),
                ("seq", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("entries", models.BinaryField()),
                ("salts", models.JSONField()),
                ("commitments", models.JSONField()),
                ("commitment", models.BinaryField()),
                ("head", models.BinaryField()),
                ("leaf", models.BigIntegerField(null=True, unique=True)),
            ],
            options={
                "db_table": "people_seal",
                "constraints": [models.UniqueConstraint(fields=("journal", "seq"), name="seal_seq_once")],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=16)),
                ("row", models.CharField(max_length=40)),
                ("what", models.CharField(max_length=16)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("after", models.JSONField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "people_change",
                "indexes": [models.Index(fields=["kind", "row", "id"], name="change_of_row")],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
