"""Acts every line has: corrections, taking over and handing over, ties to other cases, materials, service, documents."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from yifa.language.actions import Action, Facts
from yifa.language.acts import Command, Event, Problem, refuse
from yifa.language.forms import Inputs
from yifa.language.privacy import PLAIN
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.law.statute import statute

_HEAD = frozenset({"section_head", "body_head", "organ_head", "agency_head", "committee_head"})
_STAFF = frozenset({"handler", "reviewer", "window_clerk", "coordinator", "mediator"}) | _HEAD


def with_dates(value: Any) -> Any:
    """ISO dates and moments written as text become dates; anything else stays (facts have no model of their own)."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", value):
        return datetime.fromisoformat(value)
    return value


Plain = Annotated[Any, BeforeValidator(with_dates)]


class Correction(Inputs):
    """更正: fields of an earlier act get other values; the original stays in the log."""

    target: int = Field(title="被更正记录的序号", ge=0)
    changes: dict[str, Plain] = Field(title="更正内容", min_length=1)
    evidence: str | None = Field(None, title="依据材料")
    reason: str = Field(title="理由", min_length=2)


class Annulment(Inputs):
    """An act recorded by mistake."""

    target: int = Field(title="被撤销记录的序号", ge=0)
    reason: str = Field(title="理由", min_length=2)


class VersionMove(Inputs):
    """A named person fixes another version of the procedure."""

    version: str = Field(title="适用版本")
    reason: str = Field(title="理由", min_length=2)


class ClockBalance(BaseModel):
    """A running clock taken over from elsewhere."""

    clock: str = Field(title="期限")
    start: date = Field(title="起算日")
    subject: str | None = Field(None, title="当事人")
    extension: int = Field(0, title="已延长")


class OpeningBalance(Inputs):
    """期初: a running case taken over from elsewhere, its gaps declared."""

    stage: str = Field(title="阶段")
    facts: dict[str, Plain] = Field(default_factory=dict, title="已知事实")
    clocks: list[ClockBalance] = Field(default_factory=list, title="正在计算的期限")
    parties: dict[str, str] = Field(default_factory=dict, title="当事人")
    gaps: list[str] = Field(title="缺失的记录")
    met: list[str] = Field(default_factory=list, title="此前已办结的期限")
    case_no: str | None = Field(None, title="原案号", max_length=60)


class HandOver(Inputs):
    """移交: another organ goes on; all clocks run on."""

    to_organ: str = Field(title="接收机关")
    case_no: str | None = Field(None, title="原案号")


class Relation(Inputs):
    """A tie to another case."""

    case: str = Field(title="相关案件")


class Taking(Inputs):
    """收取材料: the files themselves, by hash, are recorded with the act as `materials`."""

    party: str | None = Field(None, title="提交人")


class Serving(Inputs):
    """送达: one attempt to serve one document on one party. A refusal to receive and the like is said in `reason`."""

    document: str = Field(title="文书")
    of: int = Field(title="制发文书的记录序号", ge=0)
    method: Literal["direct", "left", "electronic", "post", "entrusted", "prison", "notice"] = Field(
        "direct", title="送达方式"
    )
    outcome: Literal["served", "failed"] = Field("served", title="结果")
    served_on: date | None = Field(None, title="送达（公告发出）日期")
    failure: Literal["refused", "absent", "unknown", "returned", "difficult"] | None = Field(
        None, title="未能送达的情形"
    )
    receiver: str | None = Field(None, title="签收人", max_length=60)
    relation: str | None = Field(None, title="与受送达人关系", max_length=60)
    witness: str | None = Field(None, title="见证人", max_length=60)
    server: str | None = Field(None, title="送达人", max_length=60)
    address: str | None = Field(None, title="送达地址", max_length=200)
    refusal: str | None = Field(None, title="拒收事由和日期", max_length=200)
    remark: str | None = Field(None, title="备注", max_length=200)


class Drafting(Inputs):
    """补拟文书: the passages of a document that was issued without them come with the act as `documents`."""

    document: str = Field(title="文书")
    of: int = Field(title="制发文书的记录序号", ge=0)


class Frozen(Inputs):
    """文书定稿: the bytes of a document as they were first made."""

    document: str = Field(title="文书")
    of: int = Field(title="制发文书的记录序号", ge=0)
    sha256: str = Field(title="文件哈希", pattern="^[0-9a-f]{64}$")
    code: str = Field(title="校验码")
    title: Annotated[str | None, PLAIN] = Field(None, title="名称")
    organ: str | None = Field(None, title="制发机关")
    number: Annotated[str | None, PLAIN] = Field(None, title="文号")
    dated: date | None = Field(None, title="成文日期")


def _proof_of_service(view: View, event: Event) -> tuple[str, ...]:
    """Every service has its 送达回证, if the line declares one."""
    declared = any(document.code == "service_proof" for document in view.line.documents)
    return ("service_proof",) if declared and event.data.get("outcome") == "served" else ()


