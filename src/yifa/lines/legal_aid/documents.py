"""Documents 文书 of legal aid (domain §9)."""

from yifa.language.records import Document
from yifa.law.citation import Practice, Source, both
from yifa.lines.legal_aid.law import CRPL, LAL, PR, SUBSIDY_RULES

_CASE = {"case_no": "案号", "applicant": "申请人", "agency": "法律援助机构", "date": "日期"}
ROUTE = {"objection": "异议途径"}


def _doc(
    code: str, title: str, when: str, to: tuple[str, ...], contents: dict[str, str], cite: Source
) -> Document:
    return Document(code, title, when, to, {**_CASE, **contents}, cite)


DOCUMENTS = (
    _doc("SJQD", "收到材料凭证", "收件", ("applicant",), {"materials": "材料清单"}, LAL.art(43, 1)),
    _doc("BCTZ", "补充材料通知书", "补充通知", ("applicant",), {"items": "需补充的全部材料", "term": "补充期限"}, LAL.art(43, 2)),
    _doc("GYJD", "给予法律援助决定书", "决定给予", ("applicant",), {"rule_path": "适用规则"}, LAL.art(43, 1)),
    _doc("BYJD", "不予法律援助决定书", "决定不予", ("applicant",), {"reasons": "理由", **ROUTE}, both(LAL.art(43, 1), LAL.art(49, 1))),
    _doc("XXTG", "先行提供法律援助决定书", "先行提供", ("applicant",), {"ground": "情形", "makeup": "补办期限"}, LAL.art(44)),
    _doc("ZPTZ", "法律援助指派通知书", "指派", ("firm", "organ"), {"person": "承办人", "licence": "执业证号", "contact": "联系方式"},
         both(LAL.art(36), LAL.art(43, 1))),
    _doc("TZHD", "通知辩护回函", "收到通知后指派", ("organ",), {"person": "承办人"}, LAL.art(36)),
    _doc("GHJD", "更换法律援助人员决定书", "更换", ("recipient", "firm"), {"ground": "事由"}, LAL.art(55)),
    _doc("ZZJD", "终止法律援助决定书", "终止", ("recipient", "firm", "organ"), {"ground": "情形", **ROUTE},
         both(LAL.art(48, 1), LAL.art(49, 1))),
    _doc("YYJD", "法律援助异议审查决定书", "异议审查", ("applicant",), {"result": "审查结论", "route": "复议、诉讼途径"},
         LAL.art(49)),
    _doc("GZCN", "法律援助告知承诺书", "告知承诺", ("applicant",), {"notice": "告知内容", "commitment": "承诺", "signature": "签名"},
         LAL.art(41, 2)),
    _doc("BZFD", "法律援助补贴发放单", "支付补贴", ("aid_person",), {"table_row": "标准项", "factor": "质量系数", "tax": "免税说明"},
         both(LAL.art(52), SUBSIDY_RULES)),
    _doc("FLBZ", "法律帮助记录", "提供法律帮助", ("organ",), {"person": "犯罪嫌疑人、被告人", "stage": "阶段", "content": "帮助内容",
                                                  "lawyer": "值班律师"}, both(LAL.art(30), CRPL.art(174))),
    _doc("ZPGH", "法律援助公函", "指派", ("organ",), {"person": "承办人"}, PR.art(24)),
    _doc("service_proof", "送达回证", "送达", ("applicant",), {"method": "送达方式", "served_on": "送达日期"},
         Practice("每次送达均附送达回证")),
)  # fmt: skip
