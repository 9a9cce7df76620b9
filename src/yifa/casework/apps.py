"""The casework app."""

from django.apps import AppConfig

from yifa.platform import chains


class CaseworkConfig(AppConfig):
    """Cases, events, claims, numbers, proposals, outbox."""

    name = "yifa.casework"
    label = "casework"
    verbose_name = "办案"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Cases go into the city's log."""
        chains.register(chains.ChainTable("casework_event"))
