"""删除个人信息: the files of the person, blind keys, the same person in other cases; what stays is told with its reason."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from django.test import Client

from tests.casework import sample_files as f
from tests.casework.support import TestWorld
from tests.casework.telling import at, staff, tell, world_of
from tests.documents import stories
from yifa.casework import documents, erasure, log, matters, public
from yifa.casework import world as worlds
from yifa.casework.audit import faults
from yifa.casework.dossier import bind
from yifa.casework.erasure import Wanted, Why
from yifa.casework.kept import files
from yifa.casework.materials import Upload, open_material, perform_with
from yifa.casework.models import Case, ClaimRow, EventRow, Material, Paper, PartyKey
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.cli import main
from yifa.language.acts import Actor, Command
from yifa.language.kernel_actions import ARCHIVE
from yifa.language.messages import kernel_catalogue, render
from yifa.people.models import Organ, User
from yifa.people.roles import Power
from yifa.people.services import add_membership, add_user
from yifa.platform.files import FileLostError, sha256

pytestmark = pytest.mark.django_db(transaction=True)
ZHANG = "p-zhang"
HEAD = Actor("丁", frozenset({"body_head", "organ_head"}), "gz-sfj")
CARD = Upload("张示例身份证.png", f.png(), "identity")
SCAN = Upload("现场照片.png", f.png(16, 16))
LETTER = Upload("情况说明.docx", f.word("邻居张示例当时在场"))
OTHERS = Upload("证照.docx", f.word("与本案当事人无关的公开文件"))
EXPIRED = Why("retention", "保管期限届满，经鉴定销毁")


@pytest.fixture
def world() -> TestWorld:
    return world_of(stories.WITHDRAWN)


def take(case: UUID, world: TestWorld, *uploads: Upload, party: str | None = None) -> int:
    command = Command("take_materials", world.now().date(), {"party": party})
    done = perform_with(Ask(command, staff("gz-sfj"), str(uuid4()), "reconsideration", case), uploads, world)
    assert isinstance(done, Done), done
    return done.seq


class Told:
    """A closed case with a document made, the applicant's card, a photograph, and two letters of the respondent."""

    def __init__(self, world: TestWorld) -> None:
        self.case = tell(stories.WITHDRAWN, world)
        self.card = take(self.case, world, CARD, party=ZHANG)
        self.rest = take(self.case, world, SCAN, LETTER, OTHERS, party="r-bureau")
        self.paper = documents.produce(self.case, 1, "acceptance_notice", world)

    @property
    def of_person(self) -> set[str]:
        return {sha256(CARD.content), sha256(LETTER.content), bytes(self.paper.sha256).hex()}


@pytest.fixture
def told(world: TestWorld) -> Told:
    return Told(world)


def take_out(told: Told, world: TestWorld, why: Why = EXPIRED, **wanted: Any) -> Answer:
    return erasure.erase(told.case, Wanted(**({"party": ZHANG} | wanted)), HEAD, why, str(uuid4()), world)


def codes(answer: Answer) -> list[str]:
    assert isinstance(answer, Done), answer
    return [warning.code for warning in answer.warnings]


def is_kept(*hashes: str) -> list[bool]:
    return [files().has(sha) for sha in hashes]


def test_files_of_the_person_go_and_the_ledger_still_holds(
    told: Told, world: TestWorld, tmp_path: Path
) -> None:
    log.sequence()
    done = take_out(told, world)
    assert isinstance(done, Done), done
    assert is_kept(*told.of_person) == [False] * 3
    assert is_kept(sha256(SCAN.content), sha256(OTHERS.content)) == [True, True]
    event = matters.log_of(Case.objects.get(id=told.case), world)[done.seq]
    assert set(event.data["files"]) == told.of_person
    assert event.data["hashes"][str(told.card)] == [sha256(CARD.content)]
    assert not list(faults(world))
    assert Material.objects.count() == 2
    log.sequence()
    log.export(tmp_path / "out")
    program = [
        sys.executable,
        "-I",
        str(tmp_path / "out" / "verifier.py"),
        str(tmp_path / "out"),
        "--key",
        str(log.key()),
    ]
    assert subprocess.run(program, capture_output=True).returncode == 0
    assert CliRunner().invoke(main, ["ledger", "verify"]).exit_code == 0


def test_what_nobody_but_a_person_can_judge_is_told_and_goes_when_named(told: Told, world: TestWorld) -> None:
    answer = take_out(told, world)
    assert codes(answer) == ["erasure_file_unread"]
    assert isinstance(answer, Done)
    assert dict(answer.warnings[0].params) == {"seq": told.rest, "place": 1}
    again = take_out(told, world, party=None, files=(f"{told.rest}.1",))
    assert isinstance(again, Done), again
    assert is_kept(sha256(SCAN.content)) == [False]
    assert not list(faults(world))


