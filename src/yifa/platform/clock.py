"""What day it is here: the demonstration's day where there is one, else the system's."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment, in the city's time."""
    real = timezone.localtime()
    return datetime.combine(settings.DEMO_DAY, real.timetz()) if settings.DEMO_DAY else real


def today() -> date:
    """The day."""
    return now().date()
