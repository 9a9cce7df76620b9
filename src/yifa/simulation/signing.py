"""What a leader decides is drafted, reviewed and signed: by whom, with what words, and with which passages of its documents."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from yifa.casework.proposals import Way
from yifa.casework.requests import Ask
from yifa.language.acts import EMPTY, Actor
from yifa.simulation.steps import Matter, Step, alone, nearest
from yifa.simulation.world import SimulatedWorld

Passages = Mapping[str, Mapping[str, Any]]
BETWEEN = timedelta(minutes=20)  # from one hand to the next
AGREED = ("事实清楚，证据充分，程序合法，同意。", "同意承办人意见。", "经核，适用依据正确，同意。")
SIGNED = "同意，签发。"


def _nothing(m: Matter) -> Passages:
    return EMPTY


def _decision(m: Matter) -> Passages:
    """Facts and reasons of a decision, about the act in dispute."""
    act, kind = m.about["act"], m.about["deciding"]
    said: dict[str, Any] = {
        "positions": [
            {"party": "申请人", "text": f"{act['doc_no']}认定事实不清、证据不足，请求依法处理。"},
            {"party": "被申请人", "text": "已依法调查取证，认定事实清楚，程序合法。"},
        ],
        "facts": [f"被申请人于{act['made_on']:%Y年%-m月%-d日}作出{act['doc_no']}，并已送达申请人。", "以上事实有案卷材料和双方陈述为证。"],
        "evidence": ["现场笔录", "询问笔录", "送达回证"], "reasons": [REASONS.get(kind, REASONS["revoke"])],
    }  # fmt: skip
    if kind in ORDERED:
        said["decision"] = [ORDERED[kind]]
    if m.planned.path == "via_organ":  # what was passed on by the organ states no request
        said["requests"] = ["撤销该行政处罚决定"]
    return {"decision": said}


REASONS = {
    "uphold": "被申请人具有相应法定职权，作出的行政行为认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当。",
    "reject_claim": "被申请人已在受理前履行法定职责，申请人的复议请求不能成立。",
    "order_perform": "被申请人负有相应法定职责而未在法定期限内履行，申请人的请求成立。",
    "revoke": "被申请人未依法履行告知程序，作出的行政行为违反法定程序，依法应予纠正。",
}
ORDERED = {
    "change": "将罚款数额变更为人民币二百元。",
    "revoke_part": "撤销行政处罚决定第二项，其余部分予以维持。",
    "order_perform": "责令被申请人自收到本决定书之日起二十日内履行法定职责。",
}


def _mediated(m: Matter) -> Passages:
    said = {"facts": ["双方对行政行为的作出没有争议，对处理结果存在分歧。"], "reasons": ["双方在自愿、合法的基础上达成一致。"],
            "result": ["被申请人重新核定数额，申请人不再就同一事项主张权利。"]}  # fmt: skip
    return {"mediation_document": said}


_TO_PERFORM = {"reason": "被申请人在决定书确定的期限内未履行。", "duties": "履行决定书确定的法定职责。"}

# By the item of 法律援助法 第四十八条第一款 that a termination in the year rests on.
ENDED = {
    1: "经核查，受援人提供的经济困难材料不实，不符合法律援助条件。",
    4: "受援人的经济状况发生变化，已不再符合法律援助条件。",
    6: "受援人已自行委托律师。",
}
_ANSWER = {"facts": ["被诉行政行为作出前已依法调查取证，并告知原告陈述、申辩的权利。"],
           "law": ["被诉行政行为认定事实清楚，证据确凿，适用法律、法规正确，符合法定程序。"]}  # fmt: skip

# Acts that go by a draft, with the passages nobody but a person can write.
DRAFTED: Mapping[str, Callable[[Matter], Passages]] = {
    "reconsideration.accept": _nothing,
    "reconsideration.refuse": _nothing,
    "reconsideration.extend_review": lambda m: {"extension_notice": {"reason": "案情复杂，需进一步调查取证"}},
    "reconsideration.mediation_agreement": _mediated,
    "reconsideration.reject_application": _nothing,
    "reconsideration.decide": _decision,
    "reconsideration.order_performance": lambda m: {"performance_order": _TO_PERFORM},
    "reconsideration.issue_opinion": lambda m: {"opinion": {"advice": "完善告知程序，组织执法人员培训。"}},
    "legal_aid.grant": _nothing,
    "legal_aid.refuse": _nothing,
    "legal_aid.terminate": lambda m: {"ZZJD": {"reason": ENDED[m.about["deciding"]]}},
    "litigation.file_answer": lambda m: {"answer": _ANSWER},
}


def is_drafted(m: Matter, step: Step, world: SimulatedWorld) -> bool:
    """Whether this step goes by a draft. What is entered late was signed on paper."""
    return world.reviewed and not step.wrong and not step.late and f"{m.line.code}.{step.action}" in DRAFTED


def way(m: Matter, ask: Ask, world: SimulatedWorld) -> Way:
    """Drafted by who works on the matter, reviewed by whom the city names, signed by the actor of `ask`."""
    action, signer, organ = m.line.action(ask.command.action), ask.actor, m.organ
    assert action is not None
    m.about["deciding"] = ask.command.data.get("decision_type", ask.command.data.get("ground"))
    drafter = m.actor_as(nearest(action.by - signer.roles))
    roles = world.reviewers(m.line.code, action.code, organ)
    hands = tuple((Actor(f"{organ}/{role}", alone(role), organ), m.rng.choice(AGREED)) for role in roles)
    return Way(
        drafter, hands, SIGNED, DRAFTED[f"{m.line.code}.{action.code}"](m), _clock(world, len(hands) + 1)
    )


def _clock(world: SimulatedWorld, steps: int) -> Callable[[int], None]:
    """Each step some time after the one before, the signature at the moment it is now."""
    signed = world.moment

    def begin(step: int) -> None:
        world.moment = signed - BETWEEN * (steps - step)

    return begin
