"""`yifa eligibility`: applicants in YAML, the outcome with every rule tried, mistakes in the file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from yifa.cli import main

INJURY = "kind: civil\nmatter_code: traffic_injury\nreceived_at: 2023-08-03T10:00\n"
FAMILY = """household:
  - {person: 甲某, relation: applicant, income: 5200}
  - {person: 乙某, relation: spouse, income: 3000}
  - {person: 丙某, relation: child, income: 0}
"""


def eligibility(tmp_path: Path, text: str, *arguments: str) -> Result:
    path = tmp_path / "applicant.yaml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["eligibility", str(path), *arguments])


@pytest.mark.parametrize(
    ("text", "outcome", "rule"),
    [
        (INJURY + FAMILY, "grant", "E5a"),
        (INJURY + "per_capita_income: 3202.00\n", "refuse", "E6"),
        (INJURY + "per_capita_income: 3202.00\nper_capita_spending: 5100\nspending_ground: illness\n", "grant", "E5b"),
        (INJURY.replace("traffic_injury", "labour_pay") + "groups: [migrant_worker]\n", "grant", "E4-3"),
        (INJURY.replace("traffic_injury", "labour_relation") + "groups: [migrant_worker]\nper_capita_income: 4000\n", "refuse", "E6"),
        (INJURY.replace("traffic_injury", "labour_pay") + "other_aid: true\n", "refuse", "E-R"),
    ],
)  # fmt: skip
def test_outcomes(tmp_path: Path, text: str, outcome: str, rule: str) -> None:
    done = eligibility(tmp_path, text, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)[0]
    assert (found["table"], found["outcome"], found["decisive"]) == ("eligibility", outcome, rule)
    assert found["cite"].startswith("《")
    assert found["tried"][-1]["rule"] == rule
    assert len(found["reasons"]) == len(found["tried"]) + 1


def test_every_rule_is_explained_with_its_article(tmp_path: Path) -> None:
    done = eligibility(tmp_path, INJURY + FAMILY)
    assert "【是否给予法律援助】" in done.output
    assert "【经济困难状况】" in done.output
    assert "家庭人均月收入：2733.33，经济困难标准：3202" in done.output
    rules = [line for line in done.output.splitlines() if line.startswith("  E")]
    assert len(rules) > 10
    assert all(" 依据 《" in line for line in rules)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: civil\n", "缺少“received_at 收到申请的日期"),
        ("kind: civil\n", "缺少“matter_code 事项代码”（《法律援助法》(2021)第三十一条）"),
        ("received_at: 2023-08-03\nmatter_code: support\n", "缺少“kind 事项种类”"),
        ("kind: [", "不是有效的 YAML"),
        ("- kind", "应为键值对"),
        (INJURY + "colour: red\n", "没有名为“colour”的字段"),
        (INJURY.replace("civil", "space"), "填写有误"),
    ],
)
def test_mistakes_in_the_file(tmp_path: Path, text: str, message: str) -> None:
    done = eligibility(tmp_path, text)
    assert done.exit_code == 1
    assert message in done.output
    assert "Traceback" not in done.output


def test_an_application_of_2021_is_judged_by_the_regulation_of_2003(tmp_path: Path) -> None:
    done = eligibility(
        tmp_path, "kind: civil\nmatter_code: support\nreceived_at: 2021-08-03\nper_capita_income: 100\n"
    )
    assert "《法律援助条例》(2003)第十条" in done.output
    assert "该日的经济困难标准没有载入，由人工核定：是，据此认定" in done.output


def test_a_matter_outside_the_list_is_pointed_out(tmp_path: Path) -> None:
    done = eligibility(tmp_path, INJURY.replace("traffic_injury", "trafic_injury"))
    assert "注意：“trafic_injury”不是法律所列事项的代码" in done.stderr
    assert "注意" not in eligibility(tmp_path, INJURY).stderr
