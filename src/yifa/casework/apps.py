"""The casework app."""

from django.apps import AppConfig

from yifa.platform import chains, rotation


class CaseworkConfig(AppConfig):
    """Cases, events, claims, numbers, proposals, outbox."""

    name = "yifa.casework"
    label = "casework"
    verbose_name = "办案"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Cases go into the city's log; what is sealed outside of model fields is named for the rotation of keys."""
        chains.register(
            chains.ChainTable("casework_event", leaves="casework_leaf", waiting="casework_waiting")
        )
        for column in SEALED:
            rotation.register(column)


def _by_case(number: int, case: object, seq: object) -> bytes:
    return f"{case}/{seq}".encode()


def _by_revision(proposal: object, revision: object) -> bytes:
    return f"proposal/{proposal}/{revision}".encode()


def _by_step(number: int, proposal: object, step: object) -> bytes:
    return f"opinion/{proposal}/{step}".encode()


def _by_party(number: int, case: object, identity: object) -> bytes:
    return f"card/{case}/{identity}".encode()


SEALED = (
    rotation.SealedColumn("casework_event", "payload", ("id", "case_id", "seq"), _by_case),
    rotation.SealedColumn("casework_outbox", "body", ("id", "case_id", "seq"), _by_case),
    rotation.SealedColumn("casework_proposal", "draft", ("id", "revision"), _by_revision),
    rotation.SealedColumn("casework_opinion", "text", ("id", "proposal_id", "step"), _by_step),
    rotation.SealedColumn("casework_party", "card", ("id", "case_id", "identity"), _by_party),
)
