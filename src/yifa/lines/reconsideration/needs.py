"""What reconsideration asks of the outside, and what it makes of the answers: minimal values, never rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from yifa.language.actions import Need
from yifa.language.acts import Command
from yifa.language.records import Follow, Lookup, one_of
from yifa.language.view import View

Rows = Iterable[Mapping[str, Any]]


def _respondents(view: View, command: Command) -> Any:
    return tuple(view.parties_in("respondent")) or None


def _handlers(view: View, command: Command) -> Any:
    return tuple(command.data.get("handlers", ()))


def _members(view: View, command: Command) -> Any:
    return tuple(command.data.get("members", ())) or None


def organs(key: Any, rows: Rows) -> tuple[dict[str, Any], ...]:
    """What decides jurisdiction, one row a respondent. A review body 复议机构 works for its organ (L23 4(2))."""
    return tuple(
        {
            "id": row["name"],
            "kind": row["kind"],
            "level": row["level"],
            "by_division": row.get("by_division", False),
            "competent": tuple(code for organ in row["organs"] for code in _working(organ)),
            "names": {code: organ["name"] for organ in row["organs"] for code in _working(organ)},
        }
        for row in rows
        if row["state"] == "active"
    )


def _working(organ: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(code for code in (organ["code"], organ.get("review_body")) if code)


def unqualified(key: Any, rows: Rows) -> tuple[str, ...]:
    """Those the register knows to lack the qualification or the training (L23 6(2)); who is not in it is not judged."""
    return tuple(row["staff_no"] for row in rows if not row["qualified"] or not row.get("trained_on"))


def serving(key: Any, rows: Rows) -> tuple[str, ...]:
    """Numbers of those who are members on the day."""
    return tuple(row["member_no"] for row in rows if row["state"] == "appointed")


RESPONDENT_ORGANS = Need(
    "respondent_organs", _respondents, port="registers", optional=True,
    lookup=Lookup("organs", one_of("code", "name"), Follow("competent", "organs", "code")), answer=organs,
)  # fmt: skip
HANDLER_CONFLICTS = Need("handler_conflicts", _handlers, port="people", optional=True)
HANDLER_UNQUALIFIED = Need(
    "handler_unqualified", _handlers, port="registers", optional=True,
    lookup=Lookup("handlers", one_of("staff_no")), answer=unqualified,
)  # fmt: skip
COMMITTEE_MEMBERS = Need(
    "committee_members", _members, port="registers", optional=True,
    lookup=Lookup("committee_members", one_of("member_no")), answer=serving,
)  # fmt: skip
