"""A migration step that every table of chained events takes: commitments as packed bytes instead of JSON."""

from django.db import migrations, models

# What `ledger.commitments.pack` makes: names in order between line feeds, a zero byte, the hashes in the same order.
_PACK = """
ALTER TABLE {table} ADD COLUMN packed bytea;
UPDATE {table} SET packed = (
    SELECT convert_to(E'\\n' || string_agg(f.key, E'\\n' ORDER BY f.key COLLATE "C") || E'\\n', 'UTF8') || '\\x00'::bytea
        || string_agg(decode(f.value, 'hex'), ''::bytea ORDER BY f.key COLLATE "C")
    FROM jsonb_each_text({table}.commitments) AS f);
ALTER TABLE {table} DROP COLUMN commitments;
ALTER TABLE {table} RENAME COLUMN packed TO commitments;
ALTER TABLE {table} ALTER COLUMN commitments SET NOT NULL;
"""


def packed_commitments(table: str, model: str) -> migrations.RunSQL:
    """Convert the column of `table`, and tell Django's state of `model`. There is no way back."""
    field = migrations.AlterField(model, "commitments", models.BinaryField())
    return migrations.RunSQL(_PACK.format(table=table), state_operations=[field])
