"""删除个人信息: gone everywhere, recorded by whom and why, the log still verified, the case the same; theft of contents found."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import connection

from tests.casework.support import TestWorld, application
from yifa.casework import erasure, log, proposals, selectors, store
from yifa.casework.audit import faults
from yifa.casework.codec import opened
from yifa.casework.drafts import Hand
from yifa.casework.erasure import Wanted, Why
from yifa.casework.models import Case, EventRow, PartyKey, PartyRow
from yifa.casework.proposals import Proposed
from yifa.casework.redaction import MARK, Secrets, cut, redacted
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.selectors import File, Reader
from yifa.cli import main
from yifa.language.acts import Actor, Command
from yifa.ledger import verifier
from yifa.platform.crypto import vault

Act = Callable[..., Answer]
pytestmark = pytest.mark.django_db(transaction=True)
SEVEN = [1, 2, 3, 4, 5, 6, 7]
WHO = {
    "id": "p1",
    "name": "测试甲",
    "id_number": "11010519491231002X",
    "phone": "13800138000",
    "address": "某市某区测试路1号",
}
TOLD = ("测试甲", "11010519491231002X", "13800138000", "测试路1号")
HEAD = Actor("丁", frozenset({"body_head"}), "gz")


@pytest.fixture
def case(act: Act, world: TestWorld) -> UUID:
    """Received, accepted on a signed draft that speaks of the applicant, served, withdrawn and so closed."""
    data = application(applicants=[WHO], facts_reasons="测试甲（13800138000）认为处罚认定事实不清")
    done = act("receive_application", "2024-01-31", **{**data, "service_address": WHO["address"]})
    assert isinstance(done, Done)
    case = done.case
    world.moment = world.moment.replace(month=2, day=5)
    command = Command(
        "accept",
        date(2024, 2, 5),
        {"accepted_on": date(2024, 2, 5), "conditions_met": SEVEN, "reason": "测试甲符合条件"},
    )
    drafter = Actor("乙", frozenset({"handler"}), "gz")
    made = proposals.propose(Ask(command, drafter, "k", "reconsideration", case), world)
    assert isinstance(made, Proposed)
    assert proposals.sign(
        made.id, Hand(Actor("丙", frozenset({"section_head"}), "gz")), "已电话联系测试甲13800138000", world
    )
    assert act("send_copy", "2024-02-06", case, "某局", served_on=date(2024, 2, 6))
    assert act("grant_file_access", "2024-02-07", case, who="测试甲", what=["答复"])
    assert act("withdraw", "2024-02-20", case, "p1")
    return case


def take_out(case: UUID, world: TestWorld, wanted: Wanted | None = None, **changes: Any) -> Answer:
    given: dict[str, Any] = {
        "actor": HEAD,
        "ground": "purpose",
        "reason": "当事人请求删除",
        "order": None,
        "key": "e1",
        **changes,
    }
    why = Why(given.pop("ground"), given.pop("reason"), given.pop("order"))
    return erasure.erase(case, wanted or Wanted(party="p1"), why=why, world=world, **given)


def everything(world: TestWorld) -> str:
    """Every column of casework, with everything sealed opened."""
    texts = []
    with connection.cursor() as cursor:
        for table in (
            "event",
            "case",
            "clock",
            "party",
            "party_key",
            "proposal",
            "opinion",
            "outbox",
            "request",
            "alert",
        ):
            cursor.execute(f"SELECT row_to_json(t)::text FROM casework_{table} t")
            texts += [row[0] for row in cursor.fetchall()]
    for row in EventRow.objects.all():
        texts.append(json.dumps(opened(row, world)[0], ensure_ascii=False))
    for draft in proposals.Proposal.objects.all():
        texts.append(str(proposals.drafts.read(draft, world, date(2024, 1, 1))))
        texts += [said.text for said in proposals.drafts.trail(draft, world)]
    return " ".join(texts)


def test_before_it_is_all_there(case: UUID, world: TestWorld) -> None:
    assert all(told in everything(world) for told in TOLD)


def test_a_party_is_gone_from_every_table_and_the_log_is_verified(
    case: UUID, world: TestWorld, tmp_path: Path
) -> None:
    log.sequence()
    before = Case.objects.get(id=case)
    clocks = set(before.clocks.values_list("clock", "due", "state"))
    heads = list(EventRow.objects.order_by("seq").values_list("head", flat=True))
    done = take_out(case, world)
    assert isinstance(done, Done), done
    text = everything(world)
    assert [told for told in TOLD if told in text] == []
    assert vault().alias("p1") not in text
    after = Case.objects.get(id=case)
    assert (after.stage, after.version, after.closed, after.number) == (
        before.stage,
        before.version,
        True,
        before.number,
    )
    assert set(after.clocks.values_list("clock", "due", "state")) == clocks
    assert [bytes(h) for h in heads] == [
        bytes(h) for h in EventRow.objects.order_by("seq").values_list("head", flat=True)[: len(heads)]
    ]
    assert not list(faults(world))
    log.sequence()
    log.export(tmp_path / "out")
    assert verifier.main([str(tmp_path / "out")]) == 0


def test_who_did_it_when_and_why_stands_in_the_case(case: UUID, world: TestWorld) -> None:
    done = take_out(case, world)
    assert isinstance(done, Done)
    row = EventRow.objects.get(case_id=case, seq=done.seq)
    assert (row.action, row.actor) == ("erase", "丁")
    data = {n: v for n, v in opened(row, world)[0].items() if n.startswith("data.")}
    assert (data["data.ground"], data["data.reason"]) == ("purpose", "当事人请求删除")
    what = data["data.what"]
    assert set(what["0"]) == {"data.applicants", "data.facts_reasons", "data.service_address"}
    assert {"3", "4"} & set(what)
    assert [steps for place, steps in what.items() if place.startswith("proposal:")] == [["0"]]


def test_the_file_can_still_be_read(case: UUID, world: TestWorld) -> None:
    assert take_out(case, world)
    found = selectors._file(Case.objects.get(id=case), selectors.reference(Case.objects.get(id=case)),
                            Reader(HEAD), selectors.Field.PERSONAL, world)  # fmt: skip
    assert isinstance(found, File)
    applicant = next(p for p in found.parties if p.role == "applicant")
    assert applicant.name.startswith("erased-")
    assert applicant.values == ()
    assert {e.seq for e in found.entries if e.erased} >= {0, 1}
    shown = {v.path: v.text for v in found.entries[0].values}
    assert shown["facts_reasons"] == f"{MARK}（{MARK}）认为处罚认定事实不清"
    assert not PartyKey.objects.filter(kind="id_number").exists()
    assert PartyRow.objects.filter(case_id=case).count() == 2


def test_asked_again_it_was_done(case: UUID, world: TestWorld) -> None:
    first = take_out(case, world)
    again = take_out(case, world)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (again.seq, again.repeated) == (first.seq, True)
    assert isinstance(take_out(case, world, key="e2"), NotDone)  # nobody of that name is left


def test_single_values(case: UUID, world: TestWorld) -> None:
    done = take_out(case, world, Wanted(fields=("0.applicants.0.phone", "0.service_address")))
    assert isinstance(done, Done), done
    private, salts = opened(store.events_of(case)[0], world)
    assert "phone" not in private["data.applicants"][0]
    assert private["data.applicants"][0]["name"] == "测试甲"
    assert "data.service_address" not in private
    assert {"data.applicants", "data.service_address"}.isdisjoint(
        salts
    )  # without the salt nothing can be guessed
    assert not list(faults(world))


# ---------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("changes", "wanted", "refused"),
    [
        ({"actor": Actor("乙", frozenset({"handler"}), "gz")}, None, ["not_authorised"]),
        ({"actor": Actor("丁", frozenset({"body_head"}), "yx")}, None, ["act_case"]),
        ({"reason": "删"}, None, ["field_invalid"]), ({"ground": "whim"}, None, ["field_invalid"]),
        ({}, Wanted(party="nobody"), ["erasure_nothing"]), ({}, Wanted(fields=("0.colour",)), ["erasure_nothing"]),
        ({}, Wanted(fields=("0.received_on",)), ["erasure_not_personal"]), ({}, Wanted(fields=("0.applicants",)), ["erasure_needed"]),
    ],
)  # fmt: skip
def test_what_is_refused_changes_nothing(
    case: UUID, world: TestWorld, changes: dict[str, Any], wanted: Wanted | None, refused: list[str]
) -> None:
    before = everything(world)
    answer = take_out(case, world, wanted, **changes)
    assert isinstance(answer, NotDone)
    assert [p.code for p in answer.problems] == refused
    assert everything(world) == before


def test_an_open_matter_keeps_its_record(act: Act, world: TestWorld) -> None:
    done = act("receive_application", "2024-01-31", **application(applicants=[WHO]))
    assert isinstance(done, Done)
    answer = take_out(done.case, world)
    assert isinstance(answer, NotDone)
    assert [p.code for p in answer.problems] == ["erasure_while_open"]
    assert take_out(done.case, world, ground="unlawful", reason="误收他人信息")


# ---------------------------------------------------------------------------------------- nobody else may


def test_what_is_missing_beyond_the_record_is_found(case: UUID, world: TestWorld) -> None:
    """Whoever takes more out than was recorded, is named with the act."""
    assert take_out(case, world, Wanted(fields=("0.applicants.0.phone",)))
    row = store.events_of(case)[1]
    fields, salts = opened(row, world)
    body = {"fields": {n: v for n, v in fields.items() if n != "data.reason"},
            "salts": {n: s.hex() for n, s in salts.items() if n != "data.reason"}}  # fmt: skip
    sealed = world.seal(json.dumps(body).encode(), f"{case}/1".encode())
    EventRow.objects.filter(case_id=case, seq=1).update(payload=sealed)
    assert [(f.seq, f.what) for f in faults(world)] == [(1, "“data.reason”被改动")]


def test_a_recorded_erasure_lets_nothing_else_be_changed(case: UUID, world: TestWorld) -> None:
    assert take_out(case, world)
    EventRow.objects.filter(case_id=case, seq=0).update(payload=None)
    assert any(f.what == "内容缺失，没有删除记录" for f in faults(world))


def test_the_command(case: UUID, world: TestWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    number = Case.objects.get(id=case).number
    listed = CliRunner().invoke(main, ["casework", "erase", number])
    assert (listed.exit_code, listed.output) == (0, "1. 申请人 测**\n2. 被申请人 某*\n")
    refused = CliRunner().invoke(
        main,
        [
            "casework",
            "erase",
            number,
            "--party",
            "1",
            "--ground",
            "purpose",
            "--reason",
            "当事人请求删除",
            "--by",
            "nobody",
        ],
    )
    assert refused.exit_code == 1
    assert "没有登录名" in refused.output
    assert CliRunner().invoke(main, ["casework", "erase", "没有此号"]).exit_code == 1


# ---------------------------------------------------------------------------------------- redaction, purely


SECRETS = Secrets("p1", "erased-1", ("某市某区测试路1号", "13800138000", "测试甲", "p1", "甲"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("p1", "erased-1"), ("测试甲和p1", f"{MARK}和{MARK}"), ("甲方", "甲方"), (7, 7), (None, None), (["p1", "x"], ["erased-1", "x"]),
        ({"id": "p1", "name": "测试甲", "kind": "person", "phone": "1", "minor": True}, {"id": "erased-1", "kind": "person", "minor": True}),
        ({"id": "p2", "principal": "p1", "name": "测试乙"}, {"id": "p2", "principal": "erased-1", "name": "测试乙"}),
        ({"p1": "2024-02-06"}, {"erased-1": "2024-02-06"}),
    ],
)  # fmt: skip
def test_redaction(value: Any, expected: Any) -> None:
    assert redacted(value, SECRETS) == expected
    assert redacted(value, Secrets("", "", ())) == value


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a", {"b": 1}), ("a.0.c", {"a": [{"d": 2}, "x"], "b": 1}), ("a.1", {"a": [{"c": 1, "d": 2}], "b": 1}),
        ("z", None), ("a.9", None), ("b.c", None), ("a.x", None),
    ],
)  # fmt: skip
def test_cutting(path: str, expected: Any) -> None:
    value = {"a": [{"c": 1, "d": 2}, "x"], "b": 1}
    assert cut(value, path.split(".")) == (value if expected is None else expected)
