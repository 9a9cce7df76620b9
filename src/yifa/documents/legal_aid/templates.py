"""The templates of legal aid, together."""

from yifa.documents.legal_aid import conduct, decisions
from yifa.documents.service import SERVICE_PROOF
from yifa.documents.templates import TemplateSet

LEGAL_AID = TemplateSet("legal_aid", (*conduct.TEMPLATES, *decisions.TEMPLATES, SERVICE_PROOF))
