"""Being let in: tries counted whoever they come from, locks that end or are undone on record, codes good once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from tests.people.conftest import START, Bureau, acting, member, user
from yifa.people import factors, logins
from yifa.people.factors import How
from yifa.people.logins import Let, Turned
from yifa.people.models import LoginRecord, Organ, RecoveryCode, SecondFactor, User
from yifa.people.permissions import Denied
from yifa.people.roles import Power
from yifa.people.services import Refusal, add_user
from yifa.platform import rotation, totp

PASSWORD = "correct horse battery staple"
NOW = timezone.make_aware(datetime(2024, 3, 1, 9))
HERE, THERE = "10.0.0.1", "10.0.0.2"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.LOGIN_FAILURES, settings.LOGIN_ADDRESS_FAILURES, settings.LOGIN_LOCK_MINUTES = 3, 6, 10


@pytest.fixture
def zhang(bureau: Bureau) -> User:
    made = add_user("Zhang", "测试张", PASSWORD)
    assert isinstance(made, User)
    return made


def guess(times: int, login: str = "zhang", at: datetime = NOW, address: str = HERE) -> list[Turned]:
    found = [logins.with_password(login, "wrong", address, at) for _ in range(times)]
    assert all(isinstance(one, Turned) for one in found)
    return found  # type: ignore[return-value]


def right(login: str = "zhang", at: datetime = NOW, address: str = HERE) -> Let | Turned:
    return logins.with_password(login, PASSWORD, address, at)


# ------------------------------------------------------------------------------ passwords


def test_the_right_password_lets_in_however_the_login_is_written(zhang: User) -> None:
    for login in ("Zhang", "zhang", "ZHANG"):
        assert right(login) == Let(zhang, False)


def test_tries_are_counted_down_and_then_locked(zhang: User) -> None:
    assert [(t.code, t.left) for t in guess(3)] == [("wrong", 2), ("wrong", 1), ("account_locked", None)]
    assert right() == Turned("account_locked", NOW + 10 * MINUTE), "the right password too"
    assert right(at=NOW + 10 * MINUTE) == Let(zhang, False)


def test_a_lock_grows_with_each_further_failure(zhang: User) -> None:
    guess(3)
    later = NOW + 11 * MINUTE
    assert guess(1, at=later) == [Turned("account_locked", later + 20 * MINUTE)]
    latest = later + 21 * MINUTE
    assert guess(1, at=latest) == [Turned("account_locked", latest + 40 * MINUTE)]


def test_tries_while_locked_do_not_prolong_the_lock(zhang: User) -> None:
    guess(3)
    assert guess(4, at=NOW + 9 * MINUTE) == [Turned("account_locked", NOW + 10 * MINUTE)] * 4
    assert LoginRecord.objects.filter(kind="wrong").count() == 3


def test_writing_the_login_otherwise_is_no_way_around(zhang: User) -> None:
    for login in ("zhang", "ZHANG", "Zhang"):
        guess(1, login)
    assert isinstance(right("zHaNg"), Turned)


def test_a_login_that_does_not_exist_is_answered_alike(zhang: User) -> None:
    assert guess(4, "nobody") == guess(4, "zhang", address=THERE)


def test_a_success_starts_the_count_anew(zhang: User) -> None:
    guess(2)
    assert right(at=NOW + MINUTE) == Let(zhang, False)
    assert guess(1, at=NOW + 2 * MINUTE)[0].left == 2


def test_an_account_that_is_closed_is_wrong(zhang: User) -> None:
    User.objects.filter(pk=zhang.pk).update(is_active=False)
    assert right() == Turned("wrong", None, 2)


def test_an_address_is_locked_over_many_accounts_and_an_own_account_does_not_open_it(zhang: User) -> None:
    for number in range(5):
        guess(1, f"n{number}")
    assert right(at=NOW + MINUTE) == Let(zhang, False)
    guess(1, "n6", at=NOW + 2 * MINUTE)
    assert right(at=NOW + 3 * MINUTE) == Turned("address_locked", NOW + 12 * MINUTE)
    assert right(at=NOW + 3 * MINUTE, address=THERE) == Let(zhang, False)


def test_what_was_typed_is_not_kept(zhang: User) -> None:
    guess(1, "my secret password")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM people_login p")
        text = str(cursor.fetchall())
    assert "my secret" not in text
    assert HERE not in text
    assert LoginRecord.objects.get().address == HERE


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_all_counted(zhang: User, monkeypatch: pytest.MonkeyPatch) -> None:
    examined: list[str] = []
    true = logins.authenticate

    def counted(**words: Any) -> Any:
        examined.append(words["password"])
        return true(**words)

    monkeypatch.setattr(logins, "authenticate", counted)

    def one(number: int) -> str:
        try:
            found = logins.with_password("zhang", f"guess {number}", HERE, NOW)
            return found.code if isinstance(found, Turned) else "in"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(12)))
    assert len(examined) == 3, "no more are examined than the limit allows"
    assert answers.count("wrong") == 2
    assert answers.count("account_locked") == 10


# ------------------------------------------------------------------------------ the record


def test_the_record_is_kept_as_written(zhang: User) -> None:
    guess(1)
    row = LoginRecord.objects.get()
    for change in ({"at": NOW + MINUTE}, {"kind": "unlocked"}, {"login_blind": b"x"}, {"reason": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LoginRecord.objects.filter(id=row.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    LoginRecord.objects.filter(id=row.id).update(kind="in")
    with pytest.raises(IntegrityError), transaction.atomic():
        LoginRecord.objects.filter(id=row.id).update(kind="wrong")


def test_addresses_and_secrets_are_sealed_anew_with_the_others() -> None:
    found = {(column.table, column.column) for column in rotation.columns()}
    assert {("people_login", "address"), ("people_second_factor", "secret")} <= found


def test_only_the_auditor_reads_the_record(zhang: User, bureau: Bureau) -> None:
    right()
    found = logins.records(acting(bureau.audit, bureau.city, "audit_admin"))
    assert isinstance(found, logins.Records)
    assert [(row.kind, row.user) for row in found.rows] == [("in", zhang)]
    assert logins.records(acting(bureau.head, bureau.th, "section_head")) == Denied("verb")
    assert logins.records(acting(bureau.security, bureau.city, "security_admin")) == Denied("verb")


# ------------------------------------------------------------------------------ undoing locks


def test_a_security_administrator_undoes_a_lock_for_a_reason(zhang: User, bureau: Bureau) -> None:
    actor = acting(bureau.security, bureau.city, "security_admin")
    guess(3)
    found = logins.locks(actor, NOW)
    assert isinstance(found, list)
    (lock,) = found
    assert (lock.kind, lock.name, lock.failures, lock.until) == ("account", "测试张", 3, NOW + 10 * MINUTE)
    assert logins.unlock(actor, "account", lock.record, " ", NOW) == Refusal("reason")
    assert logins.unlock(actor, "account", uuid4(), "误锁", NOW) == Refusal("lock_unknown")
    assert logins.unlock(actor, "door", lock.record, "误锁", NOW) == Refusal("lock_unknown")
    clerk = acting(bureau.clerk, bureau.th, "window_clerk")
    assert logins.unlock(clerk, "account", lock.record, "误锁", NOW) == Refusal("verb")
    done = logins.unlock(actor, "account", lock.record, "本人来电，已核实", NOW + MINUTE)
    assert isinstance(done, LoginRecord)
    assert (done.user, done.by, done.reason) == (zhang, bureau.security, "本人来电，已核实")
    assert logins.locks(actor, NOW + MINUTE) == []
    assert right(at=NOW + 2 * MINUTE) == Let(zhang, False)


def test_an_address_is_unlocked_apart_from_its_accounts(zhang: User, bureau: Bureau) -> None:
    actor = acting(bureau.security, bureau.city, "security_admin")
    for login in ("zhang", "nobody"):
        guess(3, login)
    found = logins.locks(actor, NOW)
    assert isinstance(found, list)
    assert [(lock.kind, lock.name) for lock in found] == [("account", "测试张"), ("account", ""), ("address", HERE)] or [
        (lock.kind, lock.name) for lock in found] == [("account", ""), ("account", "测试张"), ("address", HERE)]  # fmt: skip
    logins.unlock(actor, "address", found[-1].record, "办公网络", NOW + MINUTE)
    assert isinstance(right(at=NOW + 2 * MINUTE), Turned), "the account is still locked"
    assert guess(1, "third", at=NOW + 2 * MINUTE)[0].code == "wrong"


# ------------------------------------------------------------------------------ the second factor


def code_at(who: User, at: datetime) -> str:
    secret = totp.secret_of(SecondFactor.objects.get(user=who).secret)
    return totp.code(secret, totp.step_of(at.timestamp()))


@pytest.fixture
def enrolled(zhang: User) -> tuple[str, ...]:
    """Zhang's recovery codes."""
    factors.begin(zhang, NOW, "依法")
    codes = factors.confirm(zhang, PASSWORD, code_at(zhang, NOW), NOW)
    assert isinstance(codes, tuple)
    return codes


