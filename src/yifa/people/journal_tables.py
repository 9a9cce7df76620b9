"""Tables of what is recorded about people's work: what was done to accounts and roles, and how records are sealed."""

from django.db import models

from yifa.people.models import User


class Change(models.Model):
    """Something done to an account, an appointment, a substitution or a declaration: by whom, when, and the row as it was
    after. Rows are only ever added: a trigger refuses to change or remove one. `by` null: the house, setting up a city.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=16)  # the table, without its prefix
    row = models.CharField(max_length=40)
    what = models.CharField(max_length=16)
    reason = models.CharField(max_length=200, blank=True)
    after = models.JSONField()

    class Meta:
        db_table = "people_change"
        indexes = (models.Index(fields=("kind", "row", "id"), name="change_of_row"),)


class Seal(models.Model):
    """A batch of records of one journal as it goes into the city's log.

    entries  for each record its id (8 bytes, big-endian) and SHA-256 of its columns; salts  by field, in hexadecimal; commitments  packed as of any
    chain.
    """

    journal = models.CharField(max_length=16)
    seq = models.IntegerField()
    at = models.DateTimeField()
    entries = models.BinaryField()
    salts = models.JSONField()
    commitments = models.BinaryField()
    commitment = models.BinaryField()
    head = models.BinaryField()
    leaf = models.BigIntegerField(null=True, unique=True)

    class Meta:
        db_table = "people_seal"
        constraints = (models.UniqueConstraint(fields=("journal", "seq"), name="seal_seq_once"),)
