"""Guards of mediation from the meeting to the archive: preconditions of §7 and invalid input of §12."""

from collections.abc import Iterable
from datetime import date

from yifa.language.actions import Facts, of_case
from yifa.language.acts import Command, Problem, refuse
from yifa.language.view import Instance, View
from yifa.law.citation import both
from yifa.lines.mediation.confirmation import NOT_CONFIRMED, Filing, invited, table_on
from yifa.lines.mediation.facts import SIGNATURES, TERMS, act_day, alert_days, parameter, plain
from yifa.lines.mediation.law import (
    CONFIRM,
    IM16,
    MED18,
    OM22,
    PML,
    PMW,
    SC11,
    SIGNED,
    SUBSIDY_RULES,
)
from yifa.lines.mediation.routing import DOORS, ROUTING, doors
from yifa.lines.mediation.stages import COMMITTEES
from yifa.lines.mediation.subsidy import GRADES, amount_due

Problems = Iterable[Problem]


# --------------------------------------------------------------------------------------------------- conduct


def rights_explained(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["rights_told"]:
        yield refuse("rights_untold", PMW.art(30), "rights_told")


def not_rejected(view: View, cmd: Command, facts: Facts) -> Problems:
    """A party chooses or accepts the mediator, or rejects one (PML 19, 23)."""
    for name in sorted(set(cmd.data["ids"]) & set(cmd.data["rejected"])):
        yield refuse("mediator_rejected", PML.art(23, None, 1), "rejected", mediator=name)


def guests_agreed(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["agreed"]:
        yield refuse("guests_not_agreed", PML.art(20, 1), "agreed")


def report_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    found, reported = view.last_data("find_risk").get("found_at"), cmd.data.get("reported_at")
    if found is not None and reported is not None and plain(reported) < plain(found):
        yield refuse("report_before_find", PML.art(25), "reported_at", found=plain(found))


def appraisal_dated(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["ground"] == "appraisal" and "commissioned_on" not in cmd.data:
        yield refuse("appraisal_undated", MED18.art(38), "commissioned_on")


def appraisal_returned(view: View, cmd: Command, facts: Facts) -> Problems:
    """The report's day ends the pause, and cannot lie before the commission."""
    pause = view.last_data("pause")
    reported = cmd.data.get("reported_on")
    if pause.get("ground") != "appraisal":
        return
    if reported is None:
        yield refuse("report_undated", MED18.art(38), "reported_on")
    elif pause.get("commissioned_on") is not None and reported < pause["commissioned_on"]:
        begun = pause["commissioned_on"]
        yield refuse("report_before_commission", MED18.art(38), "reported_on", begun=begun)


def running_terms(view: View) -> tuple[Instance, ...]:
    """Terms of mediation still running or paused; that of a labour dispute cannot be extended."""
    return tuple(instance for code in TERMS if code != "term_labour" for instance in view.live(code))


def extension_agreed(view: View, cmd: Command, facts: Facts) -> Problems:
    """Everybody must want it, and the new day must be later (MED18 38, IM16 27, OM22 24)."""
    basis = both(MED18.art(38), IM16.art(27), OM22.art(24))
    if not (cmd.data["all_agree"] and cmd.data["body_agrees"]):
        yield refuse("extension_not_agreed", basis, "all_agree")
    running = running_terms(view)
    if not running:
        yield refuse("no_term_running", basis)
    for instance in running:
        if instance.due.due is not None and cmd.data["new_due"] <= instance.due.due:
            yield refuse("new_due_not_later", basis, "new_due", due=instance.due.due)


# ------------------------------------------------------------------------------------------------- agreement


def signed_by_all(view: View, cmd: Command, facts: Facts) -> Problems:
    """Without one of the three signatures the paper is not in force, and no period can start (PML 29)."""
    for name, title in SIGNATURES.items():
        day = cmd.data.get(name)
        if day is None:
            yield refuse("signature_missing", SIGNED, name, signature=title)
        elif day > act_day(cmd):
            yield refuse("dated_later", SIGNED, name, day=day, on=act_day(cmd))


def lawful_content(view: View, cmd: Command, facts: Facts) -> Problems:
    for vice in cmd.data["vices"]:
        item = 1 + list(_VICES).index(vice)
        yield refuse(
            "content_unlawful", both(PML.art(3, None, 2), SC11.art(7, None, item)), "vices", vice=_VICES[vice]
        )


_VICES = {
    "mandatory_rule": "违反法律、行政法规强制性规定", "public_interest": "侵害国家利益、社会公共利益",
    "third_party": "侵害案外人合法权益", "public_order": "损害社会公序良俗", "unclear": "内容不明确",
}  # fmt: skip


def content_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    """What the article says the paper may hold; flagged, not refused."""
    if "facts" not in cmd.data:
        yield refuse("agreement_without_facts", PML.art(29, 1, 2), "facts")
    if "performance_due_on" not in cmd.data and not cmd.data["instalments"]:
        yield refuse("agreement_without_term", PML.art(29, 1, 3), "performance_due_on")


def no_paper(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["no_paper_needed"]:
        yield refuse("paper_wanted", PML.art(28), "no_paper_needed")


# ------------------------------------------------------------------------------------------------ next doors


def routes_told(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["told_routes"]:
        yield refuse("routes_untold", PML.art(26), "told_routes")


def limits_running(view: View, cmd: Command, facts: Facts) -> Problems:
    """What still runs next door, with the days left: mediation does not stop it."""
    day = act_day(cmd)
    for instance in view.live("other_routes"):
        due = instance.due.due
        if due is None:
            continue
        left = (plain(due) - day).days
        near = left <= max(alert_days(view, day))
        code = "limit_over" if left < 0 else "limit_near" if near else "limit_running"
        yield refuse(code, instance.cite, None, door=_LIMIT[instance.variant], due=due, left=left)


# Variants of the clock `other_routes`, in the order of its starts.
_LIMIT = ("申请行政复议", "申请劳动仲裁", "民事起诉（诉讼时效）")


def first_offer(view: View, cmd: Command, facts: Facts) -> Problems:
    """Which door comes next, by the table; the party decides."""
    finding = view.outcomes.get("routing")
    if finding is None:
        return
    others = [door for door in doors(finding, ROUTING) if door not in _MEDIATIONS]
    if others:
        names = "、".join(DOORS[door] for door in others)
        yield refuse("next_doors", PML.art(26), None, doors=names)


_MEDIATIONS = ("people_mediation", "commercial_mediation", "mediate_consequences")


def chosen_freely(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["chosen"]:
        yield refuse("route_not_chosen", PML.art(3, None, 1), "chosen")
    if not cmd.data["told_limits"]:
        yield refuse("routes_untold", PML.art(26), "told_limits")


def door_shut(view: View, cmd: Command, facts: Facts) -> Problems:
    """The table shuts this door; flagged, because the party and the receiving body decide."""
    finding = view.outcomes.get("routing")
    target = cmd.data["target"]
    if finding is not None and target in DOORS and target not in doors(finding, ROUTING):
        yield refuse("door_shut", finding.cite, "target", door=DOORS[target])


# ---------------------------------------------------------------------------------------------- confirmation


def filed_on(cmd: Command) -> date:
    """The day the application was filed."""
    filed: date | None = cmd.data.get("filed_on")
    return filed or act_day(cmd)


def applied_jointly(view: View, cmd: Command, facts: Facts) -> Problems:
    missing = [party for party in view.parties_in("party") if party not in cmd.data["applicants"]]
    if missing or len(set(cmd.data["applicants"])) < 2:
        yield refuse("confirm_not_joint", CONFIRM, "applicants", missing=tuple(missing))


def applied_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("confirm_apply")
    if due is not None and filed_on(cmd) > due and not cmd.data["restored"]:
        yield refuse("confirm_late", CONFIRM, "filed_on", due=due, filed=filed_on(cmd))


def right_court(view: View, cmd: Command, facts: Facts) -> Problems:
    body = view.facts.get("committee_kind", "village")
    about = Filing(cmd.data["seat"], invited(view.facts.get("channel")), cmd.data["for_intermediate"], body)
    version = "confirm-2011" if view.version == "confirm-2011" else ""
    finding = table_on(version, filed_on(cmd)).find(about)
    if finding.outcome != "pass":
        yield refuse("confirm_wrong_court", finding.cite, "seat", title=finding.tried[-1].title)


def confirmable(view: View, cmd: Command, facts: Facts) -> Problems:
    for matter in cmd.data["matters"]:
        title, cite = NOT_CONFIRMED[matter]
        yield refuse("not_confirmable", cite, "matters", title=title)
    if view.last_data("register").get("nature") == "status" and not cmd.data["matters"]:
        yield refuse("not_confirmable", NOT_CONFIRMED["marriage"][1], "matters", title="身份关系的纠纷")


@of_case
def agreed_once_more(view: View, cmd: Command, facts: Facts) -> Problems:
    """Only after the court has refused to confirm do the parties come back to the table (PML 33(3))."""
    if view.last_data("confirm_result").get("result") != "rejected":
        yield refuse("nothing_rejected", PML.art(33, 3))


# --------------------------------------------------------------------------------------------------- closing


def performed_as_seen(view: View, cmd: Command, facts: Facts) -> Problems:
    """A file is not closed as performed before a visit has seen it (PML 31)."""
    if cmd.data["ground"] == "performed" and view.last_data("follow_up").get("performed") != "full":
        yield refuse("performance_unseen", PML.art(31, 2), "ground")
    if cmd.data["ground"] == "enforced" and not view.facts.get("confirmed"):
        yield refuse("enforced_unconfirmed", PML.art(33, 2), "ground")


def file_held(view: View, cmd: Command, facts: Facts) -> Problems:
    """Subsidies only for archived cases, once each, by the table of that day."""
    if view.happened("grant_subsidy"):
        yield refuse("subsidised_already", SUBSIDY_RULES)
    if view.facts.get("committee_kind") not in (*COMMITTEES, "personal_studio", "court_station", None):
        yield refuse("subsidy_not_for_body", SUBSIDY_RULES)
    table = parameter(view.env.parameters, "mediation_subsidy_table", act_day(cmd))
    due = amount_due(table, cmd.data["grade"])
    if due is None:
        yield refuse("subsidy_row_missing", SUBSIDY_RULES, "amount", grade=GRADES[cmd.data["grade"]])
    elif cmd.data["amount"] != due:
        yield refuse("subsidy_differs", SUBSIDY_RULES, "amount", due=due)
    mediators = view.facts.get("mediators") or ()
    if mediators and cmd.data["mediator"] not in mediators:
        yield refuse("subsidy_other_mediator", PML.art(16), "mediator")


@of_case
def subsidy_granted(view: View, cmd: Command, facts: Facts) -> Problems:
    if not view.happened("grant_subsidy"):
        yield refuse("subsidy_not_granted", SUBSIDY_RULES)
    if view.happened("pay_subsidy"):
        yield refuse("subsidy_paid", SUBSIDY_RULES)


def nothing_private(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["privacy"] or cmd.data["secrets"]:
        yield refuse("private_released", PML.art(15, None, 4), "privacy")


# ------------------------------------------------------------------------------------------------ committees

LEAST, MOST = 3, 9


def composed(view: View, cmd: Command, facts: Facts) -> Problems:
    """Three to nine adults, a woman among them, a minority member where needed, one head (PML 8, 14)."""
    members, kind = cmd.data["members"], cmd.data["kind"]
    if kind not in COMMITTEES:
        return
    if not LEAST <= len({member.person for member in members}) <= MOST:
        yield refuse("committee_size", PML.art(8, 2), "members", count=len(members))
    if not any(member.woman for member in members):
        yield refuse("committee_no_woman", PML.art(8, 3), "members")
    if cmd.data["multi_ethnic"] and not any(member.minority for member in members):
        yield refuse("committee_no_minority", PML.art(8, 3), "members")
    for member in members:
        if not member.adult:
            yield refuse("mediator_under_age", PML.art(14, 1), "members", mediator=member.person)
    if cmd.data.get("head") not in {member.person for member in members}:
        yield refuse("committee_no_head", PML.art(8, 2), "head")
