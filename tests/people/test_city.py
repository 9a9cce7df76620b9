"""The organs of a city's data as the tree in which accounts work."""

from dataclasses import replace

import pytest

from yifa.people.city import load_organs
from yifa.people.models import Organ
from yifa.people.selectors import organs_above
from yifa.registry import city_of

pytestmark = pytest.mark.django_db


def test_the_whole_tree_is_there_whatever_the_order_of_the_files() -> None:
    city = city_of()
    backwards = replace(city, organs=dict(reversed(city.organs.items())))
    assert load_organs(backwards) == Organ.objects.count() == len(city.organs)
    assert organs_above("440106-s1") == {"440106-gov", "gz-gov", "gd-gov"}
    street = Organ.objects.get(code="440106-s1")
    assert (street.level, street.kind, street.district) == ("town", "dispatched_organ", "440106")


def test_loading_again_changes_what_the_files_have_changed() -> None:
    city = city_of()
    load_organs(city)
    renamed = {**city.organs, "gz-aid": city.organ("gz-aid")._replace(name="广州市示例援助中心")}
    load_organs(replace(city, organs=renamed))
    assert Organ.objects.get(code="gz-aid").name == "广州市示例援助中心"
    assert Organ.objects.count() == len(city.organs)
