"""Forms begun and not sent."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yifa.platform.fields


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_media_types"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnfinishedForm",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("line", models.CharField(max_length=40)),
                ("action", models.CharField(max_length=60)),
                ("body", yifa.platform.fields.EncryptedTextField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unfinished_forms",
                        to="casework.case",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unfinished_forms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "casework_unfinished",
                "indexes": [models.Index(fields=["at"], name="unfinished_oldest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "case", "line", "action"),
                        name="unfinished_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
