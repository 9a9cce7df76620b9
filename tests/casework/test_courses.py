"""The courses other tests walk are whole ones."""

from datetime import date

import pytest

from tests.casework.bureau import COURSES, walk
from tests.casework.support import TestWorld
from yifa.casework.audit import faults
from yifa.casework.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("line", sorted(COURSES))
def test_a_course_ends_with_a_closed_case(world: TestWorld, line: str) -> None:
    day = date(2024, 3, 4)
    case = Case.objects.get(id=walk(world, line, day, COURSES[line](day)))
    assert case.closed
    assert list(faults(world)) == []
