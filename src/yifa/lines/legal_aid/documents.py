"""Documents 文书 of legal aid (domain §9)."""

from yifa.language.records import Document
from yifa.law.citation import Practice, Source, both
from yifa.lines.legal_aid.law import CRPL, LAL, LAR, LAW_VERSIONS, PR, SUBSIDY_RULES

_CASE = {"case_no": "案号", "applicant": "申请人（受援人）", "organ": "法律援助机构", "date": "成文日期"}
_LAWYER = {
    "lawyer": "法律援助人员",
    "firm": "承办机构",
    "licence_no": "执业证号",
    "lawyer_phone": "承办人联系电话",
}
_MATTER = {"matter": "援助事项"}
_ROUTE = {"bureau": "受理异议的司法行政部门"}
_EVERY: frozenset[str] = frozenset()

APPLICANT = ("applicant",)


def _doc(code: str, title: str, when: str, to: tuple[str, ...], contents: dict[str, str], cite: Source,
         versions: frozenset[str] = _EVERY) -> Document:  # fmt: skip
    return Document(code, title, when, to, {**_CASE, **contents}, cite, None, versions)


DOCUMENTS = (
    _doc("SJQD", "收到材料凭证", "收件", APPLICANT,
         {**_MATTER, "received_on": "收到日期", "window": "收件窗口", "materials": "材料清单"}, both(LAL.art(43, 1), LAR.art(17))),
    _doc("BCTZ", "补充材料通知书", "补充通知", APPLICANT, {"items": "需补充的全部材料", "due": "补充期限"},
         both(LAL.art(43, 2), LAR.art(18))),
    _doc("GYJD", "给予法律援助决定书", "决定给予", APPLICANT, {**_MATTER, "form": "援助形式", "path": "审查依据"},
         both(LAL.art(43, 1), LAR.art(18))),
    _doc("BYJD", "不予法律援助决定书", "决定不予", APPLICANT, {"reason": "理由", "rule": "不符合的条件", **_ROUTE},
         both(LAL.art(43, 1), LAL.art(49, 1), LAR.art(18))),
    _doc("XXTG", "先行提供法律援助决定书", "先行提供", APPLICANT, {"ground": "情形", "makeup_due": "补办期限"}, LAL.art(44),
         LAW_VERSIONS),
    _doc("ZPTZ", "法律援助指派通知书", "指派", ("firm",), {**_MATTER, **_LAWYER, "recipient_contact": "受援人联系方式"},
         both(LAL.art(36), LAL.art(43, 1), PR.art(24))),
    _doc("ZPGH", "法律援助公函", "指派（申请的案件）", ("organ",), {**_MATTER, "to": "受文机关", "capacity": "担任", **_LAWYER},
         both(LAL.art(43, 1), PR.art(24, 1))),
    _doc("TZHD", "通知辩护回函", "收到通知后三日内", ("organ",), {"to": "受文机关", "charge": "案由", "capacity": "担任", **_LAWYER},
         both(LAL.art(36), PR.art(24, 2))),
    _doc("GHJD", "更换法律援助人员决定书", "更换", ("recipient", "firm"),
         {**_MATTER, "former_lawyer": "原法律援助人员", "reason": "事由", "agreed": "是否同意更换"}, LAL.art(55), LAW_VERSIONS),
    _doc("ZZJD", "终止法律援助决定书", "终止", ("recipient", "firm", "organ"),
         {**_MATTER, "ground": "终止情形", "reason": "理由", **_ROUTE}, both(LAL.art(48, 1), LAL.art(49, 1), LAR.art(23))),
    _doc("YYJD", "法律援助异议审查决定书", "异议审查", APPLICANT,
         {"agency": "法律援助机构", "result": "审查结论", "reason": "理由", "review_organ": "行政复议机关", "court": "人民法院"},
         both(LAL.art(49), LAR.art(19))),
    _doc("GZCN", "法律援助告知承诺书", "告知承诺", APPLICANT,
         {"fact": "承诺的事项", "standard": "适用的标准", "statements": "承诺的内容"}, both(LAL.art(41, 2), LAL.art(64)),
         LAW_VERSIONS),
    _doc("BZFD", "法律援助补贴发放单", "支付补贴", ("aid_person",),
         {**_MATTER, "table_row": "补贴标准", "factor": "调整系数", "amount": "实发金额"}, both(LAL.art(52), SUBSIDY_RULES)),
    _doc("FLBZ", "法律帮助记录", "提供法律帮助", ("organ",),
         {"stage": "诉讼阶段", "content": "帮助事项", "opinion": "律师意见", "lawyer": "值班律师"},
         both(LAL.art(30), CRPL.art(174))),
    _doc("service_proof", "送达回证", "送达", APPLICANT, {"method": "送达方式", "served_on": "送达日期"},
         Practice("每次送达均附送达回证")),
)  # fmt: skip
