"""Logging in: the record of tries, second factors, recovery codes.

The record is kept: rows go never, and change only so that a try is settled, or its address sealed under a new key.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yifa.platform.fields

KEEP = """
CREATE FUNCTION people_login_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'kind' - 'address' = to_jsonb(OLD) - 'kind' - 'address'
        AND (NEW.kind = OLD.kind OR (OLD.kind = 'wrong' AND NEW.kind IN ('half', 'in'))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'people_login is kept as it was written' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER people_login_kept BEFORE UPDATE OR DELETE ON people_login
    FOR EACH ROW EXECUTE FUNCTION people_login_is_kept();
"""
LET_GO = """
DROP TRIGGER people_login_kept ON people_login;
DROP FUNCTION people_login_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_organ_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("secret", yifa.platform.fields.EncryptedTextField()),
                ("made_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_step", models.BigIntegerField(default=-1)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_factor",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "people_second_factor",
            },
        ),
        migrations.CreateModel(
            name="LoginRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wrong", "登录失败"),
                            ("half", "密码正确，待验证码"),
                            ("in", "登录"),
                            ("unlocked", "解除锁定"),
                            ("enrolled", "启用动态验证码"),
                            ("removed", "停用动态验证码"),
                            ("reset", "重置动态验证码"),
                            ("recovered", "使用恢复码"),
                        ],
                        max_length=12,
                        verbose_name="事项",
                    ),
                ),
                ("login_blind", models.BinaryField(null=True)),
                ("address", yifa.platform.fields.EncryptedTextField(null=True, verbose_name="网络地址")),
                (
                    "address_blind",
                    yifa.platform.fields.BlindIndexField(
                        db_index=True, kind="address", null=True, source="address"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="事由")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "people_login",
                "indexes": [
                    models.Index(fields=["login_blind", "-at"], name="login_of_account"),
                    models.Index(fields=["-at"], name="login_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("unlocked", "reset")), _negated=True),
                            models.Q(("by__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="login_says_by_whom_and_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BinaryField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to="people.secondfactor",
                    ),
                ),
            ],
            options={
                "db_table": "people_recovery_code",
                "constraints": [
                    models.UniqueConstraint(fields=("factor", "digest"), name="recovery_code_once")
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
