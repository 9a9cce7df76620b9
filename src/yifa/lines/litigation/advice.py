"""What somebody who sues an organ, or works in one that is sued, asks first."""

from yifa.language.records import Advice
from yifa.law.citation import both
from yifa.lines.litigation.law import APL, HEAD, INT, MEDIATION_RULES, SCL

ADVICE = (
    Advice("我告了行政机关，它要做什么？", "每个被告自收到起诉状副本之日起十五日内，向法院提交答辩状和作出行为的证据、依据；"
           "没有正当理由逾期的，视为没有证据。举证是被告的责任。", both(APL.art(67, 1), APL.art(34))),
    Advice("机关的负责人要到庭吗？", "应当到庭。正职、副职或者分管的负责人都算，下级机关和受委托单位的人不算；"
           "确有不可抗力等事由不能到庭的，要书面说明并附证明，另派本机关工作人员，不能只派律师。",
           both(APL.art(3, 3), INT.art(128), HEAD.art(2), HEAD.art(8))),
    Advice("能调解吗？", "行政赔偿、补偿和涉及自由裁量权的案件，法院可以调解；其他案件可以在机关改变行为后申请撤诉。"
           "起诉前也可以到行政争议调解中心的工作站调解，但起诉期限照常计算。", both(APL.art(60, 1), APL.art(62), MEDIATION_RULES)),
    Advice("收到判决以后呢？", "不服判决的十五日内、不服可以上诉的裁定的十日内，向上一级法院上诉；各方都不上诉的，"
           "自最后一方期限届满的次日起生效。", APL.art(85)),
    Advice("机关不履行判决怎么办？", "可以自履行期间最后一日起二年内申请一审法院强制执行；法院可以对机关负责人按日罚款。",
           both(APL.art(96), INT.art(153))),
    Advice("判了赔偿，怎样领钱？", "凭生效判决向赔偿义务机关申请支付；机关七日内向财政部门申请，财政部门十五日内支付。", SCL.art(37)),
)  # fmt: skip
