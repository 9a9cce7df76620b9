"""How matters of each line go: tables of steps, by line and path."""

from collections.abc import Mapping

from yifa.simulation.behaviour import mediation
from yifa.simulation.steps import Path

BEHAVIOUR: Mapping[str, Mapping[str, Path]] = {
    "mediation": mediation.PATHS,
}
