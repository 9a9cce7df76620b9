"""Forms begun and not sent: kept sealed for whoever began them, given back when they come again, gone when the act is done.

One for each person, case and act; what opens a case has none. Nothing here is a record of the matter: no act reads it, the
ledger does not know it, and it is swept away after some days (YIFA_UNFINISHED_DAYS).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yifa.casework.models import Request, UnfinishedForm

Posted = Mapping[str, Sequence[str]]


class Spot(NamedTuple):
    """Whose form of which act: the user, the line and act, the case (None: it opens one)."""

    user: int
    line: str
    action: str
    case: UUID | None = None


class Begun(NamedTuple):
    """A form as it was left."""

    at: datetime
    posted: Posted


class Listed(NamedTuple):
    """A form waiting to be gone on with, for a list."""

    spot: Spot
    number: str
    at: datetime


@transaction.atomic
def keep(spot: Spot, posted: Posted, now: datetime, key: str = "") -> bool:
    """Keep the form as it stands now. False: the act of this key is done already, so there is nothing left to keep."""
    if key and Request.objects.filter(actor=str(spot.user), key=key).exists():
        return False
    row, _ = UnfinishedForm.objects.select_for_update().get_or_create(
        **_where(spot), defaults={"body": "{}", "at": now}
    )
    row.body, row.at = json.dumps({name: list(values) for name, values in posted.items()}), now
    row.save(update_fields=["body", "at"])
    return True


def find(spot: Spot) -> Begun | None:
    """The form as it was left, if it was."""
    row = UnfinishedForm.objects.filter(**_where(spot)).first()
    return Begun(row.at, json.loads(row.body)) if row else None


def drop(spot: Spot) -> None:
    """It is done, or no longer wanted."""
    UnfinishedForm.objects.filter(**_where(spot)).delete()


def _where(spot: Spot) -> dict[str, object]:
    return {"user_id": spot.user, "line": spot.line, "action": spot.action, "case_id": spot.case}


def listed(user: int, most: int = 10) -> list[Listed]:
    """What somebody left half done, the latest first. One query."""
    rows = UnfinishedForm.objects.filter(user_id=user).select_related("case").defer("body").order_by("-at")
    return [
        Listed(Spot(user, row.line, row.action, row.case_id), row.case.number if row.case else "", row.at)
        for row in rows[:most]
    ]


def sweep(now: datetime) -> int:
    """Forms left for longer than they are kept are gone; how many there were."""
    return UnfinishedForm.objects.filter(at__lt=now - timedelta(days=settings.UNFINISHED_DAYS)).delete()[0]


def forget(case: UUID) -> None:
    """Personal data is taken out of the case: what people had begun to write about it goes too."""
    UnfinishedForm.objects.filter(case_id=case).delete()