def test_a_place_at_which_there_is_no_file_is_refused_with_all_others(told: Told, world: TestWorld) -> None:
    answer = take_out(told, world, files=("0.7", f"{told.rest}.9"))
    assert isinstance(answer, NotDone)
    assert [(p.code, p.params["place"]) for p in answer.problems] == [
        ("material_unknown", "7"),
        ("material_unknown", "9"),
    ]
    assert is_kept(*told.of_person) == [True] * 3


@pytest.mark.parametrize("ground", ["purpose", "consent"])
def test_an_archive_stays_for_its_time_and_the_answer_says_by_which_article(
    told: Told, world: TestWorld, ground: str
) -> None:
    answer = take_out(told, world, Why(ground, "当事人请求删除"))
    assert (
        codes(answer)
        == ["erasure_archive", "erasure_file_unread", "erasure_claim_live"][: 2 + (len(codes(answer)) > 2)]
    )
    assert isinstance(answer, Done)
    held = answer.warnings[0]
    assert (held.params["count"], held.cite) == (3, ARCHIVE)
    text = render(held, kernel_catalogue())
    for article in ("第四十七条第二款", "第七十二条第二款", "《档案法》(2020)第二十一条"):
        assert article in text
    assert is_kept(*told.of_person) == [True] * 3
    assert not list(faults(world))
    assert take_out(told, world, party=None, files=(f"{told.card}.1",))  # its time over, it goes later
    assert is_kept(sha256(CARD.content)) == [False]


def test_by_the_bare_act_no_archive_goes_either(told: Told, world: TestWorld) -> None:
    """Whoever performs the act itself is held to the same: what it names would be taken away by the sweep."""
    data = {"what": {}, "files": sorted(told.of_person), "ground": "purpose", "reason": "当事人请求删除"}
    ask = Ask(Command("erase", world.now().date(), data), HEAD, "bare", "reconsideration", told.case)
    answer = perform(ask, world)
    assert isinstance(answer, NotDone)
    assert [(p.code, p.params["count"], p.cite) for p in answer.problems] == [("erasure_archive", 3, ARCHIVE)]


def test_verification_says_what_was_erased_and_on_what_ground(told: Told, world: TestWorld) -> None:
    run = CliRunner()
    before = run.invoke(main, ["casework", "verify"]).output
    assert "依法删除" not in before
    assert take_out(told, world, EXPIRED._replace(order="穗府办档销〔2034〕1号"))
    done = run.invoke(main, ["casework", "verify"])
    assert done.exit_code == 0
    assert done.output.count("依法删除") == 3
    number, day = Case.objects.get(id=told.case).number, world.now().date().isoformat()
    assert (
        f"· 案件 {number}（{told.case}） 第{told.card}步（收取材料）：第1份材料：该文件已于{day}依法删除，依据：穗府办档销〔2034〕1号；"
        "文件哈希仍在存证记录中（《个人信息保护法》(2021)第四十七条第一款第二项）"
    ) in done.output
    assert "全部相符" in done.output


def test_who_asks_for_an_erased_file_is_told_by_which_article(
    told: Told, world: TestWorld, client: Client
) -> None:
    Organ.objects.create(code="gz-sfj", name="局", level="city", kind="justice", valid_from="2000-01-01")
    user = User.objects.create(login="clerk", display_name="收件")
    clerk = Actor(str(user.pk), frozenset({"section_head"}), "gz-sfj")
    assert take_out(told, world, EXPIRED._replace(order="穗府办档销〔2034〕1号"))
    for found in (
        documents.open_document(clerk, told.case, 1, "acceptance_notice", world),
        open_material(clerk, told.case, told.card, 0, world),
    ):
        assert isinstance(found, NotDone)
        text = render(found.problems[0], kernel_catalogue())
        assert "穗府办档销〔2034〕1号" in text
        assert "第四十七条第一款第二项" in text
    shown = public.find(told.paper.code, world)
    assert shown is not None
    assert (shown.intact, shown.sha256) == (False, bytes(told.paper.sha256).hex())
    page = client.get(f"/verify/{told.paper.code}").content.decode()
    assert "已于" in page
    assert "存档文件未能通过核对" not in page
    assert b"%PDF" in bind(Case.objects.get(id=told.case), world)[:8]


def test_a_file_lost_without_a_record_is_not_excused_by_an_erasure(told: Told, world: TestWorld) -> None:
    assert take_out(told, world)
    files().remove(sha256(OTHERS.content))
    ((seq, what),) = [(x.seq, x.what) for x in faults(world)]
    assert seq == told.rest
    assert what.startswith("第3份材料的文件缺失")


