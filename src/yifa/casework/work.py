"""Tables of what people are told, have to do and have begun. All of it is operational: no act is read from it."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from yifa.casework.models import Case
from yifa.people.models import User
from yifa.platform.fields import EncryptedTextField


class Todo(models.Model):
    """待办: something a finding leaves to a named person. `params` hold codes, titles and days, never a person."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="todos", db_constraint=False)
    seq = models.IntegerField("所涉步骤")
    kind = models.CharField("种类", max_length=40)
    params = models.JSONField(default=dict)
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="todos")
    role = models.CharField("应由", max_length=40)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(
        max_length=12, blank=True, choices=[("done", "已处理"), ("lapsed", "已不存在")]
    )

    class Meta:
        db_table = "casework_todo"
        constraints = (models.UniqueConstraint(fields=("case", "seq", "kind"), name="todo_once"),)
        indexes = (
            models.Index(fields=("assignee", "created_at"), name="todo_open", condition=Q(done_at=None)),
        )


class Alert(models.Model):
    """提醒、预警: raised once for each due date of a clock instance, before it (`passed` false) and after."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="alerts", db_index=False, db_constraint=False)
    clock = models.CharField(max_length=60)
    seq = models.IntegerField()
    subject = models.TextField(blank=True)
    variant = models.IntegerField()
    due = models.CharField(max_length=32)
    passed = models.BooleanField()
    level = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_alert"
        constraints = (
            models.UniqueConstraint(
                fields=("case", "clock", "seq", "subject", "variant", "due", "passed"), name="alert_once"
            ),
        )


class Notice(models.Model):
    """站内消息: one message to one user. The text is made from `code` and `params` when it is read."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="notices", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notices", db_constraint=False)
    key = models.CharField(max_length=200)
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=8)
    params = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_notice"
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="notice_once"),)
        indexes = (
            models.Index(fields=("user", "created_at"), name="notice_unread", condition=Q(read_at=None)),
        )


class Watch(models.Model):
    """How far the findings of a case have been looked at, so that a tick reads only what is new."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, db_constraint=False)
    seq = models.IntegerField()

    class Meta:
        db_table = "casework_watch"


class UnfinishedForm(models.Model):
    """A form of an act begun by somebody and not sent: posted values by name, sealed, for they are about people."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="unfinished_forms")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="unfinished_forms", db_constraint=False
    )
    line = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    body: Any = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_unfinished"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "case", "line", "action"), name="unfinished_once", nulls_distinct=False
            ),
        )
        indexes = (models.Index(fields=("at",), name="unfinished_oldest"),)
