"""From template, figures and published values to the report as data; how it looks is for html, docx and pdf."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import NamedTuple

from yifa import registry
from yifa.city.load import load as load_city
from yifa.language.indicators import Count
from yifa.statistics.catalogue import Named, catalogue
from yifa.statistics.charts import Bars, bars
from yifa.statistics.compile import Measure, totals
from yifa.statistics.figures import Figure, by_dimension, compute_all
from yifa.statistics.live import Engine, NotKeptError
from yifa.statistics.notes import scale
from yifa.statistics.period import Period, year
from yifa.statistics.report import phrases
from yifa.statistics.report.annex import Row, annex_rows, line_title, lines_of_part
from yifa.statistics.report.template import Chart, Paragraph, Part, Ref, Sentence, parse

TEMPLATE = "annual.txt"
YEARS_BACK = 5  # how far 首次 looks back


class EmptyYearError(LookupError):
    """No line has a record of the year; `lines` are their titles."""

    def __init__(self, number: int, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__(f"{number}年没有任何记录，不能生成报告。没有记录的条线：{'、'.join(self.lines)}")


class Note(NamedTuple):
    """What stands behind a number of the text: its definition, what it was computed from, and the code to check it by."""

    number: int
    title: str
    definition: str
    figure: Figure


Run = str | int  # text, or the number of a note
Text = tuple[Run, ...]


class BuiltPart(NamedTuple):
    """A part as written. `left_out`: what is not in it, and why."""

    title: str
    blocks: tuple[Text | Bars, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The report as data."""

    year: int
    city: str
    known_at: date
    sample: Decimal | None
    parts: tuple[BuiltPart, ...]
    notes: tuple[Note, ...]
    figures: tuple[tuple[Figure, Figure], ...]
    recorded: Mapping[str, tuple[bool, ...]]
    annex: tuple[Row, ...]
    source: str

    @property
    def title(self) -> str:
        """广州市司法局2023年工作报告."""
        return f"{self.city}司法局{self.year}年工作报告"

    @property
    def statements(self) -> tuple[str, ...]:
        """What has to be said before anything else."""
        said = [
            f"本报告由办案记录生成，文中各项数字均为统计指标的计算结果，记录截至{_chinese(self.known_at)}。"
        ]
        if self.sample is not None:
            said.append(
                f"所依据的记录为模拟数据，规模为实际年度的{phrases.percent(self.sample * 100)}，不反映实际工作量；"
                "附表二只列出计算结果，不与公布数比较。"
            )
        return tuple(said)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def build(
    engine: Engine, number: int, said: Mapping[str, object], template: str | None = None, file: str = TEMPLATE
) -> Report:
    """The report of a year. EmptyYearError if nothing is recorded of it; TemplateError if the template is wrong."""
    text = template if template is not None else _own_template()
    parts = parse(text, file, catalogue(), registry.known())
    writer = _Writer(engine, number)
    built = tuple(writer.part(part, index) for index, part in enumerate(parts))
    now, before = writer.figures[year(number)], writer.figures[year(number - 1)]
    source, rows = annex_rows(
        number, now, writer.of, writer.held, sampled=scale(said) not in (None, 1), empty=writer.empty
    )
    share = scale(said)
    return Report(
        number, load_city(registry.CITY).name, engine.known_at.date(), share, built, tuple(writer.notes.values()),
        tuple((now[name], before[name]) for name in now), writer.recorded, rows, source,
    )  # fmt: skip


def _own_template() -> str:
    return (files("yifa.statistics.report") / TEMPLATE).read_text(encoding="utf-8")


