"""The templates of mediation, together."""

from yifa.documents.mediation import agreement, intake
from yifa.documents.templates import TemplateSet

MEDIATION = TemplateSet("mediation", (*intake.TEMPLATES, *agreement.TEMPLATES))
