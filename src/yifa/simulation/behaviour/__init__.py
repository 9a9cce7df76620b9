"""How matters of each line go: tables of steps, by line and path."""

from collections.abc import Mapping

from yifa.simulation.behaviour import legal_aid, litigation, mediation, reconsideration
from yifa.simulation.steps import Path

BEHAVIOUR: Mapping[str, Mapping[str, Path]] = {
    "reconsideration": reconsideration.PATHS,
    "legal_aid": legal_aid.PATHS,
    "litigation": litigation.PATHS,
    "mediation": mediation.PATHS,
}