def test_a_device_is_in_use_once_it_has_proved_itself(zhang: User) -> None:
    begun = factors.begin(zhang, NOW, "依法")
    assert begun == factors.begin(zhang, NOW + MINUTE, "依法"), "a page shown again shows the same secret"
    assert factors.confirmed(zhang) is None
    assert right() == Let(zhang, False)
    assert factors.confirm(zhang, "wrong", code_at(zhang, NOW), NOW) == Refusal("password_wrong")
    assert factors.confirm(zhang, PASSWORD, "000000", NOW) == Refusal("code_wrong")
    codes = factors.confirm(zhang, PASSWORD, code_at(zhang, NOW), NOW)
    assert isinstance(codes, tuple)
    assert len(set(codes)) == factors.RECOVERY_CODES
    assert factors.begin(zhang, NOW, "依法") == Refusal("factor_there")
    assert factors.confirm(zhang, PASSWORD, code_at(zhang, NOW), NOW) == Refusal("factor_there")
    assert right(at=NOW + MINUTE) == Let(zhang, True)


def test_a_code_is_good_once_and_not_the_one_that_enrolled(zhang: User, enrolled: tuple[str, ...]) -> None:
    later = NOW + MINUTE
    assert isinstance(logins.with_code(zhang, code_at(zhang, NOW), HERE, NOW), Turned)
    text = code_at(zhang, later)
    assert logins.with_code(zhang, f" {text[:3]} {text[3:]}", HERE, later) == Let(zhang, False)
    assert isinstance(logins.with_code(zhang, text, HERE, later), Turned)


