"""The templates of litigation, together."""

from yifa.documents.litigation import attendance, house, pleadings
from yifa.documents.templates import TemplateSet

LITIGATION = TemplateSet("litigation", (*house.TEMPLATES, *pleadings.TEMPLATES, *attendance.TEMPLATES))
