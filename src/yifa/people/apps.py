"""The people app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from yifa.platform import chains


class PeopleConfig(AppConfig):
    """Organs, users, memberships, substitutions, conflicts of interest, the access record."""

    name = "yifa.people"
    label = "people"
    verbose_name = "机构人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rights stand in `yifa.people.permissions` alone: Django's own permission rows are not made."""
        from django.contrib.contenttypes.management import create_contenttypes

        from yifa.people import journal

        name = f"'{journal.CHAIN}' || journal"
        chains.register(chains.ChainTable("people_seal", name, "seq", "journal", _journal_named))
        chains.gather_by(journal.seal)
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        post_migrate.disconnect(create_contenttypes)


def _journal_named(chain: str) -> str | None:
    """The journal of a chain by its public name."""
    from yifa.people.journal import CHAIN

    return chain.removeprefix(CHAIN) if chain.startswith(CHAIN) else None
