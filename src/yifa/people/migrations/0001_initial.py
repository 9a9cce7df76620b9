import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import yifa.platform.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("login", models.CharField(max_length=60, unique=True, verbose_name="登录名")),
                ("display_name", models.CharField(max_length=60, verbose_name="姓名")),
                (
                    "power",
                    models.CharField(
                        choices=[
                            ("business", "business"),
                            ("system_admin", "system_admin"),
                            ("security_admin", "security_admin"),
                            ("audit_admin", "audit_admin"),
                        ],
                        default="business",
                        editable=False,
                        max_length=16,
                        verbose_name="账号类别",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
            ],
            options={
                "db_table": "people_user",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("login"), name="user_login"
                    ),
                    models.UniqueConstraint(fields=("id", "power"), name="user_power"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organ",
            fields=[
                (
                    "code",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="代码"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "省级"),
                            ("city", "市级"),
                            ("district", "区级"),
                            ("town", "镇街"),
                        ],
                        max_length=12,
                        verbose_name="层级",
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="性质")),
                ("district", models.CharField(blank=True, max_length=12, verbose_name="行政区划代码")),
                ("valid_from", models.DateField(verbose_name="设立")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="撤销")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.organ",
                    ),
                ),
            ],
            options={
                "db_table": "people_organ",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "power",
                    models.CharField(
                        choices=[
                            ("business", "business"),
                            ("system_admin", "system_admin"),
                            ("security_admin", "security_admin"),
                            ("audit_admin", "audit_admin"),
                        ],
                        max_length=16,
                    ),
                ),
                ("role", models.CharField(max_length=40, verbose_name="角色")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                (
                    "granted_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="people.organ",
                    ),
                ),
            ],
            options={
                "db_table": "people_membership",
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("case", models.UUIDField(null=True)),
                ("person_id_number", yifa.platform.fields.EncryptedTextField(null=True)),
                (
                    "person_blind",
                    yifa.platform.fields.BlindIndexField(
                        db_index=True, kind="id_number", null=True, source="person_id_number"
                    ),
                ),
                ("ground", models.CharField(max_length=40, verbose_name="事由")),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organ",
                    ),
                ),
            ],
            options={
                "db_table": "people_conflict",
            },
        ),
        migrations.CreateModel(
            name="Substitution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "power",
                    models.CharField(
                        choices=[
                            ("business", "business"),
                            ("system_admin", "system_admin"),
                            ("security_admin", "security_admin"),
                            ("audit_admin", "audit_admin"),
                        ],
                        default="business",
                        max_length=16,
                    ),
                ),
                ("role", models.CharField(max_length=40, verbose_name="角色")),
                ("authority", models.CharField(max_length=200, verbose_name="授权依据")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_to", models.DateField(verbose_name="至")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organ"
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substituted_by",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutes_for",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "people_substitution",
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("organ", models.CharField(blank=True, max_length=40)),
                ("case", models.CharField(db_index=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[("open", "打开案卷"), ("unmask", "查看完整信息")], max_length=8
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="事由")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "instead_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "people_access",
                "indexes": [models.Index(fields=["actor", "-at"], name="access_of_actor")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("kind", "open")),
                            models.Q(
                                ("kind", "unmask"),
                                models.Q(("field", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="access_says_what_and_why",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="organ_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("code")), _negated=True),
                name="organ_not_its_own_parent",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["organ", "role"], name="membership_of_organ"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="membership_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role", models.F("power")),
                    models.Q(
                        ("power", "business"),
                        models.Q(
                            ("role__in", ["audit_admin", "security_admin", "system_admin"]), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="membership_role_of_its_power",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)),
                fields=("user", "organ", "role"),
                name="membership_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("organ", None), ("person_blind", None)),
                    models.Q(("case", None), ("organ__isnull", False), ("person_blind", None)),
                    models.Q(("case", None), ("organ", None), ("person_blind__isnull", False)),
                    _connector="OR",
                ),
                name="conflict_with_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="substitution",
            index=models.Index(fields=["substitute", "valid_to"], name="substitution_of"),
        ),
        migrations.AddConstraint(
            model_name="substitution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="substitution_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="substitution",
            constraint=models.CheckConstraint(
                condition=models.Q(("principal", models.F("substitute")), _negated=True),
                name="substitution_of_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="substitution",
            constraint=models.CheckConstraint(
                condition=models.Q(("power", "business")), name="substitution_in_business"
            ),
        ),
        migrations.AddConstraint(
            model_name="substitution",
            constraint=models.CheckConstraint(
                condition=models.Q(("authority", ""), _negated=True), name="substitution_has_authority"
            ),
        ),
    ]