class Erasure(Inputs):
    """删除个人信息: what was taken out of which steps, and which files by hash. The values are gone; that they were there
    stays proved. `hashes`: materials of steps whose list was changed, so that they are still evidenced.
    """

    what: dict[str, list[str]] = Field(title="删除的内容")
    files: Annotated[list[str], PLAIN] = Field(default_factory=list, title="删除的文件（哈希）")
    hashes: Annotated[dict[str, list[str]], PLAIN] = Field(default_factory=dict, title="材料清单（哈希）")
    party: str | None = Field(None, title="代称")
    ground: Literal["purpose", "retention", "consent", "unlawful", "other"] = Field(title="删除的情形")
    order: Annotated[str | None, PLAIN] = Field(None, title="依据的决定、裁判文号", max_length=80)
    reason: str = Field(title="理由", min_length=4)


def erasable(view: View, command: Command, facts: Facts) -> Iterator[Problem]:
    """While a matter is open its purpose is not achieved and its record must be kept; files of a closed one are archives."""
    if command.data["ground"] in ("purpose", "retention") and not view.is_closed:
        yield refuse("erasure_while_open", _PIPL.art(47, 1, 1), "ground")
    if command.data["ground"] in PURPOSE_OVER and command.data["files"]:
        yield refuse("erasure_archive", ARCHIVE, "files", count=len(command.data["files"]))


def balance_fits(view: View, command: Command, facts: Facts) -> Iterator[Problem]:
    """A case is taken over into a stage and with clocks that the line has."""
    line, data = view.line, command.data
    if line.stage(data["stage"]) is None:
        yield refuse("stage_unknown", _PRACTICE, "stage", stage=data["stage"])
    for code in (*(row.clock for row in data["clocks"]), *data["met"]):
        if line.clock(code) is None:
            yield refuse("clock_unknown", _PRACTICE, "clocks", clock=code)


SYSTEM = frozenset({"system"})  # the house itself: nobody's account can hold this role

_PRACTICE, _PIPL = Practice("记录管理规则"), statute("PIPL")
ERASURE_GROUNDS = {
    ground: _PIPL.art(47, 1, item)
    for item, ground in enumerate(("purpose", "retention", "consent", "unlawful", "other"), 1)
}
PURPOSE_OVER = frozenset({"purpose", "consent"})  # grounds that leave an archive to its time
ARCHIVE = both(_PIPL.art(47, 2), _PIPL.art(72, 2), statute("AL").art(21))
ANY_STAGE = ("*",)

KERNEL_ACTIONS: tuple[Action, ...] = (
    Action(code="correct", title="更正记录", by=_STAFF, decided_by=_HEAD, from_=ANY_STAGE, inputs=Correction,
           cite=Practice("更正须经负责人批准，原记录保留")),
    Action(code="annul", title="撤销误录", by=_STAFF, decided_by=_HEAD, from_=ANY_STAGE, inputs=Annulment,
           cite=Practice("误录须经负责人批准撤销，原记录保留")),
    Action(code="move_version", title="调整适用版本", by=_HEAD, decided_by=_HEAD, from_=ANY_STAGE, inputs=VersionMove,
           cite=Practice("适用版本由负责人书面确定")),
    Action(code="opening_balance", title="期初建账", by=_STAFF, from_=(None,), inputs=OpeningBalance,
           requires=(balance_fits,), cite=_PRACTICE),
    Action(code="hand_over", title="移交", by=_STAFF, from_=ANY_STAGE, inputs=HandOver, cite=_PRACTICE),
    Action(code="join", title="并案", by=_STAFF, from_=ANY_STAGE, inputs=Relation, cite=_PRACTICE),
    Action(code="split", title="分案", by=_STAFF, from_=ANY_STAGE, inputs=Relation, cite=_PRACTICE),
    Action(code="link", title="关联案件", by=_STAFF, from_=ANY_STAGE, inputs=Relation, cite=_PRACTICE),
    Action(code="take_materials", title="收取材料", by=_STAFF, from_=ANY_STAGE, inputs=Taking, cite=_PRACTICE),
    Action(code="serve_document", title="送达文书", by=_STAFF, from_=ANY_STAGE, inputs=Serving, issues=_proof_of_service,
           cite=Practice("文书送达应当有送达回证")),
    Action(code="add_passages", title="补拟文书", by=_STAFF, from_=ANY_STAGE, inputs=Drafting, cite=_PRACTICE),
    Action(code="erase", title="删除个人信息", by=_HEAD, decided_by=_HEAD, from_=ANY_STAGE, inputs=Erasure,
           requires=(erasable,), cite=_PIPL.art(47)),
    Action(code="freeze_document", title="文书定稿", by=SYSTEM, from_=ANY_STAGE, inputs=Frozen, cite=_PRACTICE),
)  # fmt: skip

META = frozenset({"correct", "annul", "move_version"})
