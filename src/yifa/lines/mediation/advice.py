"""What somebody with a dispute asks first."""

from yifa.language.records import Advice
from yifa.law.citation import both
from yifa.lines.mediation.law import CPI, L23, LAB, LIM, NOT, PML, SC11

ADVICE = (
    Advice("什么事可以调解？", "邻里、婚姻家庭财产、房屋、合同、损害赔偿、物业、消费、劳动等民间纠纷。行政机关的决定是否合法、婚姻或者收养是否有效、"
           "涉嫌犯罪的事，不能调解。", PML.art(2)),
    Advice("要花钱吗？", "不收取任何费用。有人向您收费，可以拒绝并举报。", PML.art(4)),
    Advice("怎样申请？", "到村（居）、镇街或者行业性调委会，书面、口头都可以；说清双方是谁、发生了什么、要求什么，带上身份证明和证据。"
           "法院、公安、信访也可能建议您先调解。", both(PML.art(17), PML.art(18))),
    Advice("对方不愿意怎么办？", "任何一方明确拒绝，就不能调解，您可以直接走其他途径；已经开始的，也可以随时要求终止。",
           both(PML.art(17), PML.art(23, None, 2))),
    Advice("谁来调解？", "可以自己选调解员，也可以由调委会指定；不信任的，可以要求更换。", both(PML.art(19), PML.art(23, None, 1))),
    Advice("会耽误起诉吗？", "不会。提出调解申请之日，诉讼时效中断、重新计算。但行政复议的六十日不因调解停止，劳动仲裁的一年也请按最早的日子算。",
           both(LIM.art(12), L23.art(20, 1), LAB.art(27, 1))),
    Advice("谈成了有什么用？", "书面协议在各方签名、调解员签名、盖章都完成之日生效，口头协议在达成之日生效；双方都应当履行。",
           both(PML.art(29, 2), PML.art(30), PML.art(31, 1))),
    Advice("怕对方反悔怎么办？", "双方在协议生效后三十日内一起向法院申请司法确认，不收费；确认后对方不履行的，可以直接申请强制执行。"
           "结果是付钱的，也可以一起办理具有强制执行效力的公证。", both(PML.art(33), SC11.art(11), NOT.art(37))),
    Advice("谈不成怎么办？", "调委会终止调解，书面告诉您可以走仲裁、行政、司法哪几扇门、各到哪一天为止。",
           both(PML.art(26), PML.art(3, None, 3))),
    Advice("协议没有履行怎么办？", "没有申请司法确认的，可以就协议起诉；已经确认的，向法院申请执行。", both(PML.art(32), PML.art(33, 2))),
    Advice("隐私会不会泄露？", "调解员不得泄露个人隐私和商业秘密；您可以要求不公开调解。", both(PML.art(15, None, 4), PML.art(23, None, 3))),
    Advice("哪些协议法院不确认？", "涉及婚姻、亲子、收养关系本身，或者确认物权、知识产权归属的，法院不予受理。", CPI.art(355, 1)),
)  # fmt: skip
