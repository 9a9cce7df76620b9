"""The documents of administrative reconsideration 行政复议, under the 2023 and the 2017 procedure."""

from yifa.documents.reconsideration import closing, decision, intake, review
from yifa.documents.service import SERVICE_PROOF
from yifa.documents.templates import TemplateSet

RECONSIDERATION = TemplateSet(
    "reconsideration",
    (*intake.TEMPLATES, *review.TEMPLATES, decision.TEMPLATE, *closing.TEMPLATES, SERVICE_PROOF),
)
