"""Every stored column and its class. The one table; a test fails if a column is in no class, or if the table lies.

evidenced    a change is detected by the ledger, which names the act: commitments, chain, log, signature
derived      a change is detected by a rebuild from the acts, which names the case
operational  nothing detects a change: work in progress, accounts, what machines need

An evidenced column of an act that is not in the log yet is held by its chain alone; a whole case can be taken away unseen
until the sequencer has it, except for the gap in its number series. An erased payload takes its evidence with it.
"""

from collections.abc import Mapping
from typing import Literal

ColumnClass = Literal["evidenced", "derived", "operational"]
EVIDENCED: ColumnClass = "evidenced"
DERIVED: ColumnClass = "derived"
OPERATIONAL: ColumnClass = "operational"


def _table(evidenced: str = "", derived: str = "", operational: str = "") -> dict[str, ColumnClass]:
    return {
        column: kind
        for kind, columns in ((EVIDENCED, evidenced), (DERIVED, derived), (OPERATIONAL, operational))
        for column in columns.split()
    }


COLUMNS: Mapping[str, Mapping[str, ColumnClass]] = {
    # cases
    "casework_case": _table(
        evidenced="id line parent_id origin",
        derived="organ number stage version version_final closed sensitive facts next_seq head next_fire next_due",
    ),
    "casework_event": _table(
        evidenced="case_id seq action effective_on recorded_at actor party re after payload commitments commitment head",
        operational="id request_id",
    ),
    "casework_leaf": _table(derived="event_id leaf"),
    "casework_waiting": _table(derived="event_id"),
    "casework_claim": _table(derived="kind key case_id released_at", operational="id"),
    "casework_number": _table(derived="case_id seq kind text", operational="id"),
    "casework_number_series": _table(derived="organ kind year last", operational="id"),
    "casework_clock": _table(
        derived="case_id clock seq subject variant start due provisional state ended_on", operational="id"
    ),
    "casework_party": _table(derived="case_id identity role card", operational="id"),
    "casework_party_key": _table(derived="case_id identity kind blind", operational="id"),
    # the log
    "casework_checkpoint": _table(evidenced="size note", operational="at"),
    "casework_tile": _table(derived="level index data", operational="id"),
    # approvals: the signed act covers the trail; a draft before its signature is work in progress
    "casework_proposal": _table(
        evidenced="id case_id signed_seq proposer revision",
        operational="line action organ draft route position waiting state created_at",
    ),
    "casework_opinion": _table(
        evidenced="proposal_id step at actor kind commitment instead_of authority text", operational="id"
    ),
    # documents and materials: the act says what was frozen and what was taken in; the file under the hash is read too
    "casework_paper": _table(
        evidenced="case_id seq document code sha256 frozen_seq title organ number dated made_at",
        operational="id",
    ),
    "casework_material": _table(derived="sha256 kind size", operational="taken_at"),
    # work in progress, and what a tick makes anew
    "casework_request": _table(operational="id actor key body case_id at"),
    "casework_outbox": _table(
        operational="id case_id seq kind body created_at tries next_try_at done_at error"
    ),
    "casework_todo": _table(
        operational="id case_id seq kind params assignee_id role created_at done_at done_by outcome"
    ),
    "casework_alert": _table(operational="id case_id clock seq subject variant due passed level at"),
    "casework_notice": _table(operational="id user_id case_id key code level params created_at read_at"),
    "casework_unfinished": _table(operational="id user_id case_id line action body at"),
    "casework_watch": _table(operational="case_id seq"),
    # registers
    "registers_entry": _table(evidenced="id", derived="register key organ next_seq head"),
    "registers_change": _table(
        evidenced="entry_id register seq kind effective_on recorded_at actor organ state move target dated payload "
        "commitments commitment head",
        derived="leaf",
        operational="id",
    ),
    "registers_version": _table(
        derived="entry_id register seq valid_from valid_to known_from known_to state organ data personal places",
        operational="id",
    ),
    # people: the journals are sealed into the log; accounts and roles are what the journal of changes says
    "people_organ": _table(operational="code name level kind district parent_id valid_from valid_to"),
    "people_organ_version": _table(
        operational="id organ_id name level kind district parent valid_from valid_to"
    ),
    "people_user": _table(derived="id login display_name power is_active", operational="password last_login"),
    "people_contact": _table(operational="id user_id email"),
    "people_membership": _table(derived="id user_id power organ_id role valid_from valid_to granted_by_id"),
    "people_substitution": _table(
        derived="id principal_id substitute_id power organ_id role authority valid_from valid_to"
    ),
    "people_conflict": _table(
        derived="id user_id case organ_id person_blind ground declared_at withdrawn_at",
        operational="person_id_number",  # its blind index counts
    ),
    "people_login": _table(operational="id at kind user_id login_blind address address_blind by_id reason"),
    "people_second_factor": _table(operational="id user_id secret made_at confirmed_at last_step"),
    "people_recovery_code": _table(operational="id factor_id digest used_at"),
    "people_access": _table(evidenced="id at actor_id organ instead_of_id case kind field reason blind"),
    "people_change": _table(evidenced="id at by_id kind row what reason after"),
    "people_seal": _table(
        evidenced="journal seq at entries salts commitments commitment head", derived="leaf", operational="id"
    ),
}
APPS = ("casework", "people", "registers")  # whose tables stand in the table


def of_class(*kinds: ColumnClass) -> list[tuple[str, str]]:
    """(table, column) of these classes."""
    return [
        (table, column)
        for table, columns in COLUMNS.items()
        for column, kind in columns.items()
        if kind in kinds
    ]
