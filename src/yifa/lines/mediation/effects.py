"""Effects by operation of law in mediation: what a term running out does by itself."""

from yifa.language.effects import Effect
from yifa.language.values import EFFECTIVE_ON, Fact
from yifa.language.view import Instance, View
from yifa.lines.mediation.law import LAB, MED18, PML
from yifa.lines.mediation.stages import BEFORE_AGREEMENT

_FAILED = {
    "concluded_on": Fact("concluded_on", EFFECTIVE_ON),
    "outcome": Fact("outcome", "failed"),
    "in_term": Fact("in_term", False),
}
_KEPT = ("agree_written", "agree_oral", "fail", "withdraw", "route", "extend")


def finishing(view: View, instance: Instance) -> bool:
    """The term for the mediation itself, not the five days for accepting it."""
    return instance.variant == 1 and view.stage in BEFORE_AGREEMENT


def still_mediating(view: View, instance: Instance) -> bool:
    return view.stage in (*BEFORE_AGREEMENT, None)


EFFECTS = (
    Effect(code="deem_failed", title="视为调解不成", lapse_of="term_medical", day="day_after", gives=_FAILED, to="closed_failed",
           when=still_mediating, defeated_by=_KEPT, cite=MED18.art(38), task="committee_head"),
    Effect(code="deem_health_failed", title="视为调解不成（卫生健康部门）", lapse_of="health_mediation", day="day_after", gives=_FAILED,
           to="closed_failed", when=finishing, ends_clock=False, defeated_by=("agree_written", "agree_oral", "fail", "withdraw", "route"),
           cite=MED18.art(40), task="committee_head"),
    Effect(code="may_arbitrate", title="可以申请劳动仲裁", lapse_of="term_labour", day="day_after",
           gives={"arbitration_open_on": EFFECTIVE_ON}, when=still_mediating,
           defeated_by=("agree_written", "agree_oral", "fail", "withdraw", "route"), cite=LAB.art(14, 3), task="mediator"),
    Effect(code="confirm_lost", title="丧失申请司法确认的机会", lapse_of="confirm_apply", day="day_after",
           gives={"confirm_lost_on": EFFECTIVE_ON}, defeated_by=("apply_confirm", "mediate_again"),
           cite=PML.art(33, 1), task="mediator"),
)  # fmt: skip
