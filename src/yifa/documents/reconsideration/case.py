"""A reconsideration case as its documents name it: parties, the act under review, courts, the course of the case."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from yifa.documents.derivation import Matter, day_of
from yifa.documents.wording import chinese_date, joined
from yifa.language.acts import Event
from yifa.law.citation import chinese_number

PARTY_ROLES: Final = ("applicant", "respondent", "third_party")
_LISTS: Final = ("applicants", "respondents", "third_parties")
_GENDERS: Final = {"male": "男", "female": "女"}
_PARTICULARS: Final = ("address", "id_number", "credit_code", "representative")

ACTS: Final[dict[str, str]] = {
    "penalty": "行政处罚决定",
    "on_the_spot_penalty": "当场行政处罚决定",
    "warning": "警告处罚决定",
    "coercion": "行政强制行为",
    "permit": "行政许可决定",
    "natural_resource": "自然资源确权决定",
    "expropriation": "征收决定",
    "compensation": "征收补偿决定",
    "work_injury": "工伤认定决定",
    "autonomy": "侵犯经营自主权的行为",
    "competition": "排除、限制竞争的行为",
    "levy": "要求履行义务的行为",
    "inaction": "不履行法定职责的行为",
    "social_security": "不依法支付社会保障待遇的行为",
    "agreement": "行政协议行为",
    "disclosure": "政府信息公开行为",
    "other": "行政行为",
}
REQUESTS: Final[dict[str, str]] = {
    "revoke": "撤销被申请人{act}",
    "change": "变更被申请人{act}",
    "confirm_illegal": "确认被申请人{act}违法",
    "confirm_invalid": "确认被申请人{act}无效",
    "perform": "责令被申请人履行法定职责",
    "compensation": "责令被申请人依法予以赔偿",
    "agreement": "责令被申请人依法履行行政协议或者采取补救措施",
}
# Kinds of decision after which the organ that acted, and not the reviewing one alone, decides the level of court.
_KEPT: Final = frozenset({"uphold", "reject_claim"})


# Acts of service that, where they name nobody, concern the applicants alone.
_ONLY: Final = {"serve_supplement": ("applicant",), "serve_refusal": ("applicant",)}


def intake(m: Matter) -> Mapping[str, Any]:
    """The application as received here, from the applicant or from the organ that passed it on."""
    return m.last("receive_application") or m.last("organ_forward")


def parties(*roles: str) -> Any:
    """The parties of these roles with their particulars."""
    return lambda m: [_party(m, who) for who in m.view.parties_in(*roles)]


def addressee(m: Matter) -> list[dict[str, Any]]:
    """The party the act concerns, else all of those it is for."""
    roles = _ONLY.get(m.event.action, PARTY_ROLES)
    whom = [m.event.party] if m.event.party else m.view.parties_in(*roles)
    return [_party(m, who) for who in whom]


def concerned(*roles: str) -> Any:
    """The party of the act, else all of these roles."""
    return lambda m: [
        _party(m, who) for who in ([m.event.party] if m.event.party else m.view.parties_in(*roles))
    ]


def _party(m: Matter, who: str) -> dict[str, Any]:
    found = next((p for name in _LISTS for p in intake(m).get(name, ()) if getattr(p, "id", p) == who), who)
    if isinstance(found, str):
        return _unknown(m, found)
    given = {name: getattr(found, name) for name in _PARTICULARS}
    agents = [a.name for a in intake(m).get("agents", ()) if a.principal == who and a.name]
    return {
        "name": found.name or m.setting.name(found.id),
        "kind": found.kind,
        "gender": _GENDERS.get(found.gender or ""),
        "born": found.birth_date,
        **given,
        "agents": agents,
    }


def _unknown(m: Matter, who: str) -> dict[str, Any]:
    """Only a name or code is known: an organ of the city, or a party whose role says what it is."""
    organ = m.setting.organ_of(who)
    kinds = {"respondent": "organ"}
    return {"name": organ.name, "kind": "organ" if organ.kind else kinds.get(m.view.parties.get(who, ""), "")}


def act(m: Matter) -> str:
    """于2024年1月8日作出的《…决定》（文号）, as it stands after the respondent's name."""
    found = intake(m).get("act")
    if found is None:
        return ""
    if found.type == "inaction" or intake(m).get("is_inaction"):
        return found.content or ACTS["inaction"]
    made = f"于{chinese_date(found.made_on)}作出的" if found.made_on else ""
    number = f"（{found.doc_no}）" if found.doc_no else ""
    return f"{made}{found.content or ACTS[found.type]}{number}"


