"""What day it is: the demonstration's, where there is one."""

from datetime import date

from django.utils import timezone
from pytest_django import Settings

from yifa.platform import clock


def test_the_system_s_day(settings: Settings) -> None:
    settings.DEMO_DAY = None
    before = timezone.localtime()
    assert before <= clock.now() <= timezone.localtime()
    assert clock.today() in (before.date(), timezone.localdate())


def test_the_demonstration_s_day_at_the_system_s_hour(settings: Settings) -> None:
    settings.DEMO_DAY = date(2024, 1, 15)
    before = timezone.localtime()
    found = clock.now()
    assert clock.today() == date(2024, 1, 15)
    assert found.utcoffset() == before.utcoffset()
    assert before.replace(year=2024, month=1, day=15) <= found
