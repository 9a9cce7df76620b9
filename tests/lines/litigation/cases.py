"""Cases brought to a stage, for the guard tables and the walks of litigation."""

from collections.abc import Callable
from typing import Any

from tests.kernel import Case
from tests.lines import golden
from yifa import registry
from yifa.language.acts import Decision, Refused
from yifa.lines.litigation import LITIGATION

GOLDEN = golden.listed("litigation")
ENV = registry.env_of(LITIGATION)
Make = Callable[[], Case]
NO, SECOND_NO = "（2024）粤71行初123号", "（2024）粤行终45号"
PEOPLE = {"某局": "2024-08-01", "原告甲": "2024-08-05"}


def suit(**changes: Any) -> dict[str, Any]:
    """A complete registration, dated 2024-03-04."""
    data = {
        "court": "广州铁路运输法院", "court_case_no": NO, "case_kind": "act", "complaint_received_on": "2024-03-04",
        "court_filed_on": "2024-03-01", "plaintiffs": ["原告甲"], "defendants": ["某局"], "claims": ["revoke"],
    }  # fmt: skip
    return {name: value for name, value in (data | changes).items() if value is not None}


def new(**answers: Any) -> Case:
    """Nothing has happened yet; what the outside would answer."""
    return Case(LITIGATION, ENV, answers)


def registered(**changes: Any) -> Case:
    """Registered, to be assigned."""
    case = new()
    case.do("register_case", "2024-03-04", **suit(**changes))
    return case


def answering(**changes: Any) -> Case:
    """Assigned to the organ that answers."""
    case = registered(**changes)
    case.do("assign", "2024-03-05", lead_organ="某局", handlers=["甲"])
    return case


def two_defendants() -> Case:
    """Original organ and reconsideration organ, the second served later."""
    defendants = [
        {"id": "原机关", "role": "original", "complaint_received_on": "2024-03-04"},
        {"id": "复议机关", "role": "reconsideration"},
    ]
    return answering(defendants=defendants, complaint_received_on=None, reconsideration_outcome="uphold")


def simplified() -> Case:
    """Simplified procedure."""
    return answering(procedure="simplified")


def extension_asked() -> Case:
    """More time for evidence was asked for."""
    case = answering()
    case.do("request_evidence_extension", "2024-03-11", party="某局", filed_on="2024-03-11")
    return case


def extension_asked_by_one() -> Case:
    """Of two defendants, one asked for more time."""
    case = two_defendants()
    case.do("request_evidence_extension", "2024-03-11", party="原机关", filed_on="2024-03-11")
    return case


def deferred() -> Case:
    """More time was given, and the cause has ended."""
    case = extension_asked()
    case.do("grant_evidence_extension", "2024-03-14", party="某局", granted=True, cause_ended_on="2024-03-14")
    return case


def objecting() -> Case:
    """The jurisdiction is contested."""
    case = answering()
    case.do("object_jurisdiction", "2024-03-11", party="某局", filed_on="2024-03-11")
    return case


def answered(**changes: Any) -> Case:
    """Answer and evidence are in."""
    case = answering(**changes)
    case.do("file_answer", "2024-03-18", party="某局", filed_on="2024-03-18", evidence=["证据一"])
    return case


def summoned(**changes: Any) -> Case:
    """A hearing is set for 2024-05-15, 9.30."""
    case = answered(**changes)
    case.do("set_hearing", "2024-05-06", hearing_at="2024-05-15T09:30", summons_received_on="2024-05-06")
    return case


def nominated() -> Case:
    """The head is to come."""
    case = summoned()
    case.do("nominate_officer", "2024-05-08", officer="局长", post="局长", kind="principal")
    return case


def excused() -> Case:
    """No officer can come; staff will."""
    case = summoned()
    case.do("excuse_officer", "2024-05-08", **excuse())
    return case


def excuse(**changes: Any) -> dict[str, Any]:
    """A proper explanation."""
    return {
        "ground": "irreplaceable_duty",
        "proof": "会议通知",
        "sealed_or_signed": True,
        "staff": ["甲"],
        **changes,
    }


def came(**changes: Any) -> dict[str, Any]:
    """A hearing held with the head."""
    return {
        "held_on": "2024-05-15",
        "attended_officer": "局长",
        "officer_kind": "principal",
        "staff": ["甲"],
        **changes,
    }


def heard(**changes: Any) -> Case:
    """Heard, to be judged."""
    case = summoned(**changes)
    case.do("record_hearing", "2024-05-15", **came())
    return case


def judged(**changes: Any) -> Case:
    """Judged at first instance, served on both."""
    case = heard()
    case.do("serve_judgment", "2024-08-05", **({"services": PEOPLE, "result": "revoked"} | changes))
    return case


def won() -> Case:
    """Judged for the organ."""
    return judged(result="dismissed")


def ruled(kind: str = "suit_rejected") -> Case:
    """A ruling of first instance."""
    return judged(kind="ruling", ruling_kind=kind, result=None)


