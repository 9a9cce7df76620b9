"""The city's organs in the tree of accounts: whole, again without change, with history; the first administrators."""

from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from yifa.city.load import load as load_city
from yifa.city.model import City
from yifa.cli import main
from yifa.people import selectors
from yifa.people.city import BEGINNING, Loaded, load_organs
from yifa.people.models import Membership, Organ, OrganVersion, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
GUANGZHOU = load_city("guangzhou")
DAY = date(2024, 3, 1)
ALL = len(GUANGZHOU.organs) + len(GUANGZHOU.windows)


def without(code: str) -> City:
    return replace(GUANGZHOU, organs={c: o for c, o in GUANGZHOU.organs.items() if c != code})


def renamed(code: str, name: str) -> City:
    return replace(GUANGZHOU, organs={**GUANGZHOU.organs, code: GUANGZHOU.organs[code]._replace(name=name)})


def test_city_districts_departments_streets_towns_and_windows() -> None:
    found = load_organs(GUANGZHOU, DAY)
    assert (len(found.added), found.changed, found.ended, found.same) == (ALL, (), (), 0)
    assert Organ.objects.count() == ALL == OrganVersion.objects.count()
    assert Organ.objects.filter(kind="government", level="district").count() == 11
    assert set(Organ.objects.values_list("kind", flat=True)) >= {
        "government", "department", "justice", "legal_aid", "dispatched_organ", "dispatched_body", "window",
    }  # fmt: skip
    street = Organ.objects.get(code="440106-s1")
    assert (street.name, street.level, street.parent_id, street.district) == (
        "广州市天河区石牌街道办事处", "town", "440106-gov", "440106",
    )  # fmt: skip
    window = Organ.objects.get(code="gz-w1")
    assert (window.parent_id, window.kind) == ("gz-sfj", "window")
    assert selectors.organs_above("440106-w1") == {"440106-sfj", "440106-gov", "gz-gov", "gd-gov"}
    assert "440118-t1" in selectors.organs_below("gz-gov")


def test_the_order_of_the_files_does_not_matter() -> None:
    backwards = replace(GUANGZHOU, organs=dict(reversed(GUANGZHOU.organs.items())))
    assert len(load_organs(backwards).added) == ALL
    assert selectors.organs_above("440106-s1") == {"440106-gov", "gz-gov", "gd-gov"}


def test_without_a_day_it_is_as_if_it_had_always_been_so() -> None:
    load_organs(GUANGZHOU)
    load_organs(renamed("gz-aid", "广州市示例援助中心"))
    assert OrganVersion.objects.get(organ="gz-aid").name == "广州市示例援助中心"
    assert selectors.organ_name("gz-aid", DAY) == "广州市示例援助中心"


def test_again_it_changes_nothing() -> None:
    load_organs(GUANGZHOU, DAY)
    rows = list(Organ.objects.order_by("code").values())
    assert load_organs(GUANGZHOU, date(2025, 1, 1)) == Loaded((), (), (), ALL)
    assert list(Organ.objects.order_by("code").values()) == rows


def test_a_new_name_holds_from_the_day_on_and_the_old_one_stays() -> None:
    load_organs(GUANGZHOU, DAY)
    assert load_organs(renamed("gz-cgj", "广州市城市管理局"), date(2025, 1, 1)).changed == ("gz-cgj",)
    names = {day: selectors.organ_name("gz-cgj", day) for day in (DAY, date(2024, 12, 31), date(2025, 1, 1))}
    assert names == {
        DAY: "广州市城市管理和综合执法局", date(2024, 12, 31): "广州市城市管理和综合执法局", date(2025, 1, 1): "广州市城市管理局",
    }  # fmt: skip
    periods = (
        OrganVersion.objects.filter(organ="gz-cgj")
        .order_by("valid_from")
        .values_list("valid_from", "valid_to")
    )
    assert list(periods) == [(BEGINNING, date(2024, 12, 31)), (date(2025, 1, 1), None)]


def test_a_mistake_mended_on_the_same_day_leaves_no_trace() -> None:
    load_organs(GUANGZHOU, DAY)
    load_organs(renamed("gz-cgj", "误录"), date(2025, 1, 1))
    load_organs(GUANGZHOU, date(2025, 1, 1))
    assert not OrganVersion.objects.filter(name="误录").exists()
    assert selectors.organ_name("gz-cgj", date(2025, 1, 1)) == "广州市城市管理和综合执法局"


def test_an_organ_the_files_no_longer_name_has_ended() -> None:
    load_organs(GUANGZHOU, DAY)
    assert load_organs(without("gz-lyj"), date(2025, 1, 1)).ended == ("gz-lyj",)
    assert Organ.objects.get(code="gz-lyj").valid_to == date(2024, 12, 31)
    assert load_organs(without("gz-lyj"), date(2025, 2, 1)).ended == ()
    assert load_organs(GUANGZHOU, date(2025, 3, 1)).changed == ("gz-lyj",)  # named again, it goes on
    assert Organ.objects.get(code="gz-lyj").valid_to is None


def test_an_end_that_the_files_state() -> None:
    load_organs(GUANGZHOU, DAY)
    ended = GUANGZHOU.organs["gz-lyj"]._replace(until=date(2025, 6, 30), successor="gz-ghj")
    load_organs(replace(GUANGZHOU, organs={**GUANGZHOU.organs, "gz-lyj": ended}), date(2025, 7, 1))
    assert Organ.objects.get(code="gz-lyj").valid_to == date(2025, 6, 30)
    assert OrganVersion.objects.get(organ="gz-lyj").valid_to == date(2025, 6, 30)


def test_organs_entered_by_hand_are_left_alone() -> None:
    Organ.objects.create(code="hand", name="手工录入", level="city", kind="department", valid_from=DAY)
    assert load_organs(GUANGZHOU, DAY).ended == ()
    assert Organ.objects.get(code="hand").valid_to is None
    assert selectors.organ_name("hand", DAY) == "手工录入"
    assert selectors.organ_name("moon", DAY) == "moon"


def test_the_commands() -> None:
    run = CliRunner().invoke
    assert run(main, ["people", "administrators", "--organ", "gz-sfj"]).exit_code == 1
    done = run(main, ["people", "organs", "--on", "2024-03-01"])
    assert done.exit_code == 0
    assert done.output.startswith(f"新增{ALL}个：")
    assert run(main, ["people", "organs"]).output == f"未变{ALL}个\n"
    answers = [
        f"{who}\n测试{who}\nlong-enough-{n}-pass\nlong-enough-{n}-pass\n"
        for n, who in enumerate(("sys", "sec", "aud"))
    ]
    done = run(main, ["people", "administrators", "--organ", "gz-sfj"], input="".join(answers))
    assert done.exit_code == 0, done.output
    roles = dict(Membership.objects.values_list("user__login", "role"))
    assert roles == {"sys": "system_admin", "sec": "security_admin", "aud": "audit_admin"}
    assert {u.power for u in User.objects.all()} == {"system_admin", "security_admin", "audit_admin"}
    again = run(main, ["people", "administrators", "--organ", "gz-sfj"])
    assert again.output.count("已经建立") == 3


def test_a_weak_password_makes_no_administrator() -> None:
    run = CliRunner().invoke
    run(main, ["people", "organs"])
    done = run(main, ["people", "administrators", "--organ", "gz-sfj"], input="sys\n测试\n123\n123\n")
    assert done.exit_code == 1
    assert "密码不符合要求" in done.output
    assert not User.objects.exists()
