import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="casework.case",
                    ),
                ),
                ("seq", models.IntegerField()),
            ],
            options={
                "db_table": "casework_watch",
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("clock", models.CharField(max_length=60)),
                ("seq", models.IntegerField()),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("variant", models.IntegerField()),
                ("due", models.CharField(max_length=32)),
                ("passed", models.BooleanField()),
                ("level", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "db_table": "casework_alert",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "clock", "seq", "subject", "variant", "due", "passed"),
                        name="alert_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=200)),
                ("code", models.CharField(max_length=40)),
                ("level", models.CharField(max_length=8)),
                ("params", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="casework.case",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "casework_notice",
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["user", "created_at"],
                        name="notice_unread",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="notice_once")],
            },
        ),
        migrations.CreateModel(
            name="Todo",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.IntegerField(verbose_name="所涉步骤")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("params", models.JSONField(default=dict)),
                ("role", models.CharField(max_length=40, verbose_name="应由")),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=60)),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("done", "已处理"), ("lapsed", "已不存在")], max_length=12
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="todos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="todos",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "db_table": "casework_todo",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["assignee", "created_at"],
                        name="todo_open",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("case", "seq", "kind"), name="todo_once")],
            },
        ),
    ]
