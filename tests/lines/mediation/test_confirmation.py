"""Judicial confirmation: the court by version, exhaustively; the thirty days; what follows."""

from datetime import date
from itertools import product

import pytest

from tests.kernel import D
from tests.lines.mediation import cases as c
from tests.lines.mediation.cases import codes
from yifa.engine import advance
from yifa.lines.mediation.confirmation import (
    CONFIRM_COURT,
    CONFIRM_COURT_2011,
    CONFIRM_COURT_2021,
    NOT_CONFIRMED,
    Filing,
    table_on,
)
from yifa.lines.mediation.inputs_conduct import Confirmation
from yifa.lines.mediation.stages import BODIES

SEATS = ("inviting", "body", "domicile", "subject", "intermediate")
EVERY = [Filing(*row) for row in product(SEATS, (False, True), (False, True), BODIES)]
NOT_PEOPLE = {"commercial", "organ", "health"}


def fits_now(f: Filing) -> bool:
    """Since 2022: the inviting court if there is one; else the intermediate court for its matters; else three basic ones."""
    if f.invited:
        return f.seat == "inviting"
    if f.for_intermediate:
        return f.seat == "intermediate"
    return f.seat in ("body", "domicile", "subject")


def fits_2011(f: Filing) -> bool:
    """Before: people's mediation only, the committee's basic court, or the court that sent the case."""
    return f.body not in NOT_PEOPLE and f.seat == ("inviting" if f.invited else "body")


def test_every_combination_by_version() -> None:
    for filing in EVERY:
        for table in (CONFIRM_COURT, CONFIRM_COURT_2021):
            assert (table.find(filing).outcome == "pass") is fits_now(filing), filing
        assert (CONFIRM_COURT_2011.find(filing).outcome == "pass") is fits_2011(filing), filing


def test_every_rule_decides_somewhere() -> None:
    for table in (CONFIRM_COURT, CONFIRM_COURT_2021, CONFIRM_COURT_2011):
        assert {table.find(filing).decisive for filing in EVERY} == {rule.code for rule in table.rules}


@pytest.mark.parametrize(
    ("version", "day", "article"),
    [
        ("", date(2021, 12, 31), "《最高人民法院关于人民调解协议司法确认程序的若干规定》(2011)第二条第一款"),
        ("confirm-2011", date(2022, 1, 10), "《最高人民法院关于人民调解协议司法确认程序的若干规定》(2011)第二条第一款"),
        ("", date(2022, 1, 1), "《民事诉讼法》(2021)第二百零一条第二项"),
        ("", date(2023, 12, 31), "《民事诉讼法》(2021)第二百零一条第二项"),
        ("", date(2024, 1, 1), "《民事诉讼法》(2023)第二百零五条第二项"),
    ],
)  # fmt: skip
def test_the_article_of_the_day_of_filing(version: str, day: date, article: str) -> None:
    assert str(table_on(version, day).find(Filing("body")).cite) == article


def test_every_rule_rests_on_its_article() -> None:
    rules_2011 = "《最高人民法院关于人民调解协议司法确认程序的若干规定》(2011)"
    assert {rule.code: str(rule.cite) for rule in CONFIRM_COURT_2011.rules} == {
        "C0": rules_2011 + "第一条", "C1": rules_2011 + "第二条第二款", "C2": rules_2011 + "第二条第二款",
        "C5": rules_2011 + "第二条第一款", "C6": rules_2011 + "第二条第一款",
    }  # fmt: skip
    for table, article in (
        (CONFIRM_COURT_2021, "《民事诉讼法》(2021)第二百零一条"), (CONFIRM_COURT, "《民事诉讼法》(2023)第二百零五条"),
    ):  # fmt: skip
        by_invitation = {rule.code for rule in table.rules if str(rule.cite) == article + "第一项"}
        of_its_own = {rule.code for rule in table.rules if str(rule.cite) == article + "第二项"}
        assert (by_invitation, of_its_own) == ({"C1", "C2"}, {"C3", "C4", "C5", "C6"})


