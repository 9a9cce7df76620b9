"""The law of the profession, as far as its registers need it."""

from yifa.law.citation import Practice
from yifa.law.statute import statute

LL = statute("LL")

PUBLISHED = Practice("律师、律师事务所执业信息公示")
TAKEN_BACK = Practice("律师执业管理办法：不再执业的，注销执业证书")
EACH_YEAR = Practice("律师和律师事务所年度考核办法")
