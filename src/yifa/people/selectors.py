"""Reading people: who is who on a day, who stands over whom, who must stay out. Each answer is a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from yifa.language.acts import Actor
from yifa.people.models import Access, Change, Conflict, Membership, Organ, OrganVersion, Substitution, User
from yifa.people.permissions import CaseRef, Denied, Verb, may
from yifa.people.roles import ROLES
from yifa.platform.crypto import blind_index

PAGE = 100


class Capacity(NamedTuple):
    """One way a user may act on a day: in an organ, as themselves or for somebody, with these roles."""

    user: int
    organ: str
    roles: frozenset[str]
    instead_of: int | None = None
    authority: str = ""

    @property
    def actor(self) -> Actor:
        """As the engine and the permissions want it."""
        return Actor(str(self.user), self.roles, self.organ)


def on_day(day: date) -> Q:
    """Rows valid on this day, ends included."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def capacities(user: User, day: date) -> tuple[Capacity, ...]:
    """Own roles by organ, then one capacity a substitution the principal could act in themselves. Two queries."""
    if not user.is_active:
        return ()
    own: dict[str, set[str]] = {}
    for organ, role in Membership.objects.filter(on_day(day), user=user).values_list("organ_id", "role"):
        own.setdefault(organ, set()).add(role)
    found = [Capacity(user.pk, organ, frozenset(roles)) for organ, roles in sorted(own.items())]
    return (*found, *_substituted(user, day))


def _substituted(user: User, day: date) -> list[Capacity]:
    """A substitute has no more than the principal has on the day."""
    same = {"user": OuterRef("principal"), "organ": OuterRef("organ"), "role": OuterRef("role")}
    held = Membership.objects.filter(on_day(day), **same)
    rows = Substitution.objects.filter(Exists(held), on_day(day), substitute=user, principal__is_active=True)
    return [
        Capacity(user.pk, s.organ_id, frozenset({s.role}), s.principal_id, s.authority)
        for s in rows.order_by("pk")
    ]


def authority(actor: Actor, principal: str, organ: str, roles: frozenset[str], day: date) -> str:
    """What entitles the actor to act for `principal` in one of these roles on this day; empty: nothing does."""
    user = User.objects.filter(pk=int(actor.id)).first() if actor.id.isdigit() else None
    fit = (
        c.authority
        for c in (capacities(user, day) if user else ())
        if str(c.instead_of) == principal and c.organ == organ and c.roles & roles & actor.roles
    )
    return next(fit, "")


def organ_name(code: str, day: date) -> str:
    """What an organ was called on a day; its present name before its history begins, its code if it is unknown."""
    was = OrganVersion.objects.filter(on_day(day), organ=code).values_list("name", flat=True).first()
    return was or Organ.objects.filter(code=code).values_list("name", flat=True).first() or code


def holders(organ: str, role: str, day: date) -> QuerySet[User]:
    """Who holds a role in an organ on a day."""
    held = Membership.objects.filter(on_day(day), organ_id=organ, role=role).values("user_id")
    return User.objects.filter(pk__in=held, is_active=True).order_by("login")


def roster(organ: str, day: date) -> QuerySet[Membership]:
    """Everybody's roles in an organ on a day, users and organ with them: one query."""
    rows = Membership.objects.filter(on_day(day), organ_id=organ)
    return rows.select_related("user", "organ").order_by("role", "user__login")


