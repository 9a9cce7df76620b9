"""What legal aid asks of the outside, and what it makes of the answers: minimal values, nothing about third persons."""

from collections.abc import Iterable, Mapping
from typing import Any

from yifa.language.actions import Match, Need
from yifa.language.acts import Command
from yifa.language.records import Follow, Lookup, all_of, one_of
from yifa.language.view import View

Rows = Iterable[Mapping[str, Any]]


def person_of(data: Mapping[str, Any]) -> str | None:
    """Who is to act, by the number of the aid pool."""
    lawyer = data.get("lawyer")
    found: str | None = data.get("person") or (lawyer.id if lawyer is not None else None)
    return found


def _person(view: View, command: Command) -> str | None:
    return person_of(command.data)


def _other_cases(view: View, command: Command) -> dict[str, Match] | None:
    """Cases of the same person or firm: all in hand, those for the opponent, those of co-accused."""
    who, firm = person_of(command.data), command.data.get("firm")
    if who is None:
        return None
    opponent, number = view.last_data("receive").get("opponent"), view.facts.get("organ_case_no")
    asked = {"load": Match({"person": who}, open_only=True)}
    if opponent:
        asked["other_side"] = Match({"person": who}, opponent)
    if opponent and firm:
        asked["firm_other_side"] = Match({"firm": firm}, opponent)
    if number:
        asked["defends_linked"] = Match({"person": who, "organ_case_no": number})
    return asked


def _id_number(view: View, command: Command) -> str | None:
    found: str | None = command.data.get("id_no")
    return found


def _sitting(view: View, command: Command) -> Any:
    lawyer, day = command.data.get("lawyer"), command.data.get("day")
    return None if lawyer is None or day is None else (lawyer, day)


def _limit(view: View, command: Command) -> str:
    return "aid_load_limit"


def candidate(key: Any, rows: Rows) -> dict[str, Any]:
    """What assignment looks at: the pool's row, and the register of lawyers behind its licence. Nothing if unknown."""
    row = next(iter(rows), None)
    if row is None:
        return {}
    lawyer: Mapping[str, Any] = next(iter(row["lawyers"]), {})
    found = {
        "id": row["id"],
        "role": row["role"],
        "firm": row.get("firm") or lawyer.get("firm"),
        "practice_start": lawyer.get("first_licensed") or row.get("practice_start"),
        "criminal_start": row.get("criminal_start"),
        "knows_minors": row["juvenile"],
        "suspended": row["state"] != "active" or _out_of_practice(lawyer, row["on"]),
        "staff_qualified": row["qualified"],
    }
    return {name: value for name, value in found.items() if value is not None}


def _out_of_practice(lawyer: Mapping[str, Any], day: str) -> bool:
    """A suspension ends by itself on its last day, whoever notes it (LL 47–49, 51)."""
    over = lawyer.get("state") == "suspended" and (lawyer.get("suspended_to") or day) < day
    return not over and lawyer.get("state", "practising") != "practising"


def conflicts(key: Any, counts: Mapping[str, int]) -> dict[str, Any]:
    """How many cases are in hand, and whether there is one that stands against the assignment."""
    return {name: count if name == "load" else count > 0 for name, count in counts.items()}


def load_limit(key: Any, value: Any) -> dict[str, Any]:
    """The most cases one person may have in hand (PR 25: balance)."""
    return {} if value is None else {"load_limit": value}


def broken(key: Any, rows: Rows) -> tuple[str, ...]:
    """Cases in which the applicant broke a commitment that is not repaired yet."""
    return tuple(row["case_no"] for row in rows if row["state"] == "broken")


def shifts(key: Any, rows: Rows) -> tuple[dict[str, Any], ...]:
    """Where the lawyer sits on that day."""
    return tuple({name: row[name] for name in ("place", "day", "half")} for row in rows)


AID_PERSON = Need(
    "aid_person", _person, port="registers", optional=True,
    lookup=Lookup("aid_pool", one_of("id"), Follow("licence", "permits.lawyers", "licence")), answer=candidate,
)  # fmt: skip
CONFLICTS = Need("conflicts", _other_cases, optional=True, answer=conflicts)
LOAD_LIMIT = Need("load_limit", _limit, port="parameters", optional=True, answer=load_limit)
POOL = (AID_PERSON, CONFLICTS, LOAD_LIMIT)
BROKEN = Need(
    "broken_commitments", _id_number, port="registers", optional=True,
    lookup=Lookup("commitments", one_of("person")), answer=broken,
)  # fmt: skip
ROSTER = Need(
    "duty_roster", _sitting, port="registers", optional=True,
    lookup=Lookup("duty_roster", all_of("lawyer", "day")), answer=shifts,
)  # fmt: skip