def test_guessing_codes_locks_though_the_password_is_right(zhang: User, enrolled: tuple[str, ...]) -> None:
    for _ in range(3):
        assert right() == Let(zhang, True), "the right password alone does not start the count anew"
        found = logins.with_code(zhang, "000000", HERE, NOW)
    assert found == Turned("account_locked", NOW + 10 * MINUTE)
    assert isinstance(right(), Turned)


def test_a_recovery_code_stands_in_once_and_is_kept_as_a_hash(zhang: User, enrolled: tuple[str, ...]) -> None:
    kept = b"".join(bytes(row.digest) for row in RecoveryCode.objects.all())
    assert not any(code.replace("-", "").encode() in kept for code in enrolled)
    assert factors.accept(zhang, enrolled[3].lower(), NOW) is How.RECOVERY
    assert factors.accept(zhang, enrolled[3], NOW) is None
    assert factors.recovery_codes_left(zhang) == factors.RECOVERY_CODES - 1
    assert logins.with_code(zhang, enrolled[4].replace("-", ""), HERE, NOW) == Let(zhang, False)
    assert LoginRecord.objects.filter(kind="recovered", user=zhang).count() == 1


def test_nobody_elses_codes_are_taken(zhang: User, enrolled: tuple[str, ...]) -> None:
    other = user("li")
    assert factors.accept(other, enrolled[0], NOW) is None
    factors.begin(other, NOW, "依法")
    SecondFactor.objects.filter(user=other).update(confirmed_at=NOW)
    assert factors.accept(other, enrolled[0], NOW) is None


def test_a_device_is_given_up_with_password_and_code(zhang: User, enrolled: tuple[str, ...]) -> None:
    later = NOW + MINUTE
    assert factors.remove(zhang, "wrong", enrolled[0], later) == Refusal("password_wrong")
    assert factors.remove(zhang, PASSWORD, "000000", later) == Refusal("code_wrong")
    assert factors.remove(zhang, PASSWORD, code_at(zhang, later), later) is None
    assert right(at=later) == Let(zhang, False)
    assert [r.kind for r in LoginRecord.objects.filter(user=zhang, kind__in=("enrolled", "removed")).order_by("at")] == ["enrolled", "removed"]  # fmt: skip


def test_a_lost_device_is_taken_away_by_somebody_else(zhang: User, enrolled: tuple[str, ...], bureau: Bureau) -> None:  # fmt: skip
    actor = acting(bureau.security, bureau.city, "security_admin")
    assert factors.reset(acting(bureau.head, bureau.th, "section_head"), "zhang", "丢失", NOW) == Refusal("verb")  # fmt: skip
    assert factors.reset(actor, "zhang", "", NOW) == Refusal("reason")
    assert factors.reset(actor, "nobody", "丢失", NOW) == Refusal("factor_missing")
    factors.begin(bureau.security, NOW, "依法")
    SecondFactor.objects.filter(user=bureau.security).update(confirmed_at=NOW)
    assert factors.reset(actor, "security", "丢失", NOW) == Refusal("self_reset")
    assert factors.reset(actor, "ZHANG ", "手机丢失，已当面核实", NOW) == zhang
    assert factors.confirmed(zhang) is None
    assert LoginRecord.objects.get(kind="reset").by == bureau.security


# ------------------------------------------------------------------------------ who must have one


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ("voluntary", set()),
        ("administrators", {"system", "security", "audit"}),
        ("signers", {"system", "security", "audit", "head"}),
        ("everybody", {"system", "security", "audit", "head", "clerk", "handler"}),
    ],
)
def test_who_must_have_one(rule: str, who: set[str], bureau: Bureau, settings: Any) -> None:
    settings.SECOND_FACTOR = rule
    day = NOW.date()
    assert {user.login for user in User.objects.all() if factors.must_have(user, day)} == who


def test_a_role_that_has_ended_demands_nothing(bureau: Bureau, settings: Any) -> None:
    settings.SECOND_FACTOR = "signers"
    former = user("former")
    member(former, Organ.objects.get(code="th"), "section_head", START, NOW.date() - timedelta(days=1))
    assert not factors.must_have(former, NOW.date())


def test_those_who_sign_are_those_the_lines_let_decide() -> None:
    found: Callable[[], frozenset[str]] = factors.signing_roles
    assert {"organ_head", "section_head", "agency_head", "committee_head"} <= found()
    assert not {"handler", "window_clerk", "statistician"} & found()
    assert Power.SYSTEM.value not in found()