def organs_above(code: str) -> frozenset[str]:
    """Codes of all organs over this one, at any distance: one query. A ring in the data ends the walk."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {above_sql('w.organ')} FROM (SELECT %s::text AS organ) w", [code])
        return frozenset(cursor.fetchone()[0] or ())


def organs_below(code: str) -> frozenset[str]:
    """Codes of all organs under this one, at any distance: one query."""
    query = """
        WITH RECURSIVE below(code) AS (
            SELECT code FROM people_organ WHERE parent_id = %s
            UNION SELECT o.code FROM people_organ o JOIN below b ON o.parent_id = b.code
        ) SELECT code FROM below WHERE code <> %s"""
    with connection.cursor() as cursor:
        cursor.execute(query, [code, code])
        return frozenset(row[0] for row in cursor.fetchall())


class Conflicts(NamedTuple):
    """What an actor has declared to stay out of: cases, organs, persons by the blind indexes of their ID numbers."""

    cases: tuple[UUID, ...]
    organs: tuple[str, ...]
    persons: tuple[bytes, ...]


def conflicts_of(actor: Actor) -> Conflicts:
    """Everything this actor must stay out of: one query."""
    if not actor.id.isdecimal():
        return Conflicts((), (), ())
    rows = Conflict.objects.filter(user_id=int(actor.id), withdrawn_at=None)
    found = list(rows.values_list("case", "organ", "person_blind"))
    return Conflicts(
        tuple(case for case, *_ in found if case), tuple(organ for _, organ, _ in found if organ),
        tuple(bytes(person) for *_, person in found if person),
    )  # fmt: skip


def recused(
    case: str | None, organs: Iterable[str], id_numbers: Iterable[str], people: Iterable[bytes] = ()
) -> frozenset[str]:
    """Ids of users who have declared that they must stay out, by case, organ or person: one query.

    people  further persons by the blind indexes of their ID numbers.
    """
    blinds = [*(blind_index("id_number", number) for number in id_numbers), *people]
    hit = Q(organ__in=list(organs)) | Q(person_blind__in=blinds)
    rows = Conflict.objects.filter(hit | Q(case=case) if case else hit, withdrawn_at=None)
    return frozenset(str(user) for user in rows.values_list("user_id", flat=True).distinct())


def staying_out(
    case: str, users: Sequence[str], party_organs: Iterable[str], people: Iterable[bytes] = ()
) -> frozenset[str]:
    """Those of these users who have declared that they must stay out, by case, organ or person: one query at most.

    people  blind indexes of the parties' ID numbers.
    """
    ids = [int(user) for user in users if user.isdecimal()]
    if not ids:
        return frozenset()
    query = (
        "SELECT DISTINCT user_id::text FROM people_conflict WHERE user_id = ANY(%s::bigint[]) AND withdrawn_at IS NULL "
        'AND ("case" = %s::uuid OR organ_id = ANY(%s::text[]) OR person_blind = ANY(%s::bytea[]))'
    )
    with connection.cursor() as cursor:
        cursor.execute(query, (ids, case, list(party_organs), list(people)))
        return frozenset(row[0] for row in cursor.fetchall())


def above_sql(organ: str) -> str:
    """Organs over an organ, as SQL for a column. `organ` is SQL too."""
    return (
        f"(WITH RECURSIVE above(code, parent_id) AS (SELECT code, parent_id FROM people_organ WHERE code = {organ} "
        "UNION SELECT o.code, o.parent_id FROM people_organ o JOIN above a ON o.code = a.parent_id) "
        f"SELECT array_agg(code) FROM above WHERE code <> {organ})"
    )


# What a user must stay out of, as SQL for a column: cases, organs, persons by blind index in hexadecimal. One value, `user_key`.
STAYS_OUT_SQL = (
    "(SELECT array_agg(COALESCE(f.\"case\"::text, f.organ_id, encode(f.person_blind, 'hex'))) FROM people_conflict f "
    "WHERE f.user_id = %s::bigint AND f.withdrawn_at IS NULL)"
)


def user_key(user: str) -> int | None:
    """The key of a user's row; None for whoever has no account."""
    return int(user) if user.isdecimal() else None


def case_ref(
    case: str,
    organ: str,
    assigned: Iterable[str] = (),
    parties: Iterable[str] = (),
    party_organs: Iterable[str] = (),
    people: Iterable[bytes] = (),
) -> CaseRef:
    """What permissions need of a case: two queries. `parties` are ID numbers (`people`: as blind indexes),
    `party_organs` organ codes.
    """
    out = recused(case, party_organs, parties, people)
    return CaseRef(case, organ, frozenset(assigned), organs_above(organ), out)


