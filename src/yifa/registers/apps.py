"""The registers app."""

from django.apps import AppConfig

from yifa.platform import chains, rotation


class RegistersConfig(AppConfig):
    """Entries, their changes, and what follows from them."""

    name = "yifa.registers"
    label = "registers"
    verbose_name = "名录"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Changes go into the city's log; ciphertexts are re-encrypted with all others when keys change."""
        from yifa.registers.codec import payload_place, personal_place

        chains.register(chains.ChainTable("registers_change", "entry_id::text", column="entry_id"))
        rotation.register(
            rotation.SealedColumn("registers_change", "payload", ("entry_id", "seq"), payload_place)
        )
        rotation.register(
            rotation.SealedColumn("registers_version", "personal", ("entry_id", "id"), personal_place)
        )
