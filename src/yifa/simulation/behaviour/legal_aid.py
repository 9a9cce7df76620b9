"""Legal aid: applications by all ways of proof, notified defence, duty lawyers, consultations, objections, quality."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from yifa.lines.legal_aid.inputs import TRIAL
from yifa.simulation import fiction
from yifa.simulation.chance import pick
from yifa.simulation.lists import LEAST, lawyer_no
from yifa.simulation.steps import Matter, Path, Step, after, before, beyond, same_day, workdays
from yifa.simulation.world import SUBSIDIES

GROUPS = {
    (): 50,
    ("woman",): 20,
    ("elderly",): 12,
    ("disabled",): 8,
    ("woman", "disabled"): 2,
    ("veteran",): 3,
    ("soldier_family",): 5,
}
CIVIL = {
    "support": 20,
    "traffic_injury": 25,
    "work_injury": 15,
    "social_insurance": 10,
    "labour_relation": 20,
    "medical_injury": 10,
}
LABOUR = ("labour_relation", "work_injury", "labour_pay")
GROUNDS = {"minor": 30, "disability": 8, "may_notify": 50, "life_or_death": 8, "incapable_adult": 4}
POOR = [
    {"relation": "本人", "income": "2600"},
    {"relation": "配偶", "income": "2100"},
    {"relation": "子女", "income": "0"},
]
RICH = [{"relation": "本人", "income": "9800"}]


def person(m: Matter, **about: Any) -> None:
    """Somebody with a matter; what is given in `about` stays."""
    m.about |= {
        "name": fiction.person(m.rng, m.number), "opponent": fiction.company(m.rng, m.number),
        "birth": fiction.born(m.rng, m.planned.arrives, 25, 55), "lawyer": lawyer_no(m.organ, 1 + m.number % LEAST), **about,
    }  # fmt: skip
    m.about["id_no"] = fiction.id_number(m.rng, m.about["birth"])


def migrant(m: Matter) -> None:
    """A migrant worker asks for wages, or for the injury at work."""
    groups = ["migrant_worker", "woman"] if m.number % 4 == 0 else ["migrant_worker"]
    person(
        m,
        matter=pick(m.rng, {"labour_pay": 8, "work_injury": 2}),
        kind="labour",
        stage="arbitration",
        groups=groups,
    )


def poor(m: Matter) -> None:
    """Somebody below the standard of hardship."""
    matter, groups = pick(m.rng, CIVIL), pick(m.rng, GROUPS)
    birth = (
        fiction.born(m.rng, m.planned.arrives, 61, 85)
        if "elderly" in groups
        else fiction.born(m.rng, m.planned.arrives, 25, 55)
    )
    kind, stage = ("labour", "arbitration") if matter in LABOUR else ("civil", "first")
    person(m, matter=matter, kind=kind, stage=stage, groups=list(groups), household=POOR, birth=birth)


def rich(m: Matter) -> None:
    """Somebody above it."""
    person(m, matter="support", kind="civil", stage="first", groups=[], household=RICH)


def accused(m: Matter) -> None:
    """Somebody whom a court or a procuratorate has notified of."""
    ground = pick(m.rng, GROUNDS)
    minor = ground == "minor"
    birth = (
        fiction.born(m.rng, m.planned.arrives, 15, 17)
        if minor
        else fiction.born(m.rng, m.planned.arrives, 22, 60)
    )
    person(m, ground=ground, birth=birth, groups=["minor"] if minor else [])


# --------------------------------------------------------------------------------------------- what is said


def receive(m: Matter, **changes: Any) -> dict[str, Any]:
    a = m.about
    data = {
        "applicant": a["name"], "id_no": a["id_no"], "birth_date": a["birth"], "kind": a["kind"], "stage": a["stage"],
        "matter_code": a["matter"], "groups": a["groups"], "opponent": a["opponent"], "received_at": m.day, "mode": "documents",
        "channel": ("window", "web", "station", "mobile")[m.number % 4], **changes,
    }  # fmt: skip
    return data | ({"household": a["household"]} if "household" in a else {})


def _by_commitment(m: Matter) -> dict[str, Any]:
    return receive(m, mode="commitment", situation="hardship")


def _with_fee(m: Matter) -> dict[str, Any]:
    return receive(m, fee=200)


def _limited(m: Matter) -> dict[str, Any]:
    return receive(m, limitation_date=m.day + timedelta(days=5))


def lawyer(m: Matter) -> dict[str, Any]:
    return {"person": m.about["lawyer"]}


def lawyer_told(m: Matter) -> dict[str, Any]:
    return {**lawyer(m), "organ_told_on": m.day}


def other_lawyer(m: Matter) -> dict[str, Any]:
    return {"person": lawyer_no(m.organ, 1 + (m.number + 1) % LEAST), "cause": "illness"}


def _notice(m: Matter) -> dict[str, Any]:
    a = m.about
    return {"received_on": m.day, "notified_on": m.day, "notice_ground": a["ground"], "stage": ("first", "prosecution")[m.number % 2],
            "name": a["name"], "birth_date": a["birth"], "groups": a["groups"], "cause": "盗窃", "contact": "示例法院刑事审判庭",
            "organ_case_no": f"测刑〔{m.day.year}〕{m.number}号"}  # fmt: skip


def _duty(m: Matter) -> dict[str, Any]:
    return {
        "person": m.about["name"],
        "stage": "prosecution",
        "organ_case_no": f"测检〔{m.planned.arrives.year}〕{m.number}号",
    }


def _help(m: Matter, *content: str) -> dict[str, Any]:
    return {**_duty(m), "lawyer": m.about["lawyer"], "content": list(content)}


def _much_help(m: Matter) -> dict[str, Any]:
    return _help(m, "consultation", "procedure_choice", "plea_statement")


def _little_help(m: Matter) -> dict[str, Any]:
    return _help(m, "consultation")


def _consult(m: Matter) -> dict[str, Any]:
    return {"topic": pick(m.rng, {"劳动报酬": 3, "婚姻家庭": 3, "交通事故": 2, "其他": 2}), "persons": m.planned.size,
            "channel": ("window", "12348", "web")[m.number % 3]}  # fmt: skip


def pay(m: Matter) -> dict[str, Any]:
    assert m.view is not None
    return {"amount": SUBSIDIES[m.view.facts["kind"]]}


def _pay_half(m: Matter) -> dict[str, Any]:
    return {"amount": pay(m)["amount"] / 2, "share": Decimal("0.5")}


def _pay_too_much(m: Matter) -> dict[str, Any]:
    return {"amount": pay(m)["amount"] + 500}


def _assess(m: Matter) -> dict[str, Any]:
    score = pick(m.rng, {95: 2, 82: 6, 68: 2, 50: 0.3})
    m.about["score"] = score
    return {"scores": [Decimal(score), Decimal(score + 2)], "assessors": ["测试评估员1", "测试评估员2"]}


def _check(m: Matter) -> dict[str, Any]:
    m.about["found"] = pick(m.rng, {"true": 9, "honest_mistake": 1})
    return {"result": m.about["found"], "checked_on": m.day}


def objecting(m: Matter) -> dict[str, Any]:
    return {"received_on": m.day, "against": "refusal"}


# ---------------------------------------------------------------------------------------------------- books


def waits(m: Matter) -> None:
    m.wait("review_on_time", m.due("review"))


def stops(m: Matter) -> None:
    m.drop("review_on_time")


def counted(m: Matter) -> None:
    groups = m.about.get("groups") or []
    m.count("legal_aid_cases")
    if "migrant_worker" in groups:
        m.count("legal_aid_migrant_workers")
    if groups:
        m.count("legal_aid_special_groups")


def granted(m: Matter) -> None:
    m.done("review_on_time")
    counted(m)
    m.wait("assign_on_time", m.due("assign"))


def _granted_assigned(m: Matter) -> None:
    """Aid given first: the lawyer is there already."""
    m.done("review_on_time")
    counted(m)


def _on_commitment(m: Matter) -> None:
    granted(m)
    m.count("legal_aid_commitment_cases")


def _refused(m: Matter) -> None:
    m.done("review_on_time")


def citywide(m: Matter) -> None:
    m.count("legal_aid_citywide_cases")


def _notified(m: Matter) -> None:
    counted(m)
    m.wait("assign_on_time", m.due("assign_notified"))


def assigned(m: Matter) -> None:
    m.done("assign_on_time")


def _helped(m: Matter) -> None:
    m.count("legal_aid_cases")


def _helped_much(m: Matter) -> None:
    _helped(m)
    m.count("duty_help_cases")


def _consulted(m: Matter) -> None:
    m.count("legal_aid_consultations", amount=m.planned.size)


def _assessed(m: Matter) -> None:
    m.share("quality_pass", hit=m.about["score"] >= 60)


def _checked(m: Matter) -> None:
    m.share("commit_false_rate", hit=m.about["found"] != "true")


def objected(m: Matter, *, corrected: bool) -> None:
    m.share("objection_corrected", hit=corrected)


# ---------------------------------------------------------------------------------------------------- paths

RECEIVE = Step("receive", same_day, receive, waits)
BEGIN = Step("begin_review", workdays(0, 1))
GRANT = Step("grant", before("review", 0, 4), {}, granted)
ASSIGN = Step("assign", before("assign", 0, 2), lawyer, assigned)
WORK = (
    Step("sign_agreement", workdays(1, 4), lambda m: {"signed_on": m.day}, role="aid_person"),
    Step("first_meeting", workdays(0, 3), role="aid_person"),
)
END = Step("end", after(30, 110), lambda m: {"ended_on": m.day, "document": "award"}, role="aid_person")
FILE = (
    Step("file_in", after(5, 25), lambda m: {"received_on": m.day}, role="aid_person"),
    Step("file_accept", after(3, 9), lambda m: {"accepted_on": m.day}),
    Step("pay", after(5, 20), pay), Step("archive", workdays(1, 3)),
)  # fmt: skip
_ASSESS = Step("assess", after(10, 40), _assess, _assessed)
AFTER_GRANT = (ASSIGN, *WORK, END, *FILE)
SUPPLEMENT = Step(
    "ask_supplement",
    workdays(0, 2),
    lambda m: {"items": ["劳动合同或者工资流水"], "term": 10, "served_on": m.day},
    stops,
)
REFUSE = Step(
    "refuse", before("review", 0, 3), {"rule": "E6", "reasons": "家庭人均收入高于经济困难标准"}, _refused
)
NOTICE = Step("notify_in", same_day, _notice, _notified)
HALF_FILE = (*FILE[:2], Step("pay", after(5, 20), _pay_half), FILE[3])  # of aid that was ended half-way


def in_court(m: Matter) -> bool:
    """Whether the criminal case has come to a court, which wants the papers of the defence."""
    return m.view is not None and m.view.facts.get("phase") in TRIAL


SIGN, MEET = WORK
COURT_PAPERS = Step(
    "file_court_papers", workdays(0, 2), lambda m: {"filed_on": m.day}, when_so=in_court, role="aid_person"
)
DEFENCE = (
    SIGN,
    COURT_PAPERS,
    MEET,
    Step("end", after(25, 90), lambda m: {"ended_on": m.day}, role="aid_person"),
    *FILE,
)


def _objection(result: str) -> tuple[Step, ...]:
    return (
        Step("object", after(3, 12), objecting, role="bureau"),
        Step("objection_decide", after(2, 5), {"result": result}, lambda m: objected(m, corrected=result == "correct")),
    )  # fmt: skip


def _duty_path(data: Any, books: Any) -> Path:
    return Path((
        Step("duty_request", same_day, _duty),
        Step("duty_arrange", workdays(0, 1), lambda m: {"lawyer": m.about["lawyer"], "place": "示例看守所工作站", "day": m.day, "half": "am"}),
        Step("duty_help", workdays(0, 1), data, books, role="duty_lawyer"), Step("duty_record", workdays(1, 3)),
    ), accused)  # fmt: skip


PATHS: Mapping[str, Path] = {
    "migrant": Path((RECEIVE, BEGIN, GRANT, *AFTER_GRANT), migrant),
    "migrant_assessed": Path((RECEIVE, BEGIN, GRANT, *AFTER_GRANT, _ASSESS), migrant),
    "migrant_late": Path((RECEIVE, BEGIN, Step("grant", beyond("review", 1, 4), {}, granted), *AFTER_GRANT), migrant),
    "migrant_assigned_late": Path((RECEIVE, BEGIN, GRANT, Step("assign", beyond("assign", 1, 3), lawyer, assigned), *WORK, END, *FILE), migrant),
    "migrant_supplement": Path((
        RECEIVE, SUPPLEMENT, Step("supplement_in", after(2, 6), lambda m: {"received_on": m.day, "materials": ["劳动合同"]}, waits),
        Step("grant", before("review", 0, 2), {}, granted), *AFTER_GRANT), migrant),
    "migrant_first": Path((
        Step("receive", same_day, _limited, waits), Step("aid_first", same_day, {"ground": "limitation", "step": "arbitration"}),
        Step("assign", workdays(0, 1), lawyer), Step("make_up", workdays(0, 1), lambda m: {"received_on": m.day, "materials": ["身份证明"]}),
        Step("grant", before("review", 0, 2), {}, _granted_assigned), *WORK, END, *FILE), migrant),
    "commitment": Path((Step("receive", same_day, _by_commitment, waits), BEGIN, Step("grant", before("review", 0, 4), {}, _on_commitment), *AFTER_GRANT), poor),
    "commitment_checked": Path((
        Step("receive", same_day, _by_commitment, waits), BEGIN, Step("grant", before("review", 0, 4), {}, _on_commitment), ASSIGN,
        Step("draw_commitment", after(2, 6), lambda m: {"drawn_on": m.day, "seed": "公开抽取20230001"}),
        Step("commit_check", after(5, 18), _check, _checked), *WORK, END, *FILE), poor),
    "civil": Path((RECEIVE, BEGIN, GRANT, *AFTER_GRANT), poor),
    "civil_changed": Path((
        RECEIVE, BEGIN, GRANT, ASSIGN, *WORK, Step("change_request", after(5, 20), lambda m: {"received_on": m.day, "evidence": "会见记录"}),
        Step("change", workdays(1, 4), other_lawyer), *WORK, END, *FILE), poor),
    "civil_terminated": Path((
        RECEIVE, BEGIN, GRANT, ASSIGN, *WORK, Step("terminate", after(10, 40), {"ground": 6}), *HALF_FILE), poor),
    "notified": Path((NOTICE, Step("assign", before("assign_notified", 0, 2), lawyer_told, assigned), *DEFENCE), accused),
    "notified_late": Path((NOTICE, Step("assign", beyond("assign_notified", 1, 3), lawyer_told, assigned), *DEFENCE), accused),
    "duty": _duty_path(_much_help, _helped_much),
    "duty_little": _duty_path(_little_help, _helped),
    "consulted": Path((Step("consult", same_day, _consult, _consulted),)),
    "refused": Path((RECEIVE, BEGIN, REFUSE), rich),
    "refused_rightly": Path((RECEIVE, BEGIN, REFUSE, *_objection("maintain")), rich),
    "refused_wrongly": Path((RECEIVE, BEGIN, REFUSE, *_objection("correct")), rich),
    "withdrawn": Path((RECEIVE, Step("withdraw", workdays(0, 3), {}, stops)), poor),
    "given_up": Path((RECEIVE, SUPPLEMENT), poor),
    "errors": Path((
        Step("receive", same_day, _with_fee, wrong=True), RECEIVE, Step("assign", same_day, lawyer, wrong=True), BEGIN,
        Step("refuse", same_day, {"rule": "E2", "reasons": "不属于范围"}, wrong=True), GRANT, Step("grant", same_day, {}, wrong=True), ASSIGN, *WORK, END,
        *FILE[:2], Step("pay", same_day, _pay_too_much, wrong=True), *FILE[2:]), poor),
}  # fmt: skip