def accesses(actor: Actor, case: str) -> list[Access] | Denied:
    """Who looked into a case, latest first: for the audit administrator. One query."""
    refused = may(actor, Verb.READ_ACCESS_RECORD, None)
    if isinstance(refused, Denied):
        return refused
    rows = Access.objects.filter(case=case).select_related("actor", "instead_of").order_by("-at", "-id")
    return list(rows[:PAGE])


class Accesses(NamedTuple):
    """A page of the access record, the latest first."""

    rows: list[Access]
    number: int
    pages: int
    total: int


def access_record(actor: Actor, page: int = 1, about: tuple[str, str] | None = None) -> Accesses | Denied:
    """Who looked, at what and for whom: for the audit administrator, 50 a page, two queries.

    about  (kind, value) of a person: only searches for them.
    """
    refused = may(actor, Verb.READ_ACCESS_RECORD, None)
    if isinstance(refused, Denied):
        return refused
    found = Access.objects.select_related("actor", "instead_of").order_by("-at", "-id")
    if about is not None:
        found = found.filter(kind=Access.SEARCH, blind=blind_index(*about))
    total = found.count()
    pages = max(1, -(-total // 50))
    page = min(max(1, page), pages)
    return Accesses(list(found[(page - 1) * 50 : page * 50]), page, pages, total)


class Changed(NamedTuple):
    """Something that was done to an account or a role, in words."""

    at: datetime
    by: str
    what: str
    about: str
    reason: str


WHAT = {
    ("user", "add"): "建立账号", ("user", "disable"): "停用账号", ("user", "enable"): "启用账号", ("user", "password"): "重置密码",
    ("membership", "grant"): "授予角色", ("membership", "end"): "终止任职", ("substitution", "grant"): "登记代理",
    ("substitution", "end"): "终止代理", ("membership", "revoke"): "撤回任职", ("substitution", "revoke"): "撤回代理",
    ("conflict", "declare"): "声明回避", ("conflict", "withdraw"): "撤回回避声明",
}  # fmt: skip


def changes(actor: Actor, user: User | None = None) -> list[Changed] | Denied:
    """What was done to accounts and roles (of one user), latest first: for the audit administrator. Three queries."""
    refused = may(actor, Verb.READ_ACCESS_RECORD, None)
    if isinstance(refused, Denied):
        return refused
    rows = Change.objects.select_related("by").order_by("-id")
    if user is not None:
        whose = Q(kind="user", row=str(user.pk)) | Q(after__user_id=user.pk)
        rows = rows.filter(whose | Q(after__principal_id=user.pk) | Q(after__substitute_id=user.pk))
    found = list(rows[:PAGE])
    named = {row.after[name] for row in found for name in PERSONS if row.after.get(name)}
    names = dict(User.objects.filter(pk__in=named).values_list("pk", "display_name"))
    where = {row.after["organ_id"] for row in found if row.after.get("organ_id")}
    organs = dict(Organ.objects.filter(pk__in=where).values_list("pk", "name"))
    return [_changed(row, names, organs) for row in found]


PERSONS = ("user_id", "principal_id", "substitute_id")


def _changed(row: Change, names: Mapping[int, str], organs: Mapping[str, str]) -> Changed:
    after = row.after
    role = ROLES[after["role"]].title if after.get("role") in ROLES else after.get("role", "")
    organ = organs.get(after.get("organ_id") or "", after.get("organ_id") or "")
    days = (
        f"{after.get('valid_from') or ''}至{after.get('valid_to') or '长期'}" if "valid_from" in after else ""
    )
    about = " ".join(part for part in (_whom(after, names), organ, role, days) if part)
    return Changed(
        row.at, row.by.display_name if row.by else "系统", WHAT[row.kind, row.what], about, row.reason
    )


def _whom(after: Mapping[str, Any], names: Mapping[int, str]) -> str:
    """Whose account or role it is; of a substitution, who acts for whom."""
    if "substitute_id" in after:
        return f"{names.get(after['substitute_id'], '')}代理{names.get(after['principal_id'], '')}"
    return str(after.get("display_name") or names.get(after.get("user_id", 0), ""))
