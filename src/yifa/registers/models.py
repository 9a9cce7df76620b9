"""Tables of registers. Changes are evidence; entries and versions are derived from them and rebuilt at any time."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One entry of a register, whatever became of it. `key`: blind index over its natural key."""

    id = models.UUIDField(primary_key=True)
    register = models.CharField("名录", max_length=80)
    key = models.BinaryField()
    organ = models.CharField("所属机关", max_length=40, blank=True)
    next_seq = models.IntegerField()
    head = models.BinaryField()

    class Meta:
        db_table = "registers_entry"
        constraints = (models.UniqueConstraint(fields=("register", "key"), name="entry_key_once"),)


class Change(models.Model):
    """What was done to an entry. `payload` is encrypted; commitments and chain stay verifiable without it."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="changes", db_index=False)
    register = models.CharField(max_length=80)
    seq = models.IntegerField()
    kind = models.CharField(max_length=8)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    organ = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=40, blank=True)
    move = models.CharField(max_length=40, blank=True)
    target = models.IntegerField(null=True)
    dated = models.DateField(null=True)
    payload = models.BinaryField(null=True)
    commitments = models.BinaryField()  # packed: `ledger.commitments.pack`
    commitment = models.BinaryField()
    head = models.BinaryField()
    leaf = models.BigIntegerField(null=True, unique=True)

    class Meta:
        db_table = "registers_change"
        constraints = (models.UniqueConstraint(fields=("entry", "seq"), name="register_change_once"),)
        indexes = (
            models.Index(fields=("leaf",), name="change_unsequenced", condition=Q(leaf=None)),
            models.Index(fields=("register", "id"), name="change_of_register"),
        )


class Version(models.Model):
    """An entry as it was valid for a time, as known for a time. Valid: both ends included; known: the end is not.

    data  columns that are no personal data; personal  the others, sealed; places  by what it is found, personal columns by
    their blind indexes.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions", db_index=False)
    register = models.CharField(max_length=80)
    seq = models.IntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    state = models.CharField(max_length=40)
    organ = models.CharField(max_length=40, blank=True)
    data = models.JSONField()
    personal = models.BinaryField(null=True)
    places = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "registers_version"
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "valid_from"), condition=Q(known_to=None), name="version_known_now_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="version_valid"
            ),
            models.CheckConstraint(
                condition=Q(known_to=None) | Q(known_to__gt=models.F("known_from")), name="version_known"
            ),
        )
        indexes = (
            models.Index(fields=("register", "valid_from"), name="version_now", condition=Q(known_to=None)),
            models.Index(fields=("register", "known_to"), name="version_of_register"),
            GinIndex(fields=("places",), name="version_by_place"),
        )
