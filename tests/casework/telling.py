"""Stories told through the door on the real database: the same ones that are told in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils import timezone

from tests.casework.support import TestWorld
from tests.documents.stories import Step, Story
from yifa import registry
from yifa.casework.models import ClaimRow
from yifa.casework.requests import Ask, Done
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command

ROLES = frozenset({
    "window_clerk", "handler", "section_head", "body_head", "organ_head", "superior", "reviewer", "agency_head", "assigner",
    "aid_person", "duty_lawyer", "firm", "finance", "bureau", "assessor", "applicant",
})  # fmt: skip


def staff(organ: str, name: str = "甲") -> Actor:
    """Somebody with every role, so that stories are about documents and not about who may act."""
    return Actor(name, ROLES, organ)


def world_of(story: Story) -> TestWorld:
    """A world at the story's beginning, with its parameters."""
    world = TestWorld(_moment(story.steps[0].day))
    if story.parameters:
        world.env = registry.env_of(registry.line(story.line), story.parameters)
    return world


def _moment(day: str) -> datetime:
    on = date.fromisoformat(day)
    return timezone.make_aware(datetime(on.year, on.month, on.day, 10))


def tell(story: Story, world: TestWorld, upto: int | None = None) -> UUID:
    """Do every act of the story (or the first ones), each on its day; the case.

    Stories share people and disputes, and each is a world of its own: what another one claimed is given back first.
    """
    ClaimRow.objects.filter(released_at=None).update(released_at=world.now())
    case: UUID | None = None
    for step in story.steps[:upto]:
        case = do(story, step, world, case).case
    assert case is not None
    return case


def do(story: Story, step: Step, world: TestWorld, case: UUID | None) -> Done:
    """One act of a story; a refusal fails the test."""
    world.moment = max(world.moment, _moment(step.day))
    command = Command(step.action, date.fromisoformat(step.day), step.data, step.party)
    ask = Ask(
        command,
        staff(story.organ),
        str(uuid4()),
        story.line,
        case,
        story.organ,
        attached={"documents": step.said},
    )
    done = perform(ask, world)
    assert isinstance(done, Done), (story.name, step.action, done)
    return done


@contextmanager
def at(world: TestWorld, day: str) -> Iterator[None]:
    """Another day for a while."""
    before, world.moment = world.moment, _moment(day)
    yield
    world.moment = before
