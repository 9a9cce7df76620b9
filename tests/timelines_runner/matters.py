"""Short hands: a timeline of the made-up line written as text, parsed and run."""

from yifa.timelines.model import TimelineError
from yifa.timelines.parse import parse
from yifa.timelines.run import Run, run

RECEIVE = "{date: 2024-01-31, action: receive, label: receipt, data: {received_on: 2024-01-31}}"
OPEN = "{date: 2024-02-06, action: open, label: opening, data: {opened_on: 2024-02-06}}"


def matter(*events: str, expect: tuple[str, ...] = (), head: str = "") -> str:
    """A file with one entry; the first event stands on line 4 (plus the lines of `head`)."""
    text = f"- id: T\n  line: test\n{head}  events:\n" + "".join(f"    - {event}\n" for event in events)
    return text + ("  expect:\n" + "".join(f"    - {e}\n" for e in expect) if expect else "")


def ran(*events: str, expect: tuple[str, ...] = (), head: str = "", strict: bool = False) -> Run:
    """The entry as run."""
    (entry,) = parse(matter(*events, expect=expect, head=head), "t.yaml")
    return run(entry, strict=strict)


def unmet(*events: str, expect: str, head: str = "", strict: bool = False) -> str | None:
    """What was found instead of one expectation; None if it is met."""
    found: str | None = ran(*events, expect=(expect,), head=head, strict=strict).checked[0].found
    return found


def mistakes(text: str) -> list[tuple[int, str]]:
    """Line and text of everything wrong with a file; empty if it can be run."""
    try:
        parse(text, "t.yaml")
    except TimelineError as error:
        return [(m.line, m.what) for m in error.mistakes]
    return []
