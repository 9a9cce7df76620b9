"""Support of casework tests."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from yifa.casework.world import SystemWorld
from yifa.language.acts import ParameterValues


class TestWorld(SystemWorld):
    """The system's world with a clock of its own."""

    __test__ = False

    def __init__(self, moment: datetime) -> None:
        super().__init__(prefixes={"gz": "穗府", "th": "穗天府"})
        rates = [{"kind": "labour", "stage": None, "area": None, "amount": 1800}]
        table = {**self.env.parameters.table, "subsidy_table": ((date.min, rates, "测试标准"),)}
        self.env = self.env._replace(parameters=ParameterValues(table))
        self.moment = moment
        self.routes: dict[str, tuple[str, ...]] = {}  # these tests act directly unless they say otherwise

    def now(self) -> datetime:
        return self.moment

    def reviewers(self, line: str, action: str, organ: str) -> tuple[str, ...]:
        return self.routes.get(action, ())


def application(received: str = "2024-01-31", **changes: Any) -> dict[str, Any]:
    """A complete application by obviously fictitious people."""
    day = date.fromisoformat(received)
    return {
        "filed_on": day, "received_on": day, "channel": "in_person", "applicants": [{"id": f"a-{uuid4()}", "name": "测试甲"}],
        "respondents": ["某局"], "act": {"type": "penalty", "doc_no": "某罚〔2024〕1号", "made_on": day - timedelta(days=20)},
        "act_category": 1, "known_on": day - timedelta(days=15), "remedy_told": "all", "requests": ["revoke"],
        "facts_reasons": "认为处罚认定事实不清、证据不足", "service_address": "测试路1号", "e_service_consent": True,
        **changes,
    }  # fmt: skip
