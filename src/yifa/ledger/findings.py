"""What a check can find, and the Chinese sentence for each."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Closed list of what can be wrong with a stored event or its receipt."""

    ALTERED = "altered"
    MISSING = "missing"
    REPEATED = "repeated"
    FOREIGN = "foreign"
    TRUNCATED = "truncated"
    RECEIPT_COMMITMENT = "receipt_commitment"
    RECEIPT_HEAD = "receipt_head"
    RECEIPT_OPENING = "receipt_opening"
    RECEIPT_PROOF = "receipt_proof"
    RECEIPT_SIGNATURE = "receipt_signature"


TEXTS: dict[Code, str] = {
    Code.ALTERED: "内容与链值不符",
    Code.MISSING: "事件缺失",
    Code.REPEATED: "事件重复、插入或顺序颠倒",
    Code.FOREIGN: "混入其他案件的事件",
    Code.TRUNCATED: "自此起的事件被截断或链尾被改写",
    Code.RECEIPT_COMMITMENT: "回执所附字段与事件承诺不符",
    Code.RECEIPT_HEAD: "回执的链值与事件承诺不符",
    Code.RECEIPT_OPENING: "回执公开的字段内容与承诺不符",
    Code.RECEIPT_PROOF: "回执的包含证明不成立",
    Code.RECEIPT_SIGNATURE: "回执所附检查点签名无效",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, named by case and event number."""

    code: Code
    case: str
    seq: int

    def __str__(self) -> str:
        return f"案件 {self.case} 第 {self.seq} 号事件:{TEXTS[self.code]}"
