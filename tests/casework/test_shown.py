"""What a reader sees of a value: a table kind × ceiling."""

from datetime import date

import pytest

from yifa.casework.shown import class_of, show, values
from yifa.language.privacy import PLAIN, TEXT, Personal
from yifa.lines.reconsideration.inputs import Application
from yifa.people.permissions import Field
from yifa.platform.masking import HIDDEN

TALE = "致电13800138000，当事人张三"
SCRUBBED = "致电[手机号]，当事人张三"


@pytest.mark.parametrize(
    ("said", "value", "none", "public", "internal", "personal"),
    [
        (PLAIN, "某罚〔2024〕1号", "某罚〔2024〕1号", "某罚〔2024〕1号", "某罚〔2024〕1号", "某罚〔2024〕1号"),
        (Personal("name"), "测试甲", HIDDEN, HIDDEN, "测**", "测试甲"),
        (Personal("id_number"), "11010519491231002X", HIDDEN, HIDDEN, "110105********002X", "110105********002X"),
        (Personal("phone"), "13800138000", HIDDEN, HIDDEN, "138****8000", "138****8000"),
        (Personal("address"), "某市某区测试路1号", HIDDEN, HIDDEN, "某市某区***", "某市某区***"),
        (Personal("birth_date"), "1949-12-31", HIDDEN, HIDDEN, "1949-**-**", "1949-**-**"),
        (Personal("unheard_of"), "x", HIDDEN, HIDDEN, HIDDEN, HIDDEN),
        (TEXT, TALE, HIDDEN, HIDDEN, HIDDEN, SCRUBBED),
        (Personal("text", sensitive=True), TALE, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
        (Personal("bank_account", sensitive=True), "6222020000001234", HIDDEN, HIDDEN, "************1234", "************1234"),
    ],
)  # fmt: skip
def test_the_table(said: Personal, value: str, none: str, public: str, internal: str, personal: str) -> None:
    ceilings = (None, Field.PUBLIC, Field.INTERNAL, Field.PERSONAL, Field.SENSITIVE)
    assert [show(value, said, c) for c in ceilings] == [none, public, internal, personal, personal]


def test_classes_of_data() -> None:
    assert class_of(PLAIN) == Field.INTERNAL
    assert class_of(Personal("name")) == class_of(TEXT) == Field.PERSONAL
    assert class_of(Personal("text", sensitive=True)) == Field.SENSITIVE


def test_values_come_with_title_place_and_mask() -> None:
    data = {
        "filed_on": date(2024, 1, 31), "e_service_consent": True, "note": None, "requests": ["revoke"],
        "applicants": [{"id": "p1", "name": "测试甲", "phone": "13800138000"}],
    }  # fmt: skip
    found = {v.path: v for v in values(data, Application, Field.PERSONAL)}
    assert found["filed_on"].text == "2024-01-31"
    assert (found["e_service_consent"].text, found["requests.0"].text) == ("是", "revoke")
    phone = found["applicants.0.phone"]
    assert (phone.title, phone.text, phone.masked) == ("申请人", "138****8000", True)
    assert not found["applicants.0.name"].masked
    assert "note" not in found


def test_without_a_model_nothing_is_shown_by_mistake() -> None:
    found = {v.path: v.text for v in values({"colour": "红", "count": 3}, None, Field.INTERNAL)}
    assert found == {"colour": HIDDEN, "count": "3"}
