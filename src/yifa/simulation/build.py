"""A city-year in the database: registers, matters shard by shard in processes of their own, log, note, tally."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from datetime import date, datetime, time
from multiprocessing import get_context
from pathlib import Path
from secrets import token_hex
from time import monotonic
from typing import Any, NamedTuple

from django.utils import timezone

from yifa.casework.log import sequence_all
from yifa.casework.models import Case
from yifa.people.city import load_organs
from yifa.registry import city_env, city_of
from yifa.simulation import worker
from yifa.simulation.demo import drafts, open_matters
from yifa.simulation.lists import fill
from yifa.simulation.mix import Mix, standard
from yifa.simulation.plan import Year, plan, shards
from yifa.simulation.run import in_bulk
from yifa.simulation.staff import accounts, sheet
from yifa.simulation.steps import Planned
from yifa.simulation.tally import Tally
from yifa.statistics.notes import SAMPLE, note

Say = Callable[[str], None]


class NotEmptyError(RuntimeError):
    """There are cases already: a simulated year is not mixed with them."""


class Built(NamedTuple):
    """What was built, how long each part took, and the log-ins for the demonstration."""

    tally: Tally
    matters: int
    events: int
    seconds: dict[str, float]
    logins: str


def build(year: Year, jobs: int = 1, say: Say = lambda text: None, mix: Mix | None = None) -> Built:
    """The whole year, in the database."""
    if Case.objects.exists():
        raise NotEmptyError
    mix, tally, watch = mix or standard(), Tally(year.until), _Watch(say)
    city = city_of()
    with watch("名录"):
        load_organs(city)
        entries = fill(city, year, mix.report, _morning(year.begin), tally)
    say(f"名录{entries}条")
    with watch("计划"):
        planned = plan(mix, year, city, city_env().calendar)
    say(f"事项{len(planned)}件，从{planned[0].arrives}至{year.until}")
    with watch("办理"):
        events = 0
        for done, written in _tell(year, planned, jobs, say):
            tally.merge(done)
            events += written
    with watch("演示人员"):
        password = f"yifa-{token_hex(4)}"
        people = accounts(password, year.begin)
        drafts(year, people, open_matters(year, people, tally))
    with watch("入账"):
        sequence_all()
    note(SAMPLE, {"scale": str(year.scale), "seed": year.seed, "year": year.year})
    return Built(tally, len(planned), events, watch.seconds, sheet(password))


def _tell(year: Year, planned: list[Planned], jobs: int, say: Say) -> Iterator[tuple[Tally, int]]:
    if jobs == 1:
        yield in_bulk(year, planned, _monthly(say))
        return
    with (
        _environment(worker.MEMORY),
        ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=worker.set_up) as pool,
    ):
        futures: set[Future[tuple[Any, int]]] = {
            pool.submit(worker.tell, tuple(year), shard) for shard in shards(planned)
        }
        begun = monotonic()
        while futures:
            done, futures = wait(futures, timeout=10, return_when=FIRST_COMPLETED)
            say(f"办理中，已{monotonic() - begun:.0f}秒，还有{len(futures)}组")
            for future in done:
                counted, written = future.result()
                yield Tally.of(counted), written
            if done:
                sequence_all()  # while the others go on


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """For processes begun within; what somebody has set stays as it is."""
    before = dict(os.environ)
    os.environ.update({**values, **before})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _monthly(say: Say) -> Callable[[date, int], None]:
    """Says when a new month begins."""
    months = set[tuple[int, int]]()

    def tell(day: date, acts: int) -> None:
        if (day.year, day.month) not in months:
            months.add((day.year, day.month))
            say(f"{day.year}年{day.month}月，已办{acts}步")

    return tell


class _Watch:
    """How long each part took."""

    def __init__(self, say: Say) -> None:
        self.seconds: dict[str, float] = {}
        self._say, self._name, self._since = say, "", 0.0

    def __call__(self, name: str) -> "_Watch":
        self._name = name
        return self

    def __enter__(self) -> None:
        self._since = monotonic()

    def __exit__(self, *error: object) -> None:
        self.seconds[self._name] = monotonic() - self._since
        self._say(f"{self._name}：{self.seconds[self._name]:.1f}秒")


def write_tally(tally: Tally, path: Path) -> None:
    """The generator's own counts, for whoever wants to hold the figures against them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tally.as_data(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))
