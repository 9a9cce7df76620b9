"""Guards before acceptance. A guard is total and pure: problems or nothing, each with its article."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from yifa.language.actions import Facts, Guard, of_case
from yifa.language.acts import Command, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import Practice
from yifa.law.identity import id_number_problem, uscc_problem
from yifa.lines.reconsideration.inputs import CROSS_DISTRICT, Party
from yifa.lines.reconsideration.jurisdiction import incompetence
from yifa.lines.reconsideration.law import L17, L23, R16, REG, cite_on
from yifa.lines.reconsideration.tables import CONDITIONS, SIMPLIFIED_GROUNDS, SMALL_AMOUNT, condition_cite

Problems = Iterable[Problem]


def not_ahead(field: str) -> Guard:
    """A date recorded with an act is not later than the act itself."""

    def guard(view: View, cmd: Command, facts: Facts) -> Problems:
        day = cmd.data.get(field)
        if day is not None and day > cmd.on:
            yield refuse("dated_ahead", Practice("所记日期不晚于行为之日"), field, day=day, on=cmd.on)

    return guard


def dates_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    cite = cite_on(data["received_on"], L23.art(30, 1), L17.art(17, 1))
    if data["received_on"] < data["filed_on"]:
        yield refuse("received_before_filed", cite, "received_on", filed=data["filed_on"])
    if data["received_on"] > facts.ctx.today:
        yield refuse("received_in_future", cite, "received_on", today=facts.ctx.today)


def act_before_knowledge(view: View, cmd: Command, facts: Facts) -> Problems:
    made = cmd.data["act"].made_on
    if made is not None and cmd.data["known_on"] < made:
        cite = cite_on(cmd.data["received_on"], L23.art(20, 1), L17.art(9, 1))
        yield refuse("known_before_act", cite, "known_on", made=made)


def category_known(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["act_category"] > 11 and not L23.applies_on(cmd.data["received_on"]):
        yield refuse("category_unknown", L17.art(6), "act_category", last=11)


def channel_open(view: View, cmd: Command, facts: Facts) -> Problems:
    channel, new = cmd.data["channel"], L23.applies_on(cmd.data["received_on"])
    if channel == "via_county" and new:
        yield refuse("channel_closed", L23.art(24), "channel", what="县级政府转送")
    if channel == "via_organ" and not new:
        yield refuse("channel_closed", L17.art(11), "channel", what="作出处罚的机关转送")
    if channel == "via_organ" and new:
        yield from on_the_spot_or_monitored(view, cmd, facts)


def window_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["channel"] in CROSS_DISTRICT and "window_code" not in cmd.data:
        yield refuse("window_missing", R16.source, "window_code")


def inaction_dated(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    dated = "request_received_on" in data or "statutory_period_end" in data
    if data.get("is_inaction") and not dated and not data.get("urgent_protection"):
        yield refuse("inaction_undated", REG.art(16), "request_received_on")


def stay_explained(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["stay_requested"] and "stay_reason" not in cmd.data:
        cite = cite_on(cmd.data["received_on"], L23.art(42, None, 3), L17.art(21, None, 3))
        yield refuse("stay_unexplained", cite, "stay_reason")


def sides_distinct(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    for name in sorted(_ids(data["applicants"]) & _ids(data["respondents"])):
        yield refuse("both_sides", condition_cite("2023", 1), "respondents", name=name)


def representatives_fit(view: View, cmd: Command, facts: Facts) -> Problems:
    chosen, applicants = cmd.data["representatives"], _ids(cmd.data["applicants"])
    if len(chosen) > 5:
        yield refuse("too_many_representatives", REG.art(8), "representatives", count=len(chosen))
    if len(applicants) > 5 and not chosen:
        yield refuse("representatives_missing", REG.art(8), "representatives", count=len(applicants))
    for name in chosen:
        if name not in applicants:
            cite = cite_on(cmd.data["received_on"], L23.art(15, 1), REG.art(8))
            yield refuse("representative_no_applicant", cite, "representatives", name=name)


def agents_fit(view: View, cmd: Command, facts: Facts) -> Problems:
    agents, received = cmd.data["agents"], cmd.data["received_on"]
    for principal, count in Counter(agent.principal for agent in agents).items():
        if count > 2:
            cite = cite_on(received, L23.art(17, 1), REG.art(10))
            yield refuse("too_many_agents", cite, "agents", principal=principal, count=count)
    for agent in agents:
        if agent.authority_until is not None and agent.authority_until < cmd.on:
            cite = cite_on(received, L23.art(17, 2), REG.art(10))
            yield refuse("authority_expired", cite, "agents", agent=agent.id, until=agent.authority_until)


def identities_valid(view: View, cmd: Command, facts: Facts) -> Problems:
    parties = [*cmd.data["applicants"], *cmd.data["third_parties"]]
    for party in (p for p in parties if not isinstance(p, str)):
        national = party.id_type == "居民身份证"
        if national and party.id_number and id_number_problem(party.id_number):
            yield refuse("id_number_invalid", Practice("GB 11643"), "applicants", party=party.id)
        if party.credit_code and uscc_problem(party.credit_code):
            yield refuse("credit_code_invalid", Practice("GB 32100"), "applicants", party=party.id)


def attached_documents_fit(view: View, cmd: Command, facts: Facts) -> Problems:
    received = cmd.data["received_on"]
    for document in cmd.data["normative_docs"]:
        if document.kind != "document":
            cite = cite_on(received, L23.art(13, 2), L17.art(7, 2))
            yield refuse("attached_not_reviewable", cite, "normative_docs", title=document.title)
        elif not document.relied_on:
            cite = cite_on(received, L23.art(13, 1), L17.art(7, 1))
            yield refuse("attached_not_relied_on", cite, "normative_docs", title=document.title)


def no_fee(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data.get("fee", Decimal(0)) > 0:
        cite = cite_on(cmd.data["received_on"], L23.art(87), L17.art(39))
        yield refuse("fee_charged", cite, "fee", fee=cmd.data["fee"])


def on_the_spot_or_monitored(view: View, cmd: Command, facts: Facts) -> Problems:
    act = cmd.data.get("act")
    if act is not None and act.type != "on_the_spot_penalty" and not act.electronic_monitoring:
        yield refuse("forward_not_open", L23.art(32, 1), "act")


def forward_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["forwarded_on"] < cmd.data["organ_received_on"]:
        yield refuse(
            "forwarded_before_receipt", L23.art(32, 2), "forwarded_on", received=cmd.data["organ_received_on"]
        )


def not_self_corrected(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data.get("self_corrected"):
        yield refuse("self_corrected", L23.art(32, 2), "self_corrected")


def transfer_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    filed = view.facts.get("filed_on")
    if filed is not None and cmd.data["received_on"] < filed:
        yield refuse("received_before_filed", L23.art(30, 1), "received_on", filed=filed)


def supplement_once(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.happened("request_supplement"):
        yield refuse("supplement_again", _supplement_cite(view, cmd))


def supplement_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("supplement_notice")
    if due is not None and cmd.data["issued_on"] > due:
        yield refuse("supplement_late", _supplement_cite(view, cmd), "issued_on", due=due)


def supplement_period_named(view: View, cmd: Command, facts: Facts) -> Problems:
    """A notice of 2024 or later cannot end in an acceptance under the old law, which alone asks for a set period."""
    if view.version == "2017" and not L23.applies_on(cmd.data["issued_on"]) and "due_on" not in cmd.data:
        yield refuse("supplement_period_missing", REG.art(29), "due_on")


def served_after_issued(view: View, cmd: Command, facts: Facts) -> Problems:
    served = cmd.data.get("served_on")
    if served is not None and served < cmd.data["issued_on"]:
        yield refuse("served_before_issued", L23.art(88, 1), "served_on", issued=cmd.data["issued_on"])


def extension_asked_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("supplement_submit")
    if due is None:
        return
    if cmd.data.get("requested_on", cmd.on) > due:
        yield refuse("extension_asked_late", L23.art(31, 2), "requested_on", due=due)
    if cmd.data["new_due"] <= due:
        yield refuse("new_due_not_later", L23.art(31, 2), "new_due", due=due)


def notice_awaits_service(view: View, cmd: Command, facts: Facts) -> Problems:
    issued = view.last_data("request_supplement").get("issued_on")
    if issued is not None and cmd.data["served_on"] < issued:
        yield refuse("served_before_issued", L23.art(88, 1), "served_on", issued=issued)


def supplement_expired(view: View, cmd: Command, facts: Facts) -> Problems:
    due, asked = view.due("supplement_submit"), view.last("request_supplement")
    served = asked is None or "served_on" in asked.data or view.happened("serve_supplement")
    if due is None or not served:
        yield refuse("supplement_not_served", _abandonment_cite(view))
    elif cmd.on <= due:
        yield refuse("supplement_not_expired", _abandonment_cite(view), None, due=due)


def all_conditions_met(view: View, cmd: Command, facts: Facts) -> Problems:
    for item in sorted(set(range(1, 8)) - set(cmd.data["conditions_met"])):
        yield refuse(
            "condition_unmet", condition_cite(view.version, item), "conditions_met", item=CONDITIONS[item]
        )


@of_case
def filed_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    finding = view.outcomes.get("apply_in_time")
    if finding is not None and finding.outcome == "fail":
        limit = view.due("apply_limit")
        yield refuse(
            "filed_too_late",
            condition_cite(view.version, 4),
            None,
            filed=view.facts.get("filed_on"),
            due=limit,
        )


def competent_here(view: View, cmd: Command, facts: Facts) -> Problems:
    """The register of organs says who is competent; without an entry the person's finding (condition 6) stands."""
    here = view.facts.get("organ") or (facts.ctx.actor.organ if facts.ctx.actor else None)
    rows = facts.get("respondent_organs") or ()
    found = incompetence(here, rows, view.version, view.facts.get("first_received_on"))
    if found is not None:
        name, competent, cite = found
        yield refuse("not_competent", cite, None, respondent=name, competent=competent)


