"""Views of cases acted in lately, by chain head: the head binds every event, so an equal head is an equal fold.

Whoever goes on with a case in the same process need not have its events read, opened and folded again. A view of an act
that was undone in the end is never asked for: no case has that head. Nothing is kept longer than `SECONDS`, so that what was
erased from the database does not live on here.
"""

import time
from collections import OrderedDict

from yifa.language.acts import Env
from yifa.language.line import Line
from yifa.language.view import View

SECONDS = 300.0
CASES = 256


class Recent:
    """The last few views of a process."""

    def __init__(self, cases: int = CASES, seconds: float = SECONDS) -> None:
        self._cases, self._seconds = cases, seconds
        self._views: OrderedDict[bytes, tuple[float, View]] = OrderedDict()

    def get(self, head: bytes, line: Line, env: Env) -> View | None:
        """The view at this head, under this line and these editions."""
        until, view = self._views.get(head, (0.0, None))
        if view is None or until < time.monotonic() or view.line is not line or view.env is not env:
            return None
        return view

    def put(self, before: bytes, head: bytes, view: View) -> None:
        """The view at `head` takes the place of the one at `before`."""
        self._views.pop(before, None)
        self._views[head] = time.monotonic() + self._seconds, view
        while len(self._views) > self._cases:
            self._views.popitem(last=False)

    def clear(self) -> None:
        """Forget all: after an erasure."""
        self._views.clear()


recent = Recent()
