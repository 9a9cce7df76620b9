"""Running stories in memory: every document they issue, with the matter it is derived from."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tests.documents.stories import Step, Story
from tests.kernel import done
from yifa import registry
from yifa.documents.derivation import Matter, Organ, Setting
from yifa.engine import decide, empty
from yifa.language.acts import Command, Context, Event
from yifa.language.view import View

FREE = {"court_cases": (), "same_dispute": (), "withdrawn_before": ()}
GOVERNMENT = Organ("广州市人民政府", "government", "广州市人民政府")
SETTING = Setting(
    case_no="穗府行复〔2024〕123号",
    organ="gz-sfj",
    organs={
        "gz-gov": GOVERNMENT,
        "gz-sfj": Organ("广州市司法局", "justice", "广州市人民政府", "广州市人民政府"),
        "gz-aid": Organ("广州市法律援助处", "legal_aid", "广州市人民政府", "广州市司法局"),
        "440106-gov": Organ("广州市天河区人民政府", "government", "广州市天河区人民政府"),
    },
    names={"甲": "周办案", "乙": "吴办案"},
    numbers={series: f"穗府行复{mark}〔2024〕45号" for series, mark in
             (("decision", "决"), ("opinion", "意"), ("suggestion", "建"))},
    courts={"basic": "广州铁路运输法院", "intermediate": "广州铁路运输中级法院"},
    check_url="https://sfj.example.gov.cn/verify/7K3M-9QXT-2H5D",
    check_code="7K3M-9QXT-2H5D",
)  # fmt: skip


CASE_NUMBERS = {
    "reconsideration": "穗府行复〔2024〕123号", "legal_aid": "穗法援〔2024〕56号", "mediation": "穗调登〔2024〕7号",
    "litigation": "穗府行应〔2024〕9号",
}  # fmt: skip


class Issued(NamedTuple):
    """A document an act issued."""

    story: Story
    code: str
    matter: Matter


def told(story: Story) -> Iterator[Issued]:
    """The documents of a story, in order."""
    line = registry.line(story.line)
    view = empty(line, registry.env_of(line, story.parameters))
    for number, step in enumerate(story.steps):
        allowed = done(
            decide(view, _command(step), {**FREE, "documents": step.said}, Context(date(2030, 1, 1)))
        )
        for code in allowed.documents:
            yield Issued(
                story, code, _matter(story, view, allowed.view, allowed.events[0], step.said.get(code, {}))
            )
        view = allowed.view
        assert len(view.events) == number + 1


def _matter(story: Story, before: View, view: View, event: Event, said: dict[str, object]) -> Matter:
    return Matter(before, view, event, _setting(story), said)


def _setting(story: Story) -> Setting:
    return Setting(CASE_NUMBERS[story.line], story.organ, SETTING.organs, SETTING.names, SETTING.numbers, SETTING.courts, {},
                   SETTING.check_url, SETTING.check_code)  # fmt: skip


def _command(step: Step) -> Command:
    return Command(step.action, date.fromisoformat(step.day), step.data, step.party)
