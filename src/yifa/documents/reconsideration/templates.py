"""The templates of administrative reconsideration, together."""

from yifa.documents.reconsideration import closing, decision, intake, review
from yifa.documents.service import SERVICE_PROOF
from yifa.documents.templates import TemplateSet

RECONSIDERATION = TemplateSet(
    "reconsideration",
    (*intake.TEMPLATES, *review.TEMPLATES, decision.TEMPLATE, *closing.TEMPLATES, SERVICE_PROOF),
)
