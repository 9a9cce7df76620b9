"""Tables of casework. Which column is evidenced, derived or operational stands in `columns.py`."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models


class Case(models.Model):
    """One matter. Everything but its identity, line and origin is derived from its events."""

    id = models.UUIDField(primary_key=True)
    line = models.CharField("条线", max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    organ = models.CharField("承办机关", max_length=40)
    origin = models.CharField("立案机关", max_length=40, default="")
    number = models.CharField("案号", max_length=60, blank=True)
    stage = models.CharField("阶段", max_length=40, blank=True)
    version = models.CharField("程序版本", max_length=20, blank=True)
    version_final = models.BooleanField("版本已定", default=False)
    closed = models.BooleanField("已结", default=False)
    sensitive = models.BooleanField("限制查阅", default=False)
    facts = models.JSONField("事实", default=dict)
    next_seq = models.IntegerField("下一序号", default=0)
    head = models.BinaryField("链头")
    next_fire = models.DateField("下一法律效果日", null=True)
    next_due = models.DateField("最近到期日", null=True)

    class Meta:
        db_table = "casework_case"
        constraints = (
            models.UniqueConstraint(
                fields=("number",), condition=~models.Q(number=""), name="case_number_once"
            ),
        )
        indexes = (
            models.Index(fields=("organ", "closed", "next_due"), name="case_worklist"),
            models.Index(fields=("next_fire",), name="case_next_fire"),
            GinIndex(fields=("facts",), opclasses=("jsonb_path_ops",), name="case_facts"),
        )


class EventRow(models.Model):
    """One act in a case's file. `payload` is encrypted; commitments and chain stay verifiable without it."""

    id = models.BigAutoField(primary_key=True)
    # The unique constraint's index serves look-ups by case; a second one would only cost writes.
    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False, db_constraint=False)
    seq = models.IntegerField()
    action = models.CharField(max_length=60)
    effective_on = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=60, blank=True)
    party = models.TextField(null=True)  # an alias, as in PartyRow
    re = models.IntegerField(null=True)
    after = models.IntegerField(null=True)
    payload = models.BinaryField(null=True)
    commitments = models.BinaryField()  # packed: `ledger.commitments.pack`
    commitment = models.BinaryField()
    head = models.BinaryField()
    request = models.ForeignKey(
        "Request", models.PROTECT, null=True, related_name="events", db_index=False, db_constraint=False
    )

    class Meta:
        db_table = "casework_event"
        constraints = (models.UniqueConstraint(fields=("case", "seq"), name="event_seq_once"),)
        indexes = (
            models.Index(fields=("action", "effective_on"), name="event_by_action"),
            BrinIndex(
                fields=("recorded_at",), name="event_by_recording"
            ),  # what was recorded after a cut-off
        )


class LogPlace(models.Model):
    """Where an event stands in the city's log. A narrow row of its own, because sequencing would otherwise write every event
    a second time.
    """

    event = models.OneToOneField(
        EventRow, models.CASCADE, primary_key=True, related_name="place", db_constraint=False
    )
    leaf = models.BigIntegerField(unique=True)

    class Meta:
        db_table = "casework_leaf"


class Waiting(models.Model):
    """An event that the city's log has not got yet."""

    event = models.OneToOneField(
        EventRow, models.CASCADE, primary_key=True, related_name="waiting", db_constraint=False
    )

    class Meta:
        db_table = "casework_waiting"


class Request(models.Model):
    """Idempotency: one key of one actor is one act."""

    id = models.BigAutoField(primary_key=True)
    actor = models.CharField(max_length=60)
    key = models.CharField(max_length=240)
    body = models.BinaryField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, db_constraint=False, db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_request"
        constraints = (models.UniqueConstraint(fields=("actor", "key"), name="request_once"),)


class ClaimRow(models.Model):
    """Uniqueness across cases: one live row for each (kind, key)."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    key = models.BinaryField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="claims", db_constraint=False)
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_claim"
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key"), condition=models.Q(released_at=None), name="claim_once"
            ),
        )


class NumberSeries(models.Model):
    """Gap-free numbers: the last one given, per organ, kind and year."""

    id = models.BigAutoField(primary_key=True)
    organ = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        db_table = "casework_number_series"
        constraints = (models.UniqueConstraint(fields=("organ", "kind", "year"), name="series_once"),)


class NumberGiven(models.Model):
    """A number as given, with the act that took it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="numbers", db_constraint=False)
    seq = models.IntegerField()
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=60, unique=True)

    class Meta:
        db_table = "casework_number"


