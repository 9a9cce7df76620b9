"""Documents of cases on the database: issued by acts, made once, frozen in the ledger, opened on record."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.support import TestWorld
from tests.casework.telling import at, do, staff, tell, world_of
from tests.documents import stories
from tests.documents.pdf_reading import squeezed, text_of
from tests.documents.stories import STORIES, Step, Story, step
from yifa import registry
from yifa.casework import documents, matters
from yifa.casework.audit import faults
from yifa.casework.documents import IncompleteError, Opened, draw_up, open_document, produce
from yifa.casework.models import Case, EventRow, NumberGiven, Paper
from yifa.casework.requests import Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.language.messages import kernel_catalogue, render
from yifa.ledger.commitments import unpack
from yifa.people.models import Access, Organ, User
from yifa.people.permissions import Denied
from yifa.platform.files import FileDamagedError, sha256

pytestmark = pytest.mark.django_db(transaction=True)


def all_issued(case_id: UUID, world: TestWorld) -> list[matters.Issued]:
    case = Case.objects.get(id=case_id)
    return matters.issued(case, matters.log_of(case, world), world)


def seq_of(case: UUID, world: TestWorld, code: str) -> int:
    return next(i.seq for i in all_issued(case, world) if i.document == code)


def test_every_declared_document_of_both_lines_is_made_from_cases_through_the_door() -> None:
    """Each story is told on the database, and each document it issues is drawn up; the first of a kind is set and frozen."""
    made: dict[tuple[str, str, str], str] = {}
    for story in STORIES:
        world = world_of(story)
        case = Case.objects.get(id=tell(story, world))
        log = matters.log_of(case, world)
        for item in matters.issued(case, log, world):
            key = (story.line, story.version, item.document)
            draw_up(case, log, item.seq, item.document, world)
            if key not in made:
                paper = produce(case.id, item.seq, item.document, world)
                made[key] = paper.code
                text = text_of(documents.content_of(paper))
                assert squeezed(paper.code) in text
                assert squeezed(paper.organ) in text
    for line, versions in (("reconsideration", ("2017", "2023")), ("legal_aid", ("la-2003", "la-2023"))):
        for version in versions:
            wanted = {
                d.code for d in registry.line(line).documents if not d.versions or version in d.versions
            }
            assert wanted == {code for the_line, v, code in made if (the_line, v) == (line, version)}
    assert len(set(made.values())) == len(made)  # no two documents share a check code


def short() -> Story:
    """Up to the acceptance: a receipt and a notice."""
    return stories.WITHDRAWN


def accepted() -> tuple[UUID, TestWorld]:
    world = world_of(short())
    return tell(short(), world, 2), world


def test_a_document_is_made_once_and_frozen_in_the_chain_of_its_case() -> None:
    case, world = accepted()
    seq = seq_of(case, world, "acceptance_notice")
    paper = produce(case, seq, "acceptance_notice", world)
    assert produce(case, seq, "acceptance_notice", world) == paper
    (row,) = EventRow.objects.filter(case_id=case, action="freeze_document")
    assert (row.seq, row.re) == (paper.frozen_seq, seq)
    frozen = next(e for e in matters.log_of(Case.objects.get(id=case), world) if e.seq == row.seq)
    assert frozen.data == {
        "document": "acceptance_notice", "of": seq, "sha256": bytes(paper.sha256).hex(), "code": paper.code,
        "title": paper.title, "organ": paper.organ, "number": paper.number, "dated": paper.dated,
    }  # fmt: skip
    assert list(faults(world)) == []


def test_made_anew_it_is_the_same_byte_for_byte_even_years_later() -> None:
    case, world = accepted()
    paper = produce(case, 1, "acceptance_notice", world)
    with at(world, "2031-05-05"):
        assert documents.again(paper, world) == documents.content_of(paper)
        assert documents.same(paper, documents.again(paper, world))


def test_what_happens_later_does_not_reach_into_an_earlier_document() -> None:
    world = world_of(stories.FULL)
    case_id = tell(stories.FULL, world)
    case = Case.objects.get(id=case_id)
    log = matters.log_of(case, world)
    seq = seq_of(case_id, world, "acceptance_notice")
    whole = draw_up(case, log, seq, "acceptance_notice", world)
    then = draw_up(case, log[: seq + 1], seq, "acceptance_notice", world)
    assert whole == then


def test_the_number_is_taken_at_the_signature_and_printed() -> None:
    world = world_of(stories.REFUSED)
    case = tell(stories.REFUSED, world)
    (number,) = NumberGiven.objects.filter(case_id=case, kind="decision").values_list("text", flat=True)
    assert number == "穗府行复决〔2024〕1号"
    paper = produce(case, seq_of(case, world, "refusal_decision"), "refusal_decision", world)
    assert paper.number == number
    assert squeezed(number) in text_of(documents.content_of(paper))


def test_names_come_from_the_city_and_the_accounts() -> None:
    world = world_of(short())
    user = User.objects.create(login="zhou", display_name="周办案")
    story = Story("承办", "reconsideration", "gz-sfj", "2023", (
        short().steps[0], step("assign_handler", "2024-02-05", handlers=[str(user.pk)]), short().steps[1],
    ))  # fmt: skip
    case = Case.objects.get(id=tell(story, world))
    drawn = draw_up(case, matters.log_of(case, world), 2, "acceptance_notice", world)
    assert (
        drawn.mark == "广州市人民政府"
    )  # the justice bureau has the case; the government is the reviewing organ
    assert "本案由周办案负责办理。" in [getattr(block, "text", "") for block in drawn.blocks]


# ----------------------------------------------------------------------------------------------- passages


def extending(said: dict[str, Any] | None) -> tuple[Any, UUID]:
    world = world_of(short())
    case = tell(short(), world, 2)
    attached = {} if said is None else {"documents": {"extension_notice": said}}
    command = Command("extend_review", world.now().date(), {"days": 30})
    return perform(
        Ask(command, staff("gz-sfj"), str(uuid4()), "reconsideration", case, attached=attached), world
    ), case


def test_an_act_whose_document_lacks_a_passage_is_refused_and_says_which() -> None:
    answer, case = extending({})
    assert isinstance(answer, NotDone)
    (problem,) = answer.problems
    assert (problem.code, problem.where) == ("document_incomplete", "documents.extension_notice.reason")
    assert (
        render(problem, kernel_catalogue())
        == "《延期审理通知书》缺少“延期理由”（reason）。请补齐文书内容后签发"
    )
    assert not EventRow.objects.filter(case_id=case, action="extend_review").exists()


def test_a_derived_value_cannot_be_written_over_with_the_act() -> None:
    answer, _ = extending({"reason": "需要取证", "days": 60})
    assert isinstance(answer, NotDone)
    assert [p.where for p in answer.problems] == ["documents.extension_notice.days"]


def test_passages_are_evidenced_in_the_act_and_not_readable_in_the_table() -> None:
    answer, case = extending({"reason": "需要向某证人取证"})
    assert isinstance(answer, Done)
    row = EventRow.objects.get(case_id=case, seq=answer.seq)
    assert "fact.documents" in unpack(bytes(row.commitments))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(e)::text, '') FROM casework_event e")
        assert "某证人" not in cursor.fetchone()[0]


def test_an_act_of_a_bulk_load_has_no_passages_and_its_document_says_what_it_lacks() -> None:
    answer, case = extending(None)
    assert isinstance(answer, Done)
    with pytest.raises(IncompleteError) as caught:
        produce(case, answer.seq, "extension_notice", world_of(short()))
    assert [p.where for p in caught.value.problems] == ["documents.extension_notice.reason"]
    assert not Paper.objects.exists()


def drafting(case: UUID, seq: int, said: dict[str, Any]) -> Ask:
    command = Command(
        "add_passages", world_of(short()).now().date(), {"document": "extension_notice", "of": seq}
    )
    attached = {"documents": {"extension_notice": said}}
    return Ask(command, staff("gz-sfj"), str(uuid4()), "reconsideration", case, attached=attached)


def test_passages_may_be_drafted_afterwards_until_the_document_is_made() -> None:
    answer, case = extending(None)
    assert isinstance(answer, Done)
    world = world_of(short())
    world.moment = world.moment.replace(month=3)
    item = type("Item", (), {"case": case, "seq": answer.seq, "body": {"document": "extension_notice"}})
    documents.make(item, world)  # waits for a person, and is no error
    assert not Paper.objects.exists()
    assert isinstance(documents.complete(drafting(case, answer.seq, {"days": 3}), world), NotDone)
    made = documents.complete(drafting(case, answer.seq, {"reason": "需要取证"}), world)
    assert isinstance(made, Paper)
    assert "需要取证" in text_of(documents.content_of(made))
    later = documents.complete(drafting(case, answer.seq, {"reason": "别的理由"}), world)
    assert later == made


def test_passages_of_the_act_itself_stay() -> None:
    answer, case = extending({"reason": "需要取证"})
    assert isinstance(answer, Done)
    world = world_of(short())
    world.moment = world.moment.replace(month=3)
    made = documents.complete(drafting(case, answer.seq, {"reason": "别的理由"}), world)
    assert isinstance(made, Paper)
    assert "别的理由" not in text_of(documents.content_of(made))


def test_a_document_no_act_issued_is_not_made() -> None:
    case, world = accepted()
    for seq, code in ((0, "acceptance_notice"), (1, "decision"), (9, "receipt"), (0, "no_such")):
        with pytest.raises(IncompleteError) as caught:
            produce(case, seq, code, world)
        assert [p.code for p in caught.value.problems] == ["document_unknown"]


def test_a_document_made_meanwhile_does_not_turn_away_whoever_is_at_work() -> None:
    case, world = accepted()
    seen = Case.objects.get(id=case).next_seq
    produce(case, 1, "acceptance_notice", world)
    command = Command("assign_handler", world.now().date(), {"handlers": ["甲", "乙"]})
    ask = Ask(command, staff("gz-sfj"), "k", "reconsideration", case, expected_seq=seen)
    assert isinstance(perform(ask, world), Done)
    stale = perform(ask._replace(key="k2"), world)
    assert isinstance(stale, NotDone)
    assert [p.code for p in stale.problems] == ["case_moved_on"]
    ahead = perform(ask._replace(key="k3", expected_seq=99), world)
    assert isinstance(ahead, NotDone)
    assert [p.code for p in ahead.problems] == ["case_moved_on"]


def test_the_outbox_handler_makes_what_the_row_names() -> None:
    case, world = accepted()
    item = type("Item", (), {"case": case, "seq": 0, "body": {"document": "receipt"}})
    documents.make(item, world)
    documents.make(item, world)  # at least once: the second time does nothing
    assert Paper.objects.count() == 1


# ------------------------------------------------------------------------------------------------ opening


@pytest.fixture
def people() -> dict[str, Actor]:
    Organ.objects.create(code="gz-sfj", name="局", level="city", kind="justice", valid_from="2000-01-01")
    found = {}
    for name, role, organ in (
        ("clerk", "window_clerk", "gz-sfj"), ("other", "window_clerk", "gz-aid"), ("count", "statistician", "gz-sfj"),
    ):  # fmt: skip
        user = User.objects.create(login=name, display_name=name)
        found[name] = Actor(str(user.pk), frozenset({role}), organ)
    return found


def test_every_opening_is_recorded_before_anything_is_shown(people: dict[str, Actor]) -> None:
    case, world = accepted()
    opened = open_document(people["clerk"], case, 1, "acceptance_notice", world)
    assert isinstance(opened, Opened)
    assert sha256(opened.content) == opened.sha256
    assert opened.title == "行政复议受理通知书"
    (access,) = Access.objects.all()
    assert (str(access.actor_id), access.case, access.kind) == (people["clerk"].id, str(case), "open")
    assert access.reason == "文书：第1步 acceptance_notice"


@pytest.mark.parametrize(("who", "code"), [("other", "case"), ("count", "verb")])
def test_who_may_not_open_the_file_may_not_open_its_documents(
    people: dict[str, Actor], who: str, code: str
) -> None:
    case, world = accepted()
    assert open_document(people[who], case, 1, "acceptance_notice", world) == Denied(code)
    assert not Access.objects.exists()
    assert not Paper.objects.exists()


def test_opening_an_incomplete_document_says_why(people: dict[str, Actor]) -> None:
    answer, case = extending(None)
    assert isinstance(answer, Done)
    found = open_document(people["clerk"], case, answer.seq, "extension_notice", world_of(short()))
    assert isinstance(found, NotDone)
    assert [p.code for p in found.problems] == ["document_incomplete"]


def test_a_changed_file_is_not_shown(people: dict[str, Actor], tmp_path: Any) -> None:
    case, world = accepted()
    produce(case, 1, "acceptance_notice", world)
    (path,) = [p for p in (tmp_path / "own" / "files").rglob("*") if p.is_file()]
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(FileDamagedError):
        open_document(people["clerk"], case, 1, "acceptance_notice", world)


# -------------------------------------------------------------------------------------------- statements


def test_listing_the_documents_of_a_case_takes_one_query_however_many() -> None:
    world = world_of(stories.FULL)
    case = Case.objects.get(id=tell(stories.FULL, world))
    with CaptureQueriesContext(connection) as queries:
        found = matters.issued(case, matters.log_of(case, world), world)
    assert len(found) > 20
    assert len(queries) == 1


def test_making_a_document_takes_a_fixed_number_of_statements() -> None:
    counts = []
    for story, code in ((short(), "acceptance_notice"), (stories.FULL, "decision")):
        world = world_of(story)
        case = tell(story, world)
        seq = seq_of(case, world, code)
        with CaptureQueriesContext(connection) as queries:
            produce(case, seq, code, world)
        counts.append(
            len([q for q in queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])
        )
    assert counts[0] == counts[1] <= 14, counts


# ------------------------------------------------------------------------------------------------- codes


def test_check_codes_are_fixed_by_case_act_and_document() -> None:
    world, case = world_of(short()), uuid4()
    code = matters.check_code(case, 1, "decision", world)
    assert code == matters.check_code(case, 1, "decision", world)
    others = {matters.check_code(case, n, d, world) for n in range(50) for d in ("decision", "receipt")}
    assert len(others) == 100


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("7K3M-9QXT-2H5D", "7K3M-9QXT-2H5D"),
        ("7k3m9qxt2h5d", "7K3M-9QXT-2H5D"),
        (" 7K3M 9QXT 2H5D ", "7K3M-9QXT-2H5D"),
        ("OIL0-0000-0000", "0110-0000-0000"),
        ("7K3M-9QXT", ""),
        ("7K3M-9QXT-2H5U", ""),
        ("", ""),
        ("'; DROP TABLE--", ""),
    ],
)
def test_codes_as_people_type_them(typed: str, normal: str) -> None:
    assert matters.normal_code(typed) == normal


def test_steps_are_as_the_case_stood() -> None:
    """A withdrawal before acceptance issues nothing, after it a decision."""
    act_story = stories.OLD_ENDED
    world = world_of(act_story)
    case = tell(act_story, world, 1)
    do(act_story, Step("withdraw", "2022-01-21", {"reason": "双方和解"}), world, case)
    assert [i.document for i in all_issued(case, world)] == ["receipt"]
