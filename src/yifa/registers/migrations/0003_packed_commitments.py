"""Commitments as packed bytes."""

from django.db import migrations

from yifa.platform.packing import packed_commitments


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_places")]

    operations = [packed_commitments("registers_change", "change")]
