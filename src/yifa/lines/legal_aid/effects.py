"""Effects by operation of law in legal aid."""

from yifa.language.effects import Effect
from yifa.language.view import Instance, View
from yifa.law.citation import both
from yifa.lines.legal_aid.law import LAL, LAR


def term_was_stated(view: View, instance: Instance) -> bool:
    """The notice said until when; a default that the applicant was never told cannot cost the application.

    New notices must state it; files taken over from elsewhere may not.
    """
    notice = view.last_data("ask_supplement")
    stated = "term" in notice or "due_on" in notice or view.happened("extend_supplement")
    return stated and view.stage in ("supplement", None)


DEEM_WITHDRAWN = Effect(
    code="deem_withdrawn",
    title="视为撤回申请",
    lapse_of="supplement",
    day="day_after",
    to="withdrawn",
    when=term_was_stated,
    ends_clock=False,
    defeated_by=("supplement_in", "withdraw", "extend_supplement"),
    cite=both(LAL.art(43, 2), LAR.art(18)),
    task="reviewer",
)

EFFECTS = (DEEM_WITHDRAWN,)
