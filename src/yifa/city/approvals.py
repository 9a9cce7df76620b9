"""The city's reviewers of drafts, held against what the lines declare: they add steps and never touch the law's signer.

There is no key by which a city could name the signer; who decides an act stands in the line, with its article.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from yifa.city.load import CityError
from yifa.city.model import Approval, City
from yifa.language.actions import Action
from yifa.language.line import Line


def check(city: City, lines: tuple[Line, ...]) -> None:
    """Raises CityError with every mistake in the city's approvals and numbering."""
    found = tuple(mistakes(city, lines))
    if found:
        raise CityError(city.code, found)


def mistakes(city: City, lines: Iterable[Line]) -> Iterator[str]:
    """Approvals that do not fit the lines, and series the lines number in but the city has no pattern for."""
    declared = {line.code: line for line in lines}
    for approval in city.approvals:
        yield from (
            f"approvals.yaml: {approval.line}.{approval.action}: {m}"
            for m in _approval(city, approval, declared)
        )
    doubled = Counter((a.line, a.action, organ) for a in city.approvals for organ in a.organs or ("",))
    for (line, action, organ), count in doubled.items():
        if count > 1:
            yield f"approvals.yaml: {line}.{action}: {organ or '所有机关'}的审核人规定了{count}次"
    for given in declared.values():
        for series in sorted({f"{given.code}.{kind}" for action in given.actions for kind in action.numbers}):
            if series not in city.numbers:
                yield f"numbering.yaml: {series}: 该业务条线需要编号，没有编号式样"


def _approval(city: City, approval: Approval, lines: Mapping[str, Line]) -> Iterator[str]:
    for organ in approval.organs:
        if organ not in city.organs:
            yield f"机关“{organ}”不存在"
    if not approval.source.strip():
        yield "须写明依据（source）"
    line = lines.get(approval.line)
    if line is None:
        yield f"没有“{approval.line}”这一业务条线"
        return
    action = line.action(approval.action)
    if action is None:
        yield "没有这一事项"
        return
    yield from _roles(line, action, approval.reviewers)


def _roles(line: Line, action: Action, reviewers: tuple[str, ...]) -> Iterator[str]:
    if action.external:
        yield "该事项由外部发生，不需审核"
    if not reviewers:
        yield "须写明审核人（reviewers）"
    for role in reviewers:
        if role not in line.roles:
            yield f"没有“{role}”这一角色，可用的有：{'、'.join(sorted(line.roles))}"
    for role, count in Counter(reviewers).items():
        if count > 1:
            yield f"“{role}”审核了{count}次"