def no_parallel_lawsuit(view: View, cmd: Command, facts: Facts) -> Problems:
    cite = L23.art(29, 2) if view.version == "2023" else L17.art(16, 2)
    for number in facts.get("court_cases") or ():
        yield refuse("court_already_seized", cite, None, court_case=number)
    suits = facts.get("suits_pending")
    if suits and not facts.get("court_cases"):
        yield refuse("suit_pending", cite, None, count=suits)


def no_duplicate(view: View, cmd: Command, facts: Facts) -> Problems:
    for number in facts.get("same_dispute") or ():
        yield refuse("duplicate_application", condition_cite(view.version, 7), None, case=number)


def reapplication_kept_out(view: View, cmd: Command, facts: Facts) -> Problems:
    """What was withdrawn stays withdrawn, unless the applicant proves that it was not truly meant."""
    if cmd.data["withdrawal_involuntary"]:
        return
    cite = L23.art(74, 2) if view.version == "2023" else REG.art(38, 2)
    for number in facts.get("withdrawn_before") or ():
        yield refuse("withdrawn_before", cite, None, case=number)


def simplified_allowed(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["procedure"] != "simplified":
        return
    if view.version == "2017":
        yield refuse("not_in_2017", L17.art(31, 1), "procedure", what="简易程序")
        return
    ground = cmd.data.get("simplified_ground")
    if ground is None:
        yield refuse("simplified_ground_missing", L23.art(53), "simplified_ground")
    elif not _ground_holds(view, cmd, ground):
        yield refuse(
            f"simplified_{ground}", SIMPLIFIED_GROUNDS[ground], "simplified_ground", limit=SMALL_AMOUNT
        )


def _ground_holds(view: View, cmd: Command, ground: str) -> bool:
    holds: dict[str, Any] = {
        "on_the_spot": lambda: view.facts.get("act_type") == "on_the_spot_penalty",
        "warning": lambda: view.facts.get("act_type") == "warning",
        "small_amount": lambda: "amount" in view.facts and view.facts["amount"] <= SMALL_AMOUNT,
        "disclosure": lambda: view.facts.get("act_type") == "disclosure",
        "consent": lambda: all_consent(view, cmd.data["consents"]),
    }
    return bool(holds[ground]())


def all_consent(view: View, consents: Iterable[str]) -> bool:
    """Every party known to the case has consented."""
    return set(view.parties_in("applicant", "respondent", "third_party")) <= set(consents)


def accepted_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    complete: date | None = view.facts.get("complete_on")
    if complete is not None and cmd.data["accepted_on"] < complete:
        yield refuse(
            "accepted_before_complete", condition_cite(view.version, 1), "accepted_on", complete=complete
        )


def competent_organ_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["condition"] == 6 and "competent_organ" not in cmd.data:
        cite = L23.art(30, 2) if view.version == "2023" else L17.art(17, 1)
        yield refuse("competent_organ_missing", cite, "competent_organ")


def withdrawal_free(view: View, cmd: Command, facts: Facts) -> Problems:
    new = view.version == "2023"
    if not cmd.data["voluntary"]:
        cite = L23.art(74, 2) if new else REG.art(38, 1)
        yield refuse("withdrawal_involuntary", cite, "voluntary")
    if not cmd.data["permitted"]:
        cite = L23.art(41, None, 1) if new else REG.art(38, 1)
        yield refuse("withdrawal_not_permitted", cite, "permitted")
    if not new and "reason" not in cmd.data:
        yield refuse("withdrawal_unexplained", L17.art(25), "reason")


def _abandonment_cite(view: View) -> Any:
    return L23.art(31, 2) if view.version == "2023" else REG.art(29)


def _supplement_cite(view: View, cmd: Command) -> Any:
    old = view.version == "2017" and not L23.applies_on(cmd.data["issued_on"])
    return REG.art(29) if old else L23.art(31, 1)


def _ids(parties: Iterable[Party | str]) -> set[str]:
    return {party if isinstance(party, str) else party.id for party in parties}
