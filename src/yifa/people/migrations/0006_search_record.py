"""Searches for a person stand in the access record too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_logins"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="access",
            name="access_says_what_and_why",
        ),
        migrations.AddField(
            model_name="access",
            name="blind",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="access",
            name="case",
            field=models.CharField(blank=True, db_index=True, max_length=40),
        ),
        migrations.AlterField(
            model_name="access",
            name="kind",
            field=models.CharField(
                choices=[("open", "打开案卷"), ("unmask", "查看完整信息"), ("search", "查找当事人")],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="access",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("blind", None), ("field", ""), ("kind", "open")),
                    models.Q(
                        ("blind", None),
                        ("kind", "unmask"),
                        models.Q(("field", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("blind__isnull", False),
                        ("case", ""),
                        ("kind", "search"),
                        models.Q(("field", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="access_says_what_and_why",
            ),
        ),
    ]
