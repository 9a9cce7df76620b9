"""Short hands for mediation tests: a well-filled intake form, cases driven to a stage. All people are invented."""

from collections.abc import Mapping
from typing import Any

from tests.kernel import Case
from tests.lines import golden
from yifa import registry
from yifa.language.acts import EMPTY, Decision, Env, Refused
from yifa.lines.mediation import MEDIATION

GOLDEN = golden.listed("mediation")
SIDES = [
    {"id": "p-1", "name": "测试甲", "side": "first", "contact": "00000000001", "address": "样本路1号"},
    {"id": "p-2", "name": "测试乙", "side": "second", "contact": "00000000002", "address": "样本路2号"},
]
BOTH = [{"party": "p-1", "agrees": True}, {"party": "p-2", "agrees": True}]
TABLE = {"simple": 100, "general": 200, "difficult": 500, "major": 1000}
DAY = "2023-03-01"


def env(**values: Any) -> Env:
    """The line's own parameters, a subsidy table, and what the test sets."""
    return registry.env_of(MEDIATION, {"mediation_subsidy_table": TABLE, **values})


def form(**changes: Any) -> dict[str, Any]:
    """Neighbours about a leak; whatever is set to None is left out."""
    data = {
        "parties": SIDES, "dispute_type": "neighbour", "facts": "楼上漏水", "claim": "修复并赔偿", "channel": "application",
        "consent": BOTH, **changes,
    }  # fmt: skip
    return {name: value for name, value in data.items() if value is not None}


class Mediation(Case):
    """A mediation driven by commands."""

    def __init__(self, environment: Env | None = None, answers: Mapping[str, Any] = EMPTY) -> None:
        super().__init__(MEDIATION, environment or env(), answers)

    def status(self, clock: str) -> str:
        """State of the newest instance of a clock."""
        return self.view.clocks[clock][-1].state


def new() -> Mediation:
    return Mediation()


def screened() -> Mediation:
    case = Mediation()
    case.do("screen", DAY, place="样本村", found=True, disputes=1)
    return case


def registered(day: str = DAY, **changes: Any) -> Mediation:
    case = Mediation()
    case.do("register", day, **form(**changes))
    return case


def asked(day: str = DAY, **changes: Any) -> Mediation:
    case = registered(day, **changes)
    case.do("ask_consent", day)
    return case


def accepted(day: str = DAY, acceptance: Mapping[str, Any] = EMPTY, **changes: Any) -> Mediation:
    case = asked(day, **changes)
    case.do("accept", day, **{"mediators": ["m-1"], **acceptance})
    return case


def mediating(day: str = DAY, acceptance: Mapping[str, Any] = EMPTY, **changes: Any) -> Mediation:
    case = accepted(day, acceptance, **changes)
    case.do("start", day, record="首次调解笔录")
    return case


def medical() -> Mediation:
    return mediating(dispute_type="medical", committee_kind="industry")


def paused() -> Mediation:
    case = medical()
    case.do("pause", "2023-03-06", ground="appraisal", commissioned_on="2023-03-06")
    return case


def signed(day: str, **changes: Any) -> dict[str, Any]:
    """A written agreement signed and sealed on one day."""
    data = {"content": "乙于三十日内修复并赔偿三千元", "facts": "漏水属实", "parties_signed_on": day, "mediator_signed_on": day,
            "sealed_on": day, "performance_due_on": "2023-04-20", **changes}  # fmt: skip
    return {name: value for name, value in data.items() if value is not None}


def agreed(day: str = "2023-03-10", terms: Mapping[str, Any] = EMPTY, **changes: Any) -> Mediation:
    case = mediating(DAY, **changes)
    case.do("agree_written", day, **signed(day, **terms))
    return case


def agreed_early(day: str) -> Mediation:
    """Settled by word of mouth on the day the mediation began."""
    case = mediating(day)
    case.do("agree_oral", day, content="赔礼道歉")
    return case


def oral(day: str = "2023-03-10") -> Mediation:
    case = mediating()
    case.do("agree_oral", day, content="乙赔礼道歉并于十日内修复")
    return case


def filing(**changes: Any) -> dict[str, Any]:
    """A joint application to the court where the committee is."""
    return {"court": "示例区人民法院", "applicants": ["p-1", "p-2"], "seat": "body", **changes}


def confirming() -> Mediation:
    case = agreed()
    case.do("apply_confirm", "2023-03-20", **filing())
    return case


def confirmed() -> Mediation:
    case = confirming()
    case.do("court_accepts", "2023-03-22", accepted_on="2023-03-22")
    case.do("confirm_result", "2023-03-30", result="valid", ruled_on="2023-03-29", served_on="2023-03-30")
    return case


def rejected() -> Mediation:
    case = confirming()
    case.do("confirm_result", "2023-03-30", result="rejected")
    return case


def visited(performed: str = "full") -> Mediation:
    case = agreed()
    case.do("follow_up", "2023-04-21", performed=performed, performed_on="2023-04-19")
    return case


def archived() -> Mediation:
    case = visited()
    case.do("close", "2023-04-25")
    return case


def failed(**changes: Any) -> Mediation:
    case = mediating(**changes)
    case.do("fail", "2023-03-28", ground="no_agreement")
    return case


def subsidised() -> Mediation:
    case = archived()
    case.do("grant_subsidy", "2023-05-04", mediator="m-1", grade="general", amount=200)
    return case


def serving(**changes: Any) -> Mediation:
    case = Mediation()
    case.do("set_up_committee", DAY, **committee(**changes))
    return case


def committee(**changes: Any) -> dict[str, Any]:
    """Three members, a woman among them, and a head."""
    members = [{"person": "m-1", "woman": True}, {"person": "m-2"}, {"person": "m-3"}]
    return {"name": "样本村调委会", "kind": "village", "members": members, "head": "m-1", "elected_on": DAY, "set_up_on": DAY, **changes}  # fmt: skip


def refusals(decision: Decision) -> list[str]:
    """Codes of a refusal, or none if it was allowed."""
    return [p.code for p in decision.problems] if isinstance(decision, Refused) else []


def codes(decision: Decision) -> list[str]:
    """Codes of a refusal; the articles are those listed."""
    assert isinstance(decision, Refused), decision
    return golden.codes(decision, GOLDEN)
