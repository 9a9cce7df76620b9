"""What the database itself enforces: one power an account (三员分立), and an access record that is only added to.

(user, power) in a membership or substitution refers to the user's own (id, power). As the role must belong to the
power (a check), no account can hold roles of two powers, whoever writes the row; and an account that ever held a role
cannot change its power.
"""

from django.db import migrations

FOREIGN_KEY = "ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, power) REFERENCES people_user (id, power)"
KEYS = (
    ("people_membership", "membership_power_of_user", "user_id"),
    ("people_substitution", "substitution_power_of_principal", "principal_id"),
    ("people_substitution", "substitution_power_of_substitute", "substitute_id"),
)
REFUSE = """
CREATE FUNCTION people_access_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'people_access is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER people_access_append_only BEFORE UPDATE OR DELETE ON people_access
    FOR EACH ROW EXECUTE FUNCTION people_access_is_append_only();
"""
ALLOW = """
DROP TRIGGER people_access_append_only ON people_access;
DROP FUNCTION people_access_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(
                FOREIGN_KEY.format(table=table, name=name, column=column),
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for table, name, column in KEYS
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