def test_a_material_list_changed_after_an_erasure_is_found(told: Told, world: TestWorld) -> None:
    """Its commitment went with the name in it; the erasure repeats the hashes."""
    assert take_out(told, world)
    row = EventRow.objects.get(case_id=told.case, seq=told.card)
    clear = world.open(bytes(row.payload or b""), f"{told.case}/{told.card}".encode())
    other = clear.replace(sha256(CARD.content).encode(), sha256(OTHERS.content).encode())
    EventRow.objects.filter(pk=row.pk).update(payload=world.seal(other, f"{told.case}/{told.card}".encode()))
    assert (told.card, "材料清单与删除记录不符") in [(x.seq, x.what) for x in faults(world)]


def test_a_file_another_case_names_stays_there(told: Told, world: TestWorld) -> None:
    other = closed(world, stories.ZHANG, "穗示罚〔2024〕9号")
    take(other, world, CARD, party=ZHANG)
    answer = take_out(told, world)
    assert codes(answer) == ["erasure_file_unread", "erasure_file_shared", "erasure_namesake"]
    assert is_kept(sha256(CARD.content), sha256(LETTER.content)) == [True, False]
    assert not list(faults(world))
    assert erasure.erase(other, Wanted(ZHANG), HEAD, EXPIRED, "other", world)
    assert is_kept(sha256(CARD.content)) == [False]
    assert not list(faults(world))


def test_taken_in_again_later_it_is_a_file_like_any_other(told: Told, world: TestWorld) -> None:
    assert take_out(told, world)
    seq = take(told.case, world, CARD)
    assert not list(faults(world))
    files().remove(sha256(CARD.content))
    assert [x.seq for x in faults(world)] == [seq]


# ------------------------------------------------------------------------------ claims


def test_a_claim_in_force_stays_while_only_the_purpose_is_over(told: Told, world: TestWorld) -> None:
    rows = ClaimRow.objects.filter(case_id=told.case)
    assert sorted((kind, at is None) for kind, at in rows.values_list("kind", "released_at")) == [
        ("dispute", False),
        ("withdrawn_dispute", True),
    ]
    answer = take_out(told, world, Why("purpose", "当事人请求删除"))
    assert isinstance(answer, Done), answer
    (held,) = [w for w in answer.warnings if w.code == "erasure_claim_live"]
    assert (held.params["count"], held.cite) == (1, ARCHIVE)
    assert list(rows.values_list("kind", flat=True)) == ["withdrawn_dispute"], "what was released is gone"
    assert not list(faults(world))


def test_with_the_time_over_no_blind_key_is_left(told: Told, world: TestWorld) -> None:
    assert take_out(told, world)
    assert not ClaimRow.objects.filter(case_id=told.case).exists()
    assert not list(faults(world))


# ------------------------------------------------------------------------------ other cases


NUMBER = "11010519491231002X"


def person(identity: str, **more: str) -> dict[str, Any]:
    return stories.ZHANG | {"id": identity, **more}


def closed(world: TestWorld, who: dict[str, Any], doc_no: str) -> UUID:
    """A case of this person, withdrawn."""
    act = stories.ACT | {"doc_no": doc_no}
    data = stories.application("2024-01-31", applicants=[who], act=act, agents=[])
    return _walk(world, data, closing=True)


def _walk(world: TestWorld, data: dict[str, Any], closing: bool) -> UUID:
    steps = [("receive_application", "2024-01-31", data),
             ("accept", "2024-02-06", {"accepted_on": "2024-02-06", "conditions_met": stories.SEVEN})]  # fmt: skip
    case: UUID | None = None
    for action, day, given in [*steps, *([("withdraw", "2024-03-01", {})] if closing else [])]:
        with at(world, day):
            command = Command(action, date.fromisoformat(day), given)
            done = perform(
                Ask(command, staff("gz-sfj"), str(uuid4()), "reconsideration", case, "gz-sfj"), world
            )
        assert isinstance(done, Done), done
        case = done.case
    assert case is not None
    return case


@pytest.fixture
def same(world: TestWorld) -> tuple[UUID, UUID, UUID]:
    """Two closed cases of one person, and one of somebody of the same name."""
    world.moment = world.moment.replace(month=3, day=2)
    return (
        closed(world, person("p-1", id_number=NUMBER), "穗示罚〔2024〕1号"),
        closed(world, person("p-2", id_number=NUMBER.lower(), name="张 示例"), "穗示罚〔2024〕2号"),
        closed(world, person("p-3"), "穗示罚〔2024〕3号"),
    )


