"""Documents 文书 of mediation (domain §9)."""

from yifa.language.records import Document
from yifa.law.citation import Source, both
from yifa.lines.mediation.law import CPI, PML, PMR89, SC11

_CASE = {"case_no": "编号", "parties": "当事人", "organ": "调解组织", "date": "日期"}
PARTIES, FILE = ("parties",), ("file",)


def _doc(code: str, title: str, when: str, to: tuple[str, ...], contents: dict[str, str], cite: Source,
         series: str | None = None) -> Document:  # fmt: skip
    return Document(code, title, when, to, {**_CASE, **contents}, cite, series)


DOCUMENTS = (
    _doc("med_application", "人民调解申请书", "登记（口头申请的，为口头申请笔录）", FILE,
         {"facts": "纠纷事实", "claims": "申请事项", "applied_on": "申请日期"}, PML.art(17)),
    _doc("med_register", "人民调解受理登记表", "登记", FILE,
         {"channel": "来源", "dispute_type": "纠纷类型", "consent": "各方意愿", "registered_on": "登记日期"}, PML.art(27), "case"),
    _doc("med_record", "人民调解记录", "每次调解", FILE,
         {"place": "地点", "time": "时间", "present": "参加人员", "course": "调解经过", "result": "调解结果"}, both(PML.art(27), PMR89.art(8, 2))),
    _doc("med_agreement", "人民调解协议书", "达成书面协议", ("parties", "file"),
         {"facts": "主要事实、争议事项及各方责任", "terms": "协议内容", "performance": "履行的方式和期限"}, PML.art(29), "agreement"),
    _doc("med_oral", "人民调解口头协议登记表", "达成口头协议", FILE, {"terms": "协议内容", "agreed_on": "达成日期"},
         both(PML.art(28), PML.art(30))),
    _doc("med_visit", "人民调解回访记录", "回访", FILE, {"performed": "履行情况", "visited_on": "回访日期", "situation": "情况"},
         PML.art(31, 2)),
    _doc("med_fail", "终止调解告知书", "调解不成、不予受理", PARTIES, {"reason": "原因", "routes": "其他途径及其期限"}, PML.art(26)),
    _doc("med_confirm_app", "司法确认申请书", "申请司法确认", ("court",),
         {"court": "受理法院", "agreement_no": "协议书编号", "agreed_on": "协议生效日期", "contacts": "送达地址和电话", "materials": "所附材料"},
         both(SC11.art(3), CPI.art(354))),
    _doc("med_refer", "调解转办函", "转办", ("target",), {"to": "接收单位", "facts": "纠纷情况", "limits": "有关期限"},
         both(PML.art(3, None, 3), PML.art(26))),
    _doc("med_risk", "纠纷激化情况报告", "报告激化", ("police", "justice_office"),
         {"to": "报告对象", "situation": "情况", "measures": "已采取的措施"}, PML.art(25)),
)  # fmt: skip
