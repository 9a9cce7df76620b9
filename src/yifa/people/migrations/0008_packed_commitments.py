"""Commitments as packed bytes."""

from django.db import migrations

from yifa.platform.packing import packed_commitments


class Migration(migrations.Migration):
    dependencies = [("people", "0007_journals")]

    operations = [packed_commitments("people_seal", "seal")]
