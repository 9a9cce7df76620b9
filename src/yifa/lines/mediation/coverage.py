"""Every village and community committee has a grid officer among its mediators: which committees lack one."""

from collections.abc import Iterable, Mapping
from typing import Any


def without_grid_officer(
    committees: Iterable[Mapping[str, Any]], mediators: Iterable[Mapping[str, Any]]
) -> tuple[str, ...]:
    """Codes of active village and community committees without an active grid officer, in order."""
    covered = {row["committee"] for row in mediators if row.get("is_grid") and row.get("state") == "active"}
    wanted = (
        row["code"] for row in committees if row.get("kind") == "village" and row.get("state") == "active"
    )
    return tuple(sorted(code for code in wanted if code not in covered))
