"""送达: the order and the days of the law, as tables; attempts through the door; the proof filled from them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.support import TestWorld
from tests.casework.telling import at, staff, tell, world_of
from tests.documents import stories
from tests.documents.pdf_reading import squeezed, text_of
from tests.documents.stories import Story
from yifa.casework import delivery, matters
from yifa.casework.delivery import RULES, Attempt, State, choices, legal_date, notice_cite, overview, record
from yifa.casework.documents import content_of, produce
from yifa.casework.models import Case, EventRow
from yifa.casework.requests import Answer, Done, NotDone
from yifa.documents.service import METHODS
from yifa.language.messages import kernel_catalogue, render
from yifa.ledger.commitments import unpack
from yifa.platform.crypto import vault


def tried(method: str, failure: str = "", on: date = date(2024, 5, 21)) -> Attempt:
    return Attempt("decision", 1, "p", method, on, failure)


# ---------------------------------------------------------------------------------------------- the order


@pytest.mark.parametrize(
    ("attempts", "consent", "reason", "open_now"),
    [
        ((), False, "", {"direct"}),
        ((), True, "", {"direct", "electronic"}),
        ((), False, "受送达人住所在外省", {"direct", "entrusted", "post", "prison"}),
        ((tried("direct", "refused"),), False, "", {"direct", "left", "entrusted", "post"}),
        ((tried("direct", "absent"),), False, "", {"direct", "entrusted", "post"}),
        ((tried("direct", "unknown"),), False, "", {"direct", "entrusted", "post", "notice"}),
        ((tried("post", "returned"),), False, "", {"direct"}),
        (
            (tried("direct", "absent"), tried("post", "returned")),
            False,
            "",
            {"direct", "entrusted", "post", "notice"},
        ),
        (
            (tried("direct", "absent"), tried("entrusted", "absent")),
            False,
            "",
            {"direct", "entrusted", "post", "notice"},
        ),
        ((tried("electronic", "returned"),), True, "", {"direct", "electronic"}),
    ],
)
def test_which_methods_are_open(
    attempts: tuple[Attempt, ...], consent: bool, reason: str, open_now: set[str]
) -> None:
    found = choices(attempts, consent, reason)
    assert {c.method for c in found if c.open} == open_now
    assert all(bool(c.because) is not c.open for c in found)


def test_methods_stand_in_the_order_of_the_law_with_their_articles() -> None:
    places = [rule.cite.article for rule in RULES.values()]  # type: ignore[union-attr]
    assert places == sorted(places) == [88, 89, 90, 91, 91, 93, 95]
    assert set(RULES) <= set(METHODS)


@pytest.mark.parametrize(
    ("attempts", "following"),
    [
        ((), "direct"),
        ((tried("direct", "refused"),), "left"),
        ((tried("direct", "absent"),), "entrusted"),
        ((tried("direct", "absent"), tried("entrusted", "difficult")), "post"),
        ((tried("direct", "absent"), tried("entrusted", "difficult"), tried("post", "returned")), "notice"),
        ((tried("direct", "unknown"), tried("entrusted", "unknown"), tried("post", "returned"), tried("notice", "difficult")), "direct"),
    ],
)  # fmt: skip
def test_what_comes_next(attempts: tuple[Attempt, ...], following: str) -> None:
    issue = matters.Issued(1, "decision", "行政复议决定书", date(2024, 5, 20), "")
    now = State(issue, "p", attempts, None, choices(attempts, False))
    assert now.next is not None
    assert now.next.method == following


def test_nothing_comes_after_service() -> None:
    issue = matters.Issued(1, "decision", "行政复议决定书", date(2024, 5, 20), "")
    assert State(issue, "p", (tried("direct"),), date(2024, 5, 21), ()).next is None


@pytest.mark.parametrize(
    ("method", "on", "legal"),
    [
        ("direct", date(2024, 5, 21), date(2024, 5, 21)),
        ("left", date(2024, 5, 21), date(2024, 5, 21)),
        ("electronic", date(2024, 5, 21), date(2024, 5, 21)),
        ("post", date(2024, 5, 21), date(2024, 5, 21)),
        ("notice", date(2024, 5, 21), date(2024, 6, 20)),  # the 30th day, not moved by a weekend
        ("notice", date(2022, 1, 1), date(2022, 1, 31)),
        ("notice", date(2021, 12, 31), date(2022, 3, 1)),  # sixty days under the law of 2017
    ],
)
def test_the_legal_date(method: str, on: date, legal: date) -> None:
    assert legal_date(method, on) == legal


def test_what_the_length_of_a_notice_rests_on() -> None:
    assert str(notice_cite(date(2024, 1, 1))) == "《民事诉讼法》（2023年）第九十五条" or "第九十五条" in str(
        notice_cite(date(2024, 1, 1))
    )
    assert "2017" in str(notice_cite(date(2021, 1, 1)))


# ---------------------------------------------------------------------------------------- through the door

db = pytest.mark.django_db(transaction=True)
DECIDED = Story("决定待送达", "reconsideration", "gz-sfj", "2023", tuple(
    s for s in stories.FULL.steps[: [s.action for s in stories.FULL.steps].index("decide") + 1]
))  # fmt: skip


class Matter:
    """A decided case, to be served."""

    def __init__(self, story: Story = DECIDED, code: str = "decision") -> None:
        self.world: TestWorld = world_of(story)
        self.case: UUID = tell(story, self.world)
        self.code = code
        row = Case.objects.get(id=self.case)
        log = matters.log_of(row, self.world)
        self.of = next(i.seq for i in matters.issued(row, log, self.world) if i.document == code)

    def attempt(
        self, method: str, day: str, party: str = "p-zhang", failure: str = "", **details: Any
    ) -> Answer:
        on = date.fromisoformat(day)
        with at(self.world, day):
            return record(
                Attempt(self.code, self.of, party, method, on, failure, details),
                staff("gz-sfj"),
                self.case,
                self.world,
                str(uuid4()),
            )

    def state(self, party: str = "p-zhang") -> State:
        row = Case.objects.get(id=self.case)
        return next(
            s for s in overview(row, self.world) if (s.document.document, s.party) == (self.code, party)
        )


def codes(answer: Answer) -> list[str]:
    assert isinstance(answer, NotDone), answer
    return [p.code for p in answer.problems]


@db
def test_a_success_is_the_line_s_own_act_of_service() -> None:
    m = Matter()
    done = m.attempt("direct", "2024-05-22", receiver="张示例", server="周办案、吴办案")
    assert isinstance(done, Done)
    row = EventRow.objects.get(case_id=m.case, seq=done.seq)
    assert (row.action, row.effective_on) == ("serve_decision", "2024-05-22")
    assert "fact.service" in unpack(bytes(row.commitments))
    now = m.state()
    assert (now.served_on, now.next, [a.method for a in now.attempts]) == (
        date(2024, 5, 22),
        None,
        ["direct"],
    )
    assert m.state("r-bureau").served_on is None
    due = Case.objects.get(id=m.case).clocks.get(clock="sue_after_decision", subject=vault().alias("p-zhang"))
    assert due.due == "2024-06-06"  # fifteen days from that party's own service


@db
def test_from_a_refusal_at_the_door_to_leaving_it_there() -> None:
    m = Matter()
    assert codes(m.attempt("left", "2024-05-21", refusal="拒收")) == ["service_order"]
    failed = m.attempt("direct", "2024-05-21", failure="refused", reason="受送达人拒绝签收")
    assert isinstance(failed, Done)
    assert EventRow.objects.get(case_id=m.case, seq=failed.seq).action == "serve_document"
    assert m.state().next is not None
    assert m.state().next.method == "left"  # type: ignore[union-attr]
    assert codes(m.attempt("left", "2024-05-22")) == ["service_detail_missing"]
    assert isinstance(
        m.attempt("left", "2024-05-22", refusal="2024年5月22日拒收", witness="居委会工作人员"), Done
    )
    assert [(a.method, a.failure) for a in m.state().attempts] == [("direct", "refused"), ("left", "")]


@db
def test_from_an_unknown_address_to_a_public_notice() -> None:
    m = Matter()
    assert codes(m.attempt("notice", "2024-05-21", remark="登报")) == ["service_order"]
    assert m.attempt("direct", "2024-05-21", failure="unknown", reason="查无此人")
    done = m.attempt("notice", "2024-05-24", remark="下落不明，于本机关公告栏和网站公告")
    assert isinstance(done, Done)
    row = EventRow.objects.get(case_id=m.case, seq=done.seq)
    assert row.action == "announce_service"
    now = m.state()
    assert now.served_on == date(2024, 6, 23)  # the thirtieth day, a Sunday
    assert [a.method for a in now.attempts] == ["direct", "notice"]


@db
def test_electronic_service_wants_consent() -> None:
    assert codes(Matter().attempt("electronic", "2024-05-21")) == ["service_order"]
    start = stories.FULL.steps[0]
    agreed = type(start)(start.action, start.day, {**start.data, "e_service_consent": True}, None, start.said)
    m = Matter(Story("同意电子送达", "reconsideration", "gz-sfj", "2023", (agreed, *DECIDED.steps[1:])))
    assert isinstance(m.attempt("electronic", "2024-05-21"), Done)


@db
@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (("direct", "2024-05-19", "p-zhang"), {"service_early", "service_detail_missing"}),
        (("direct", "2024-05-21", "somebody"), {"service_party", "service_detail_missing"}),
        (("post", "2024-05-21", "p-zhang"), {"service_order"}),
    ],
)
def test_every_reason_at_once(attempt: tuple[str, str, str], expected: set[str]) -> None:
    answer = Matter().attempt(*attempt)
    assert set(codes(answer)) == expected
    assert isinstance(answer, NotDone)
    assert all("{" not in render(p, kernel_catalogue()) for p in answer.problems)


@db
def test_what_is_served_is_not_served_again_and_what_was_not_issued_not_at_all() -> None:
    m = Matter()
    assert m.attempt("direct", "2024-05-22", receiver="张示例")
    assert codes(m.attempt("direct", "2024-05-23", receiver="张示例")) == ["service_done"]
    m.of = 0
    assert codes(m.attempt("direct", "2024-05-23", receiver="张示例")) == ["service_document"]


@db
def test_a_document_without_an_act_of_its_own_is_served_by_the_kernel_s() -> None:
    m = Matter(code="extension_notice")
    done = m.attempt("direct", "2024-05-21", receiver="张示例")
    assert isinstance(done, Done)
    assert EventRow.objects.get(case_id=m.case, seq=done.seq).action == "serve_document"
    assert done.documents == ("service_proof",)
    assert m.state().served_on == date(2024, 5, 21)


@db
def test_the_proof_is_filled_from_the_attempt() -> None:
    m = Matter()
    m.attempt("direct", "2024-05-21", failure="refused", reason="拒绝签收")
    done = m.attempt(
        "left", "2024-05-22", refusal="2024年5月22日拒绝签收", witness="赵见证", server="周办案、吴办案"
    )
    assert isinstance(done, Done)
    with at(m.world, "2024-05-22"):
        text = text_of(content_of(produce(m.case, done.seq, "service_proof", m.world)))
    for words in (
        "《行政复议决定书》一份",
        "张示例",
        "留置送达",
        "2024年5月22日拒绝签收",
        "赵见证",
        "周办案、吴办案",
        "广州市示例区样本路1号101房",
    ):
        assert squeezed(words) in text


@db
def test_the_overview_names_every_document_with_every_party_in_one_query() -> None:
    m = Matter()
    row = Case.objects.get(id=m.case)
    with CaptureQueriesContext(connection) as queries:
        found = overview(row, m.world)
    assert len(queries) == 1
    rows = {(s.document.document, s.party) for s in found}
    assert {("decision", "p-zhang"), ("decision", "r-bureau"), ("decision", stories.THIRD)} <= rows
    assert ("reply_notice", "r-bureau") in rows
    assert ("reply_notice", "p-zhang") not in rows
    assert not any(code == "service_proof" for code, _ in rows)


@db
def test_service_recorded_by_the_line_alone_counts_too() -> None:
    world = world_of(stories.FULL)
    case = Case.objects.get(id=tell(stories.FULL, world))
    served = {(s.document.document, s.party): s.served_on for s in overview(case, world)}
    assert served["decision", "p-zhang"] == date(2024, 5, 22)
    assert served["decision", stories.THIRD] == date(2024, 5, 23)
    assert served["supplement_notice", "p-zhang"] == date(2024, 2, 4)


@db
def test_a_line_without_papers_has_nothing_to_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    m = Matter()
    monkeypatch.setattr(delivery, "papers", lambda line: None)
    assert overview(Case.objects.get(id=m.case), m.world) == []
    assert codes(m.attempt("direct", "2024-05-22", receiver="张示例")) == ["service_document"]
