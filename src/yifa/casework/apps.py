"""The casework app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases, events, claims, numbers, proposals, outbox."""

    name = "yifa.casework"
    label = "casework"
    verbose_name = "办案"
    default_auto_field = "django.db.models.BigAutoField"