def test_the_same_person_elsewhere_is_found_by_blind_index(
    same: tuple[UUID, UUID, UUID], world: TestWorld
) -> None:
    first, second, namesake = same
    found = {o.case: (o.party, o.certain) for o in erasure.elsewhere(first, "p-1", world)}
    assert found == {second: ("p-2", True), namesake: ("p-3", False)}
    answer = erasure.erase(first, Wanted("p-1"), HEAD, EXPIRED, "k", world)
    assert isinstance(answer, Done), answer
    numbers = {case: Case.objects.get(id=case).number for case in same}
    assert {(w.code, w.params["case"]) for w in answer.warnings} == {
        ("erasure_elsewhere", numbers[second]), ("erasure_namesake", numbers[namesake]),
    }  # fmt: skip
    assert PartyKey.objects.filter(case_id=second, kind="id_number").exists(), "told, not touched"


def test_everywhere_each_case_has_its_own_act_and_its_own_answer(
    same: tuple[UUID, UUID, UUID], world: TestWorld
) -> None:
    first, second, _ = same
    found = dict(erasure.everywhere(first, Wanted("p-1"), HEAD, EXPIRED, "k", world))
    assert set(found) == {first, second}
    assert codes(found[first]) == ["erasure_namesake"]
    assert [EventRow.objects.filter(case_id=case, action="erase").count() for case in same] == [1, 1, 0]
    assert not PartyKey.objects.filter(case_id__in=(first, second), kind="id_number").exists()
    assert not list(faults(world))


def test_where_the_matter_is_open_it_stays_and_the_answer_says_why(world: TestWorld) -> None:
    world.moment = world.moment.replace(month=3, day=2)
    first = closed(world, person("p-1", id_number=NUMBER), "穗示罚〔2024〕1号")
    data = stories.application("2024-01-31", applicants=[person("p-2", id_number=NUMBER)], agents=[])
    running = _walk(world, data, closing=False)
    found = dict(erasure.everywhere(first, Wanted("p-1"), HEAD, EXPIRED, "k", world))
    refused = found[running]
    assert isinstance(refused, NotDone)
    assert [(p.code, str(p.cite)) for p in refused.problems] == [
        ("erasure_while_open", "《个人信息保护法》(2021)第四十七条第一款第一项")
    ]
    assert codes(found[first]) == ["erasure_elsewhere"]
    assert not list(faults(world))


# ------------------------------------------------------------------------------ the command


@pytest.fixture
def ding(world: TestWorld, monkeypatch: pytest.MonkeyPatch) -> User:
    """A head of the organ, on the day the world has."""
    organ = Organ.objects.create(
        code="gz-sfj", name="局", level="city", kind="justice", valid_from=date(2000, 1, 1)
    )
    user = add_user("ding", "测试丁", power=Power.BUSINESS)
    assert isinstance(user, User)
    add_membership(user, organ, "body_head", date(2020, 1, 1))
    monkeypatch.setattr(worlds.SystemWorld, "now", lambda self: world.now())
    return user


def test_the_command_from_list_to_verification(
    same: tuple[UUID, UUID, UUID], world: TestWorld, ding: User, tmp_path: Path
) -> None:
    first, _, namesake = same
    number = Case.objects.get(id=first).number
    paper = documents.produce(first, 1, "acceptance_notice", world)
    listed = CliRunner().invoke(main, ["casework", "erase", number])
    assert "1. 申请人 张**" in listed.output
    done = CliRunner().invoke(main, [
        "casework", "erase", number, "--party", "1", "--ground", "retention", "--reason", "保管期限届满", "--order", "档销1号",
        "--by", "ding", "--everywhere",
    ])  # fmt: skip
    assert done.exit_code == 0, done.output
    assert done.output.count("已办理并记入本案") == 2
    assert f"案件{Case.objects.get(id=namesake).number}中有姓名或者电话相同的当事人" in done.output
    assert not files().has(bytes(paper.sha256).hex())
    (row,) = EventRow.objects.filter(case_id=first, action="erase")
    assert row.actor == str(ding.pk)
    assert CliRunner().invoke(main, ["casework", "verify"]).exit_code == 0
    assert "核验通过" in _sequenced_and_verified()
    assert Paper.objects.filter(case_id=first).exists(), "that it was issued is still on record"


def _sequenced_and_verified() -> str:
    CliRunner().invoke(main, ["ledger", "sequence"])
    return CliRunner().invoke(main, ["ledger", "verify"]).output


def test_the_command_says_everything_that_stands_against_it(world: TestWorld, ding: User) -> None:
    world.moment = world.moment.replace(month=3, day=2)
    case = _walk(world, stories.application("2024-01-31"), closing=False)
    number = Case.objects.get(id=case).number
    done = CliRunner().invoke(
        main, ["casework", "erase", number, "--party", "1", "--reason", "删", "--by", "ding"]
    )
    assert done.exit_code == 1
    assert f"{number}：没有办理" in done.output
    assert "理由" in done.output


def test_removing_twice_is_as_once() -> None:
    address = files().put(b"x")
    files().remove(address)
    files().remove(address)
    with pytest.raises(FileLostError):
        files().get(address)
    with pytest.raises(FileLostError):
        files().age(address, 0.0)
