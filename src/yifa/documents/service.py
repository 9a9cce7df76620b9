"""送达回证: the proof of service that goes with every document of every line (Civil Procedure Law Art. 87)."""

from typing import Any, Final

from yifa.documents.derivation import Derivation, Matter, papers
from yifa.documents.model import Block, Form, Layout, Paragraph
from yifa.documents.phrases import pair, wide
from yifa.documents.templates import DocumentTemplate, Variable
from yifa.documents.values import Values
from yifa.language.values import resolve

METHODS: Final[dict[str, str]] = {
    "direct": "直接送达",
    "left": "留置送达",
    "electronic": "电子送达",
    "post": "邮寄送达",
    "entrusted": "委托送达",
    "prison": "转交送达",
    "notice": "公告送达",
}

_NOTES: Final = (
    "注：1.受送达人应当在本回证上注明收到日期，并签名或者盖章；受送达人在回证上的签收日期为送达日期。",
    "　　2.代收的，由代收人签名或者盖章，注明与受送达人的关系；留置送达的，注明拒收事由和日期，由送达人、见证人签名"
    "或者盖章，或者以拍照、录像等方式记录送达过程。",
)


def _proof(v: Values) -> tuple[Block, ...]:
    blank_date = "　　　　年　　月　　日"
    form = Form(
        (5, 7, 5, 7),
        (
            wide("案　　由", v.text("matter")),
            wide("送达文书\n名称及份数", "\n".join(v.texts("documents")), 2),
            pair(("受送达人", v.names("addressee")), ("送达方式", METHODS[v.text("method")])),
            wide("送达地址", v.text("address"), 2),
            pair(("受送达人\n签名或者盖章", ""), ("收到日期", v.on("served_on") or blank_date), 3),
            pair(
                ("代收人\n签名或者盖章", v.text("receiver")),
                ("代收日期及与\n受送达人关系", v.text("relation")),
                2,
            ),
            wide("拒收事由\n和日期", v.text("refusal"), 2),
            pair(("见证人\n签名或者盖章", v.text("witness")), ("送达人\n签名", v.text("server")), 3),
            wide("备　　注", v.text("remark"), 2),
        ),
    )
    return (form, *(Paragraph(note, small=True) for note in _NOTES))


SERVICE_PROOF = DocumentTemplate(
    "service_proof", "送达回证",
    (Variable("case_no", "案号"), Variable("organ", "送达机关"), Variable("date", "制作日期", "date"),
     Variable("matter", "案由"), Variable("documents", "送达文书", "texts"), Variable("addressee", "受送达人", "party"),
     Variable("method", "送达方式", choices=tuple(METHODS)), Variable("address", "送达地址", required=False),
     Variable("served_on", "送达日期", "date", required=False), Variable("receiver", "签收人", required=False),
     Variable("relation", "代收人与受送达人关系", required=False), Variable("refusal", "拒收事由", required=False),
     Variable("witness", "见证人", required=False), Variable("server", "送达人", required=False),
     Variable("remark", "备注", required=False)),
    _proof, Layout.FORM, sealed=False, signed=False,
)  # fmt: skip


def details(m: Matter) -> dict[str, Any]:
    """How the service was done: the act's own data, and what was recorded with it."""
    return {**m.event.data, **m.event.facts.get("service", {})}


def _detail(name: str) -> Any:
    return lambda m: details(m).get(name)


def _address(m: Matter) -> str | None:
    """Where the addressee is to be found, if the line's documents know."""
    found = papers(m.view.line.code)
    parties = found.common["addressee"](m) if found else ()
    return next((address for party in parties if (address := party.get("address"))), None)


def served_documents(m: Matter) -> list[str]:
    """What was served: named by the record, else the latest document that this act of the line serves."""
    code = details(m).get("document") or _last_issued(m)
    titles = {d.code: d.title for d in m.view.line.documents}
    return [f"《{titles[code]}》一份"] if code in titles else []


def _last_issued(m: Matter) -> str | None:
    found = papers(m.view.line.code)
    wanted = {code for code, act in found.served_by.items() if act == m.event.action} if found else set()
    for event in reversed(m.before.events):
        action = m.view.line.action(event.action)
        issued = (resolve(action.issues, m.before, event) or ()) if action else ()
        hit: str | None = next((code for code in issued if code in wanted), None)
        if hit:
            return hit
    return None


SERVICE: Final = Derivation(
    {
        "documents": served_documents,
        "method": lambda m: details(m).get("method") or "direct",
        "served_on": _detail("served_on"),
        "address": lambda m: details(m).get("address") or _address(m),
        **{
            name: _detail(name) for name in ("receiver", "relation", "refusal", "witness", "server", "remark")
        },
    }
)
