"""Tables of logging in: what was tried, second factors, recovery codes."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from yifa.people.models import User
from yifa.platform.fields import BlindIndexField, EncryptedTextField


class LoginRecord(models.Model):
    """One try to log in, or something done to a log-in. Rows are kept; a trigger lets only a try be settled.

    A try is written down as failed before it is examined, so that guesses made at the same time all count. The login as
    typed is not kept (it may be a password in the wrong place), only its blind index.
    """

    WRONG, HALF, IN, UNLOCKED = "wrong", "half", "in", "unlocked"
    ENROLLED, REMOVED, RESET, RECOVERED = "enrolled", "removed", "reset", "recovered"
    KINDS = (
        (WRONG, "登录失败"), (HALF, "密码正确，待验证码"), (IN, "登录"), (UNLOCKED, "解除锁定"),
        (ENROLLED, "启用动态验证码"), (REMOVED, "停用动态验证码"), (RESET, "重置动态验证码"), (RECOVERED, "使用恢复码"),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField("时间")
    kind = models.CharField("事项", max_length=12, choices=KINDS)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    login_blind = models.BinaryField(null=True)
    address: Any = EncryptedTextField("网络地址", null=True)
    address_blind: Any = BlindIndexField(source="address", kind="address", null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("事由", max_length=200, blank=True)

    class Meta:
        db_table = "people_login"
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind__in=("unlocked", "reset")) | (Q(by__isnull=False) & ~Q(reason="")),
                name="login_says_by_whom_and_why",
            ),
        )
        indexes = (
            models.Index(fields=("login_blind", "-at"), name="login_of_account"),
            models.Index(fields=("-at",), name="login_latest"),
        )


class SecondFactor(models.Model):
    """The shared secret of one account's codes; without `confirmed_at` it has not been proved to work and asks nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(User, models.PROTECT, related_name="second_factor")
    secret: Any = EncryptedTextField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=-1)

    class Meta:
        db_table = "people_second_factor"


class RecoveryCode(models.Model):
    """A code that stands in once for a lost device, as a keyed hash."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_recovery_code"
        constraints = (models.UniqueConstraint(fields=("factor", "digest"), name="recovery_code_once"),)
