"""Charts: names for codes, the largest first, options for echarts, an SVG that typesetters and browsers draw."""

from collections.abc import Iterator
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from tests.statistics.conftest import CUT
from tests.statistics.play import Play
from yifa.statistics.catalogue import find
from yifa.statistics.charts import Bars, bars, beside, label, option, svg
from yifa.statistics.figures import compute_all
from yifa.statistics.live import Live, live
from yifa.statistics.period import year as of_year

pytestmark = pytest.mark.django_db
Y2023 = of_year(2023)
CHART = Bars(
    "试“图”<1>",
    "件",
    (("天河区", Decimal(30)), ("越秀区", Decimal(15)), ("未填写", None), ("零", Decimal(0))),
)


@pytest.fixture(scope="module")
def engine(year: Play) -> Iterator[Live]:
    with live(CUT, year.world) as found:
        yield found


def test_bars_of_a_figure(engine: Live) -> None:
    chart = bars(engine, find("reconsideration.new_applications"), Y2023, "district")
    assert chart.title == "2023年新收案件（按行政区）"
    assert dict(chart.bars) == {"市本级": 30, "天河区": 30, "白云区": 30}
    chart = bars(engine, find("reconsideration.new_applications"), Y2023, "organ", ["440106-gov"])
    assert chart.bars == (("广州市天河区人民政府", Decimal(30)),)
    values = [
        value
        for _, value in bars(engine, find("reconsideration.new_applications"), Y2023, "act_category").bars
        if value
    ]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("dimension", "value", "name"),
    [("district", "440106", "天河区"), ("district", "440100", "市本级"), ("district", "999999", "999999"), ("organ", "gz-sfj", "广州市司法局"),
     ("organ", "某局", "某局"), ("kind", None, "未填写")],
)  # fmt: skip
def test_names(dimension: str, value: str | None, name: str) -> None:
    assert label(dimension, value) == name


def test_codes_have_the_words_of_their_line(engine: Live) -> None:
    chart = bars(engine, find("legal_aid.legal_aid_special_groups"), Y2023, "groups")
    assert chart.bars == (("农民工", Decimal(18)), ("妇女", Decimal(9)))
    assert label("groups", "minor") == "minor"


def test_options_for_the_desk() -> None:
    made = option(CHART)
    assert made["yAxis"]["data"] == ["零", "未填写", "越秀区", "天河区"]
    assert made["series"][0]["data"] == [0.0, None, 15.0, 30.0]
    assert made["xAxis"]["name"] == "件"


def test_this_year_beside_the_last(engine: Live) -> None:
    names = [find("reconsideration.accepted"), find("reconsideration.court_loss_rate")]
    both = compute_all(engine, names, (Y2023, Y2023.before))
    made = beside([(both[Y2023][n.name], both[Y2023.before][n.name]) for n in names])
    assert made["legend"]["data"] == ["2022年", "2023年"]
    assert [series["data"] for series in made["series"]] == [[0.0, None], [80.0, 100.0]]


def test_the_svg_is_well_formed_and_to_scale() -> None:
    root = ET.fromstring(svg(CHART))  # noqa: S314
    widths = [int(rect.attrib["width"]) for rect in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[0] == 2 * widths[1] > 0
    assert widths[2:] == [0, 0]
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words[:2] == ["天河区", "30件"]
    assert words[5] == "—"
    assert root.attrib["aria-label"] == CHART.title


def test_nothing_to_draw_is_still_a_picture() -> None:
    assert ET.fromstring(svg(Bars("空", "件", ()))).tag.endswith("svg")  # noqa: S314
