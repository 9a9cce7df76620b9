"""How matters of each line go: tables of steps, by line and path."""

from collections.abc import Mapping

from yifa.simulation.behaviour import (
    legal_aid,
    legal_aid_rare,
    litigation,
    litigation_rare,
    mediation,
    mediation_rare,
    reconsideration,
    reconsideration_joint,
    reconsideration_rare,
)
from yifa.simulation.steps import Path

BEHAVIOUR: Mapping[str, Mapping[str, Path]] = {
    "reconsideration": {**reconsideration.PATHS, **reconsideration_rare.PATHS, **reconsideration_joint.PATHS},
    "legal_aid": {**legal_aid.PATHS, **legal_aid_rare.PATHS},
    "litigation": {**litigation.PATHS, **litigation_rare.PATHS},
    "mediation": {**mediation.PATHS, **mediation_rare.PATHS},
}