# CPI 355(1): outside the courts' remit; status; another procedure; title to a thing or a right.
ITEMS_355 = {
    "outside_court": "一", "marriage": "三", "parentage": "三", "adoption": "三", "special_procedure": "四", "public_notice": "四",
    "bankruptcy": "四", "property_title": "五", "ip_title": "五",
}  # fmt: skip


def test_everything_a_court_does_not_take_has_its_item() -> None:
    interpretation = "《最高人民法院关于适用《民事诉讼法》的解释》(2022)第三百五十五条第一款第"
    assert {code: str(cite) for code, (_, cite) in NOT_CONFIRMED.items()} == {
        code: f"{interpretation}{item}项" for code, item in ITEMS_355.items()
    }
    assert set(NOT_CONFIRMED) == set(Confirmation.model_fields["matters"].annotation.__args__[0].__args__)  # type: ignore[union-attr]


# ------------------------------------------------------------------------------------------------ in a case


def test_the_version_is_that_of_the_filing() -> None:
    case = c.agreed("2023-03-10")
    assert (case.view.version, case.view.version_final) == ("confirm-2022", False)
    case.do("apply_confirm", "2023-03-20", **c.filing())
    assert (case.view.version, case.view.version_final) == ("confirm-2022", True)


def test_an_agreement_of_december_filed_in_january_is_under_the_new_articles() -> None:
    case = c.agreed_early("2023-12-28")
    assert case.view.version == "confirm-2022"
    case.do("apply_confirm", "2024-01-05", **c.filing())
    assert case.view.version == "confirm-2024"


def test_an_agreement_from_before_2022_stays_with_the_older_rule() -> None:
    case = c.agreed_early("2021-12-20")
    assert codes(case.try_("apply_confirm", "2022-01-10", **c.filing(seat="domicile"))) == [
        "confirm_wrong_court"
    ]
    case.do("apply_confirm", "2022-01-10", **c.filing())
    assert case.view.version == "confirm-2011"


def test_a_local_regulation_and_the_permission_lie_over_the_confirmation() -> None:
    assert c.registered("2025-04-30").view.version == "confirm-2024"
    assert c.registered("2025-05-06").view.version == "local-gz-2025"
    commercial = {"committee_kind": "commercial"}
    assert c.accepted("2026-04-30", **commercial).view.version == "local-gz-2025"
    assert (
        c.accepted("2026-05-06", {"licence": "示例许可1号"}, **commercial).view.version == "commercial-2026"
    )
    assert c.accepted("2026-05-06").view.version == "local-gz-2025"


def test_the_right_is_lost_after_thirty_days_and_the_agreement_stays() -> None:
    case = c.agreed()
    assert case.view.due("confirm_apply") == D("2023-04-10")
    over = advance(case.view, D("2023-04-11"))
    effect = over.effect("confirm_lost")
    assert effect is not None
    assert effect.on == D("2023-04-11")
    assert over.stage == "agreed"


def test_a_confirmed_agreement_can_be_enforced_for_two_years_from_its_last_day() -> None:
    case = c.confirmed()
    assert case.view.stage == "performing"
    assert case.view.due("enforce") == D("2025-04-21")  # 20 April is a Sunday
    assert case.status("court_accept") == case.status("court_decide") == "met"


def test_a_rejected_one_comes_back_to_the_table() -> None:
    case = c.rejected()
    assert case.view.stage == "agreed"
    assert case.view.facts["confirmed"] is False
    case.do("mediate_again", "2023-04-03")
    assert case.status("follow_up") == "stopped"
    case.do("agree_written", "2023-04-06", **c.signed("2023-04-06"))
    assert case.view.due("confirm_apply") == D("2023-05-06")  # a make-up working day
    assert case.view.facts["concluded_on"] == D("2023-03-10")  # counted once, by the first agreement