def to_be_appealed() -> Case:
    """Judged, and the organ has decided to appeal."""
    case = judged()
    case.do("decide_appeal", "2024-08-06", appeal=True, reasons="认定事实不清")
    return case


def appealing() -> Case:
    """The plaintiff has appealed."""
    case = judged()
    case.do(
        "receive_appeal",
        "2024-08-15",
        party="原告甲",
        received_on="2024-08-15",
        filed_on="2024-08-09",
        court_case_no=SECOND_NO,
    )
    return case


def remanded() -> Case:
    """Sent back for another first instance, and appealed again."""
    case = appealing()
    case.do(
        "serve_second",
        "2024-11-01",
        result="remanded",
        served_on="2024-11-01",
        court_case_no="（2024）粤71行初900号",
    )
    case.do("set_hearing", "2024-11-20", hearing_at="2024-12-02T09:30")
    case.do("record_hearing", "2024-12-02", **came(held_on="2024-12-02"))
    case.do(
        "serve_judgment",
        "2025-01-06",
        services={"某局": "2025-01-06", "原告甲": "2025-01-06"},
        result="dismissed",
    )
    case.do("receive_appeal", "2025-01-20", party="原告甲", received_on="2025-01-20", filed_on="2025-01-16")
    return case


def effective(**changes: Any) -> Case:
    """In effect by the second instance."""
    case = appealing()
    case.do("serve_second", "2024-11-01", **({"result": "upheld", "served_on": "2024-11-01"} | changes))
    return case


def to_perform() -> Case:
    """In effect, with a day for performance."""
    return effective(performance_due="2024-12-31")


def retried() -> Case:
    """The other side asks for a retrial."""
    case = effective()
    case.do("receive_retrial", "2024-12-02", received_on="2024-12-02")
    return case


def suspended(ground: int = 1) -> Case:
    """Suspended."""
    case = answered()
    case.do("suspend", "2024-04-01", suspended_on="2024-04-01", ground=ground)
    return case


def settled() -> Case:
    """Withdrawn after a settlement."""
    case = answered()
    case.do("withdraw_ruling", "2024-05-06", served_on="2024-05-06", why="settled")
    return case


def closed() -> Case:
    """Closed."""
    case = effective(result="changed", new_result="dismissed")
    case.do("close", "2024-11-20")
    return case


def mediating() -> Case:
    """Mediation before a suit."""
    case = new()
    case.do("refer_mediation", "2024-02-01", referred_on="2024-02-01", station="越秀工作站")
    return case


def mediated_in_vain() -> Case:
    """Mediation has failed; the court's papers are awaited."""
    case = mediating()
    case.do("close_mediation", "2024-02-20", result="failed")
    return case


def mediated() -> Case:
    """Settled before any suit."""
    case = mediating()
    case.do("close_mediation", "2024-02-20", result="settled", agreement="互谅互让")
    return case


def mediating_in_suit() -> Case:
    """Mediation beside the suit."""
    case = answering()
    case.do("refer_mediation", "2024-03-06", referred_on="2024-03-06")
    return case


def suggested(*kinds: str) -> Case:
    """Suggestions beside the suit."""
    case = answering()
    for kind in kinds or ("normative",):
        case.do(
            "receive_suggestion", "2024-04-01", kind=kind, received_on="2024-04-01", stated_due="2024-05-10"
        )
    return case


def watched(**changes: Any) -> Case:
    """An act nobody obeys; the time to sue ends on 2024-08-01."""
    case = new()
    case.do("watch_act", "2024-02-05", **({"act": "某罚1号", "served_on": "2024-02-01"} | changes))
    return case


def demanded() -> Case:
    """The demand was served on 2024-08-05."""
    case = watched()
    case.do("serve_demand", "2024-08-05", demand_served_on="2024-08-05")
    return case


def demanded_that_day() -> Case:
    """A demand whose service has no day of its own."""
    case = watched()
    case.do("serve_demand", "2024-08-05")
    return case


def applied() -> Case:
    """The court was asked to enforce the act."""
    case = demanded()
    case.do("non_lit_enforcement", "2024-08-20", filed_on="2024-08-20")
    return case


def refused_enforcement(kind: str = "refused") -> Case:
    """The court has ruled on it."""
    case = applied()
    case.do("nonlit_ruling", "2024-09-02", kind=kind, served_on="2024-09-02")
    return case


def to_pay() -> Case:
    """Compensation was awarded and is asked for."""
    case = judged(result="compensation")
    case.do("claim_payment", "2024-10-08", received_on="2024-10-08")
    return case


BEGINNINGS = (
    registered, answering, two_defendants, simplified, deferred, answered, summoned, nominated, excused, heard, judged, ruled,
    to_be_appealed, appealing, remanded, effective, to_perform, retried, suspended, settled, mediating, mediating_in_suit,
    suggested, demanded, refused_enforcement, to_pay,
)  # fmt: skip


def codes(decision: Decision) -> list[str]:
    """Codes of a refusal; the articles are those listed."""
    assert isinstance(decision, Refused), decision
    return golden.codes(decision, GOLDEN)