def requests(m: Matter) -> list[str]:
    """The requests in words."""
    given = (REQUESTS.get(kind) for kind in intake(m).get("requests", ()))
    return [words.format(act=act(m)) for words in given if words]


def organ(m: Matter) -> str:
    """The reviewing organ: the people's government, also where its justice department does the work (L23 4(1), (2))."""
    found = m.setting.organ_of(m.view.facts.get("organ") or m.setting.organ)
    return found.government if found.kind == "justice" and found.government else found.name


def handlers(m: Matter) -> str:
    """Who handles the case, once they are named."""
    return joined([m.setting.name(who) for who in m.fact("handlers") or ()])


def window(m: Matter) -> str:
    """Where the application came in."""
    return m.setting.name(intake(m).get("window_code")) or organ(m)


def transferred_to(m: Matter) -> str:
    """The organ a window of another district sends the application on to."""
    return m.setting.name(m.data("organ")) if m.fact("cross_district") else ""


def materials(m: Matter) -> list[str]:
    """What came with the application, the application itself first."""
    named = list(intake(m).get("materials", ()))
    taken = [item["name"] for item in m.event.facts.get("materials", ()) if item["name"] not in named]
    return named + taken or ["行政复议申请书"]


def court_against_reviewer(m: Matter) -> str:
    """A government of county level or above is sued before an intermediate court (APL 15(1))."""
    return m.setting.courts.get("intermediate", "")


def court_against_original(m: Matter) -> str:
    """The level follows the organ that acted (APL 15(1); APLI 134(3) where the decision upholds)."""
    organs = [m.setting.organ_of(who) for who in m.view.parties_in("respondent")]
    level = "intermediate" if any(o.kind == "government" for o in organs) else "basic"
    return m.setting.courts.get(level, "")


def court_after_decision(m: Matter) -> str:
    """Whom the suit is against decides: both organs if the act is upheld, else the reviewing organ (APL 26(2))."""
    kept = set(decision_kinds(m)) <= _KEPT
    return court_against_original(m) if kept else court_against_reviewer(m)


def decision_kinds(m: Matter) -> list[str]:
    """The kinds of decision of this act."""
    return list(m.data("decision_types") or ()) or [k for k in [m.data("decision_type")] if k]


def course(m: Matter) -> list[str]:
    """How the review ran, in the order of its days; what happens again is told again, hearing the parties once."""
    told: dict[str, None] = {}
    for event in sorted(m.view.events, key=lambda e: (day_of(e.effective_on), e.seq)):
        if event.action in _STEPS:
            told[_STEPS[event.action](event)] = None
    return list(told)


def _on(event: Event, name: str) -> str:
    return chinese_date(day_of(event.data.get(name) or event.effective_on))


_STEPS: Final[Mapping[str, Callable[[Event], str]]] = {
    "hear_opinions": lambda e: "审理期间，本机关依法听取了当事人的意见",
    "hold_hearing": lambda e: f"{_on(e, 'held_on')}，本机关依法举行了听证",
    "consult_committee": lambda e: "本机关依法提请行政复议委员会提出咨询意见",
    "suspend": lambda e: f"{_on(e, 'suspended_on')}，本案中止审理",
    "resume": lambda e: f"{_on(e, 'resumed_on')}，本案恢复审理",
    "extend_review": lambda e: f"因情况复杂，经依法批准，本案审理期限延长{chinese_number(e.data['days'])}日",
}


def attached_document(m: Matter) -> str:
    """The document under attached review, in 《》."""
    acts = ("request_normative_review", "suspend")
    named = next((d for code in acts if (d := m.last(code).get("doc"))), None)
    found = named or next((d.title for d in intake(m).get("normative_docs", ())), "")
    return found if not found or found.startswith("《") else f"《{found}》"


def asked_by(m: Matter) -> str:
    """Who raised the attached review."""
    return "applicant" if intake(m).get("normative_docs") else "organ"


def served_on_respondent(m: Matter) -> date | None:
    """When the decision reached the respondent."""
    whom = set(m.view.parties_in("respondent"))
    events: Iterable[Event] = m.view.acts.get("serve_decision", ())
    return next((e.data["served_on"] for e in events if e.party is None or e.party in whom), None)


def details(m: Matter) -> list[str]:
    """The applicants with their particulars, for the record of an oral application."""
    return [_line(party) for party in parties("applicant")(m)]


def _line(party: Mapping[str, Any]) -> str:
    parts = [party["name"], party.get("gender"), f"住{party['address']}" if party.get("address") else None]
    return "，".join(part for part in parts if part)


def matter(m: Matter) -> str:
    """案由: what the case is about in one line."""
    names = joined([party["name"] for party in parties("respondent")(m)])
    return f"不服{names}{act(m)}申请行政复议"
