"""`yifa ledger verify`: everything that is kept, against acts, chains, the log and its signatures; answers in Chinese."""

from collections.abc import Iterator
from uuid import UUID

from yifa.casework import audit, kept, logcheck
from yifa.casework.codec import opened
from yifa.casework.models import Case, EventRow
from yifa.casework.requests import World
from yifa.language.messages import kernel_catalogue, render
from yifa.people import audit as people
from yifa.platform.chains import uuid_or_none
from yifa.registry import line as line_of

Fault = audit.Fault


def everything(world: World, older: bytes | None = None) -> Iterator[Fault]:
    """All faults. `older`: a checkpoint that was kept outside, against which truncation and rewriting show."""
    yield from (_of_log(fault) for fault in logcheck.log_faults())
    if older is not None:
        yield from (_of_log(fault) for fault in logcheck.older_faults(older))
    yield from audit.faults(world)
    yield from of_people()


def erased(world: World) -> Iterator[Fault]:
    """No faults: files that are lawfully missing, each with its act, the day, the order and the ground."""
    rows = EventRow.objects.filter(action="erase", payload__isnull=False)
    for case in rows.order_by("case_id").values_list("case_id", flat=True).distinct():
        log = EventRow.objects.filter(case_id=case, payload__isnull=False).order_by("seq")
        records = [
            (row.seq, row.action, opened(row, world)[0] | {"meta.on": row.effective_on}) for row in log
        ]
        for file, told_ in kept.lawfully_gone(records):
            yield Fault(case, file.seq, f"{file.what}：{render(told_, kernel_catalogue()).split('。')[0]}")


def of_people() -> Iterator[Fault]:
    """Faults of accounts, roles and of the record of who looked."""
    yield from (Fault(None, None, str(fault)) for fault in people.faults())


def _of_log(fault: logcheck.LogFault) -> Fault:
    """The log numbers events from 1, cases number their steps from 0; a chain that is no case is named in the text."""
    if fault.case is None:
        return Fault(None, None, fault.what)
    case = uuid_or_none(fault.case)
    if case is None:
        return Fault(None, None, f"“{fault.case}”第{fault.seq}条：{fault.what}")
    return Fault(case, None if fault.seq is None else fault.seq - 1, fault.what)


def told(fault: Fault) -> str:
    """One line for people: the case by its number, the step by its act."""
    if fault.case is None:
        return fault.what
    return f"{_case(fault.case)}{_step(fault.case, fault.seq)}：{fault.what}"


def _case(case: UUID) -> str:
    row = Case.objects.filter(id=case).first()
    return f"案件 {row.number}（{case}）" if row and row.number else f"案件 {case}"


def _step(case: UUID, seq: int | None) -> str:
    if seq is None:
        return ""
    row = EventRow.objects.filter(case=case, seq=seq).select_related("case").first()
    return f" 第{seq}步" + (f"（{_title(row)}）" if row else "")


def _title(row: EventRow) -> str:
    """The act's title; what is no act of the line any more stands as it is."""
    try:
        plan = line_of(row.case.line).plan(row.action)
    except KeyError:
        plan = None
    return plan.title if plan else row.action
