"""The people app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    """Organs, users, memberships, substitutions, conflicts of interest, the access record."""

    name = "yifa.people"
    label = "people"
    verbose_name = "机构人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rights stand in `yifa.people.permissions` alone: Django's own permission rows are not made."""
        from django.contrib.contenttypes.management import create_contenttypes

        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        post_migrate.disconnect(create_contenttypes)