class _Writer:
    """Writes the parts, numbering notes as figures are first used."""

    def __init__(self, engine: Engine, number: int) -> None:
        self.engine, self.number = engine, number
        self.years = [year(n) for n in range(number, number - YEARS_BACK - 1, -1)]
        self.recorded = _recorded(engine, self.years)
        self.empty = tuple(code for code in registry.known() if not self.recorded[code][0])
        if len(self.empty) == len(registry.known()):
            raise EmptyYearError(number, map(line_title, self.empty))
        self.figures = compute_all(engine, catalogue().values(), self.years)
        self.now = self.figures[self.years[0]]
        self.notes: dict[str, Note] = {}

    def part(self, part: Part, index: int) -> BuiltPart:
        """One part, with what had to be left out of it."""
        blocks: list[Text | Bars] = []
        left: dict[str, None] = {}
        for block in part.blocks:
            missing = dict.fromkeys(self._missing(block))
            left.update(missing)
            if isinstance(block, Chart):
                blocks += [] if missing else [self._chart(block)]
            elif written := self._paragraph(block):
                blocks.append(written)
        absent = [line_title(c) for c in lines_of_part(self.number, index) if c not in registry.known()]
        if absent:
            left[f"{'、'.join(absent)}等条线尚未纳入系统，有关内容待其建立记录后生成"] = None
        return BuiltPart(part.title, tuple(blocks), tuple(left))

    def _missing(self, block: Paragraph | Chart) -> Iterator[str]:
        sentences = ((Ref(block.name),),) if isinstance(block, Chart) else block.sentences
        for sentence in sentences:
            for run in sentence:
                if isinstance(run, Ref) and (why := self._why_not(run.name)):
                    yield why

    def _why_not(self, name: str) -> str:
        """Why a figure cannot be written; empty if it can."""
        code = name.partition(".")[0]
        if name in ("year", "last_year"):
            return ""
        if code not in registry.known():
            return f"{line_title(code)}条线尚未纳入系统"
        figure = self.now[name]
        if code in self.empty and figure.named.of_cases:
            return f"{line_title(code)}本年度没有记录"
        if figure.value is not None:
            return ""
        return f"{figure.named.indicator.title}（{figure.missing or '没有可供计算的案件'}）"

    def _paragraph(self, block: Paragraph) -> Text:
        """The sentences whose figures are there; nothing, if only sentences without figures would be left."""
        kept = [
            s
            for s in block.sentences
            if not any(isinstance(run, Ref) and self._why_not(run.name) for run in s)
        ]
        told = [any(isinstance(run, Ref) for run in s) for s in block.sentences]
        if any(told) and not any(any(isinstance(run, Ref) for run in s) for s in kept):
            return ()
        return tuple(run for sentence in kept for run in self._sentence(sentence))

    def _sentence(self, sentence: Sentence) -> Iterator[Run]:
        for run in sentence:
            if isinstance(run, str):
                yield run
                continue
            text = self.say(run)
            yield text
            if text and run.name in catalogue():
                yield self._note(run.name)

    def _note(self, name: str) -> int:
        if name not in self.notes:
            named = catalogue()[name]
            self.notes[name] = Note(
                len(self.notes) + 1, named.indicator.title, named.indicator.definition, self.now[name]
            )
        return self.notes[name].number

    def say(self, ref: Ref) -> str:
        """The words for a reference."""
        if ref.name in ("year", "last_year"):
            return f"{self.number - (ref.name == 'last_year')}年"
        figure = self.now[ref.name]
        assert figure.value is not None
        unit = figure.named.indicator.unit
        if ref.saying == "比上年":
            return self._beside(figure)
        if ref.saying == "首次突破":
            words = phrases.first_over(figure.value, self._before(figure.named), unit)
            return f"，{words}" if words else ""
        if ref.saying == "成":
            return phrases.tenths(figure.value)
        if figure.is_rate:
            return phrases.percent(figure.value)
        return {"约": phrases.about, "超": phrases.over, "原数": phrases.exact}[ref.saying](
            figure.value, unit
        )

    def _beside(self, figure: Figure) -> str:
        """The comparison with the year before; that there are no records of it, where there are none."""
        assert figure.value is not None
        before = self._before(figure.named)[0]
        words = phrases.beside_last_year(figure.value, before, rate=figure.is_rate)
        if before is None:
            words = f"{self.number - 1}年没有记录，不作比较"
        return f"，{words}" if words else ""

    def _before(self, named: Named) -> list[Decimal | None]:
        """Values of earlier years, the last one first; None for a year of which the line has no record."""
        recorded = self.recorded[named.line.code]
        pairs = list(zip(self.years, recorded, strict=True))[1:]
        return [self.figures[period][named.name].value if there else None for period, there in pairs]

    def of(self, figure: Figure, dimension: str, value: str) -> Figure:
        """A figure narrowed to one value of a dimension; 0 where there is no such row."""
        if figure.value is None:
            return figure
        found = dict(by_dimension(self.engine, figure.named, figure.period, dimension))
        return found.get(value) or replace(figure, value=Decimal(0), of=(dimension, value))

    def held(self, record: str) -> int:
        """How many entries a register (line.code) holds at the year's end."""
        code, _, register = record.partition(".")
        source = f"register:{register}"
        stock = totals(registry.line(code), source, [Measure(Count(source, None), self.years[0])])
        try:
            return int(self.engine.run(stock)[0][0] or 0)
        except NotKeptError:  # a snapshot made before this register was part of it
            return 0

    def _chart(self, chart: Chart) -> Bars:
        return bars(self.engine, catalogue()[chart.name], year(self.number), chart.dimension)


def _recorded(engine: Engine, years: list[Period]) -> dict[str, tuple[bool, ...]]:
    """For each installed line, whether any act is dated in each of the years."""
    every = [Measure(Count("acts", "effective_on"), period) for period in years]
    lines = {code: registry.line(code) for code in registry.known()}
    return {
        code: tuple(n > 0 for n in engine.run(totals(line, "acts", every))[0][:-1])
        for code, line in lines.items()
    }