class ClockRow(models.Model):
    """Projection of a clock instance, for work lists and figures. Rebuilt from events at any time."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", db_index=False, db_constraint=False)
    clock = models.CharField(max_length=60)
    seq = models.IntegerField()
    subject = models.TextField(blank=True)  # an alias, as in PartyRow
    variant = models.IntegerField()
    start = models.CharField(max_length=32)
    due = models.CharField(max_length=32, blank=True)
    provisional = models.BooleanField()
    state = models.CharField(max_length=12)
    ended_on = models.CharField(max_length=32, blank=True)

    class Meta:
        db_table = "casework_clock"
        constraints = (
            models.UniqueConstraint(fields=("case", "clock", "seq", "subject", "variant"), name="clock_once"),
        )
        indexes = (models.Index(fields=("state", "due"), name="clock_by_due"),)


class PartyRow(models.Model):
    """Projection of the parties of a case.

    identity  sealed so that equal identities are equal (`Vault.alias`), since a line may use a name as identity;
    card  name, numbers, phone, address as last recorded, sealed.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(
        Case, models.CASCADE, related_name="parties", db_index=False, db_constraint=False
    )
    identity = models.TextField()
    role = models.CharField(max_length=40)
    card = models.BinaryField(null=True)

    class Meta:
        db_table = "casework_party"
        constraints = (models.UniqueConstraint(fields=("case", "identity"), name="party_once"),)


class PartyKey(models.Model):
    """Blind indexes by which a party is found across cases: by ID number, phone, credit code or name."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(
        Case, models.CASCADE, related_name="party_keys", db_index=False, db_constraint=False
    )
    identity = models.TextField()
    kind = models.CharField(max_length=12)
    blind = models.BinaryField()

    class Meta:
        db_table = "casework_party_key"
        constraints = (
            models.UniqueConstraint(fields=("case", "identity", "kind", "blind"), name="party_key_once"),
        )
        indexes = (models.Index(fields=("kind", "blind"), name="party_by_key"),)


class Outbox(models.Model):
    """What is to be sent or done after the transaction: follow-ups, documents, notices."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, db_constraint=False)
    seq = models.IntegerField(null=True)
    kind = models.CharField(max_length=40)
    body = models.BinaryField()
    created_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "casework_outbox"
        indexes = (
            models.Index(fields=("next_try_at",), name="outbox_open", condition=models.Q(done_at=None)),
        )


class Proposal(models.Model):
    """拟稿—审核—签发: a command waiting for its signature. Not an event of the case.

    draft  the command and the drafts of its documents, sealed; route  role sets, the signer's last; waiting  the
    roles whose turn it is.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="proposals", db_constraint=False)
    line = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    organ = models.CharField(max_length=40)
    proposer = models.CharField(max_length=60)
    draft = models.BinaryField()
    revision = models.IntegerField(default=0)
    route = models.JSONField()
    position = models.IntegerField(default=0)
    waiting = ArrayField(models.CharField(max_length=40), default=list)
    state = models.CharField(max_length=12, default="open")
    created_at = models.DateTimeField()
    signed_seq = models.IntegerField(null=True)

    class Meta:
        db_table = "casework_proposal"
        indexes = (models.Index(fields=("organ", "state", "created_at"), name="proposal_worklist"),)


class Opinion(models.Model):
    """A step of a proposal's trail. The text is sealed: opinions speak of people."""

    id = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="trail", db_index=False)
    step = models.IntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    text = models.BinaryField()
    commitment = models.BinaryField()
    instead_of = models.CharField(max_length=60, blank=True)
    authority = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "casework_opinion"
        constraints = (models.UniqueConstraint(fields=("proposal", "step"), name="opinion_step_once"),)


class Material(models.Model):
    """An upload, addressed by the hash of its content; the hash is in the act that took it in."""

    sha256 = models.BinaryField(primary_key=True)
    kind = models.CharField(max_length=100)
    size = models.BigIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "casework_material"


class Paper(models.Model):
    """A document as it was first made: its bytes by hash, and what the public page may show. Evidenced by the act
    `freeze_document` at `frozen_seq`, which says all of it.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers", db_index=False)
    seq = models.IntegerField()
    document = models.CharField("文书", max_length=40)
    code = models.CharField("校验码", max_length=16, unique=True)
    title = models.CharField("名称", max_length=120)
    organ = models.CharField("制发机关", max_length=120)
    number = models.CharField("文号", max_length=60, blank=True)
    dated = models.DateField("成文日期")
    sha256 = models.BinaryField()
    frozen_seq = models.IntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "casework_paper"
        constraints = (models.UniqueConstraint(fields=("case", "seq", "document"), name="paper_once"),)


class Checkpoint(models.Model):
    """A signed checkpoint of the city's log."""

    size = models.BigIntegerField(primary_key=True)
    note = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_checkpoint"


class Tile(models.Model):
    """A tile of the city's log (C2SP tlog-tiles): hashes of one level, 256 wide at most."""

    id = models.BigAutoField(primary_key=True)
    level = models.IntegerField()
    index = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "casework_tile"
        constraints = (models.UniqueConstraint(fields=("level", "index"), name="tile_once"),)


from yifa.casework.work import Alert, Notice, Todo, UnfinishedForm, Watch  # noqa: E402  Django looks for all tables in this module

__all__ = (
    "Alert", "Case", "Checkpoint", "ClaimRow", "ClockRow", "EventRow", "LogPlace", "Material", "Notice", "NumberGiven",
    "NumberSeries", "Opinion", "Outbox", "PartyRow", "Proposal", "Request", "Tile", "Todo", "UnfinishedForm", "Waiting", "Watch",
)  # fmt: skip
