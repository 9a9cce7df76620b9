"""Who may do what, in which case, and which fields they may see: one table, read by one pure function.

Necessity and classes of data: 个人信息保护法 第六条 (least extent), 第二十八条 (sensitive data: a specific purpose and full
necessity), 第五十一条第二项、第四项 (classes, reasonable permissions). Which role may see how much is the city's own rule.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import NamedTuple

from yifa.language.acts import Actor


class Field(IntEnum):
    """Classes of data, each including those before it."""

    PUBLIC = 0  # could stand in an open list
    INTERNAL = 1  # the course of the matter
    PERSONAL = 2  # names, numbers, addresses
    SENSITIVE = 3  # 个人信息保护法 第二十八条: health, accounts, minors under 14 …


class Verb(StrEnum):
    """What somebody wants to do."""

    LIST = "list"  # see that the case exists, in a list
    OPEN = "open"  # open the file
    UNMASK = "unmask"  # see a masked value whole; recorded with a reason
    ACT = "act"  # carry an act through the door; which act is the line's own rule
    ASSIGN = "assign"  # choose the handler
    EXPORT = "export"  # take copies out
    COUNT = "count"  # use it in figures
    MANAGE_ACCOUNTS = "manage_accounts"
    GRANT_ROLES = "grant_roles"
    READ_ACCESS_RECORD = "read_access_record"
    MANAGE_LOGINS = "manage_logins"  # undo locks, take lost devices away


SYSTEM_VERBS = frozenset(
    {Verb.MANAGE_ACCOUNTS, Verb.GRANT_ROLES, Verb.READ_ACCESS_RECORD, Verb.MANAGE_LOGINS}
)


class Near(StrEnum):
    """How an actor stands to a case."""

    ASSIGNED = "assigned"  # handles it
    OWN = "own"  # their organ's
    BELOW = "below"  # of an organ under theirs
    CITY = "city"  # any other in the city


class CaseRef(NamedTuple):
    """What permissions need to know of a case.

    above  organs over its organ; recused  who must stay out of it; sensitive  the line says that few may read it;
    joined  organs that work on it beside the one that has it (承办机关).
    """

    id: str
    organ: str
    assigned: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()
    sensitive: bool = False
    joined: frozenset[str] = frozenset()


class Allowed(NamedTuple):
    """Permitted; `ceiling` is the highest class of data that goes with it (None: the verb shows no data)."""

    ceiling: Field | None


class Denied(NamedTuple):
    """Refused: recused, no_case, verb, case or field. Chinese text in MESSAGES."""

    code: str


MESSAGES = {
    "recused": "应当回避本案，不得查看或者办理",
    "no_case": "该操作须指明案件",
    "verb": "所任角色没有这项权限",
    "case": "本案不在职责范围内",
    "field": "该信息超出所任角色的可见范围",
}

# role → nearness → verb → ceiling. A verb that is absent is not permitted. None: permitted, shows no data.
_SEE = {Verb.LIST: Field.INTERNAL, Verb.OPEN: Field.INTERNAL}
_WORK = {Verb.LIST: Field.PERSONAL, Verb.OPEN: Field.PERSONAL, Verb.ACT: None}
_HEAD = {
    **_WORK,
    Verb.UNMASK: Field.SENSITIVE,
    Verb.ASSIGN: None,
    Verb.EXPORT: Field.PERSONAL,
    Verb.COUNT: None,
}
_COUNT = {Verb.LIST: Field.INTERNAL, Verb.COUNT: None}

Verbs = Mapping[Verb, Field | None]
TABLE: Mapping[str, Mapping[Near, Verbs]] = {
    "window_clerk": {
        Near.OWN: {
            Verb.LIST: Field.INTERNAL,
            Verb.OPEN: Field.INTERNAL,
            Verb.UNMASK: Field.PERSONAL,
            Verb.ACT: None,
        },
        Near.ASSIGNED: {**_WORK, Verb.UNMASK: Field.PERSONAL},
    },
    "city_window_clerk": {
        Near.OWN: {**_SEE, Verb.ACT: None},
        Near.CITY: {Verb.LIST: Field.PUBLIC, Verb.ACT: None},
        Near.BELOW: {Verb.LIST: Field.PUBLIC, Verb.ACT: None},
    },
    "clerk": {Near.OWN: {**_SEE, Verb.ACT: None, Verb.COUNT: None}},
    "handler": {
        Near.ASSIGNED: {**_WORK, Verb.UNMASK: Field.SENSITIVE, Verb.EXPORT: Field.PERSONAL},
        Near.OWN: {Verb.LIST: Field.INTERNAL},
    },
    "reviewer": {
        Near.ASSIGNED: {**_WORK, Verb.UNMASK: Field.SENSITIVE},
        Near.OWN: {**_SEE, Verb.ACT: None},
    },
    "section_head": {Near.OWN: _HEAD},
    "body_head": {Near.OWN: _HEAD},
    "agency_head": {Near.OWN: _HEAD},
    "organ_head": {Near.OWN: _HEAD, Near.BELOW: _COUNT},
    "superior": {Near.BELOW: {**_SEE, Verb.UNMASK: Field.PERSONAL, Verb.ACT: None, Verb.COUNT: None}},
    "assigner": {Near.OWN: {**_SEE, Verb.ACT: None, Verb.ASSIGN: None, Verb.COUNT: None}},
    # Lawyers, firms and assessors from outside hold their accounts in the agency that engages them.
    "aid_person": {Near.ASSIGNED: _WORK},
    # Who is on duty that day, and who assesses a file, is recorded by the very act: they act in what nobody gave them yet.
    "duty_lawyer": {Near.ASSIGNED: _WORK, Near.OWN: {Verb.ACT: None}},
    "firm": {Near.ASSIGNED: _WORK},
    "assessor": {Near.ASSIGNED: {**_SEE, Verb.ACT: None}, Near.OWN: {Verb.ACT: None}},
    "finance": {Near.OWN: {Verb.LIST: Field.INTERNAL, Verb.ACT: None, Verb.COUNT: None}},
    "bureau": {
        Near.OWN: {**_SEE, Verb.ACT: None, Verb.COUNT: None},
        Near.BELOW: {**_SEE, Verb.UNMASK: Field.PERSONAL, Verb.ACT: None, Verb.COUNT: None},
    },
    "district_bureau": {Near.BELOW: {**_SEE, Verb.ACT: None, Verb.COUNT: None}},
    # Mediators of one committee help each other out; the justice office guides and audits what is below it.
    "mediator": {Near.ASSIGNED: {**_WORK, Verb.UNMASK: Field.PERSONAL}, Near.OWN: {**_SEE, Verb.ACT: None}},
    "grid_mediator": {Near.ASSIGNED: _WORK, Near.OWN: {Verb.LIST: Field.INTERNAL, Verb.ACT: None}},
    "committee_head": {Near.OWN: _HEAD},
    "justice_office": {
        Near.OWN: {**_SEE, Verb.ACT: None, Verb.COUNT: None},
        Near.BELOW: {**_SEE, Verb.ACT: None, Verb.COUNT: None},
    },
    # The organ answering for an act, and the office that keeps all suits of the government together.
    "coordinator": {
        Near.OWN: {
            **_WORK,
            Verb.UNMASK: Field.PERSONAL,
            Verb.ASSIGN: None,
            Verb.EXPORT: Field.PERSONAL,
            Verb.COUNT: None,
        }
    },
    "lead_organ": {Near.OWN: {**_WORK, Verb.UNMASK: Field.PERSONAL}},
    "archivist": {Near.OWN: {**_SEE, Verb.UNMASK: Field.PERSONAL, Verb.EXPORT: Field.INTERNAL}},
    "statistician": {Near.OWN: _COUNT, Near.BELOW: _COUNT},
}
# A sensitive case is read by who handles it and by who decides in its organ; others see that it exists, no more.
READING = frozenset({Verb.LIST, Verb.OPEN, Verb.UNMASK, Verb.EXPORT})
TRUSTED = frozenset(
    {"reviewer", "assigner", "section_head", "body_head", "agency_head", "organ_head", "committee_head"}
)
SYSTEM_TABLE: Mapping[str, frozenset[Verb]] = {
    "system_admin": frozenset({Verb.MANAGE_ACCOUNTS}),
    "security_admin": frozenset({Verb.GRANT_ROLES, Verb.MANAGE_LOGINS}),
    "audit_admin": frozenset({Verb.READ_ACCESS_RECORD}),
}


def may(actor: Actor, action: Verb, case: CaseRef | None, field: Field | None = None) -> Allowed | Denied:
    """Whether this actor may do this in this case, and see this class of data with it."""
    if action in SYSTEM_VERBS:
        return (
            Allowed(None)
            if any(action in SYSTEM_TABLE.get(role, ()) for role in actor.roles)
            else Denied("verb")
        )
    if case is None:
        return Denied("no_case")
    if actor.id in case.recused:
        return Denied("recused")
    granted = _granted(actor.roles, action, nearness(actor, case), case.sensitive)
    return granted if field is None else _seen(granted, field)


def reach(actor: Actor, action: Verb) -> frozenset[Near]:
    """How near a case must be so that the actor may do this in it, for lists that ask the database."""
    return frozenset(
        near for role in actor.roles & TABLE.keys() for near, verbs in TABLE[role].items() if action in verbs
    )


def finds(actor: Actor) -> frozenset[Near]:
    """How near a case must be so that the actor may find it by a person's data: where they may see such data.

    A hit says that the person is a party, so whoever may only know that a case exists must not search by person.
    """
    return frozenset(
        near
        for role in actor.roles & TABLE.keys()
        for near, verbs in TABLE[role].items()
        if Verb.UNMASK in verbs or (verbs.get(Verb.LIST) or Field.PUBLIC) >= Field.PERSONAL
    )


def nearness(actor: Actor, case: CaseRef) -> frozenset[Near]:
    """Every way the actor stands to the case; handling it counts only within the organ that has it now."""
    if actor.organ == case.organ:
        return frozenset({Near.OWN, Near.ASSIGNED} if actor.id in case.assigned else {Near.OWN})
    if actor.organ in case.joined:
        return frozenset({Near.OWN})
    return frozenset({Near.BELOW} if actor.organ in case.above else {Near.CITY})


@lru_cache(maxsize=4096)  # people have few sets of roles
def _granted(roles: frozenset[str], action: Verb, near: frozenset[Near], sensitive: bool) -> Allowed | Denied:
    """What these roles may do so near to a case, and up to which class of data."""
    grants = _grants(roles, action, near, sensitive)
    if not grants:
        return Denied("case" if _knows(roles, action) else "verb")
    return Allowed(max((grant for grant in grants if grant is not None), default=None))


def _grants(
    roles: frozenset[str], action: Verb, near: frozenset[Near], sensitive: bool
) -> list[Field | None]:
    held = [(role, n) for role in roles & TABLE.keys() for n in near & TABLE[role].keys()]
    found = [(role, n, TABLE[role][n][action]) for role, n in held if action in TABLE[role][n]]
    if not sensitive or action not in READING:
        return [ceiling for *_, ceiling in found]
    close = [
        ceiling for role, n, ceiling in found if n is Near.ASSIGNED or (n is Near.OWN and role in TRUSTED)
    ]
    return close or ([Field.PUBLIC] if found and action is Verb.LIST else [])


def _knows(roles: frozenset[str], action: Verb) -> bool:
    return any(action in row for role in roles & TABLE.keys() for row in TABLE[role].values())


def _seen(granted: Allowed | Denied, field: Field) -> Allowed | Denied:
    """The same where data of a class are to be seen."""
    if isinstance(granted, Allowed) and (granted.ceiling is None or field > granted.ceiling):
        return Denied("field")
    return granted
