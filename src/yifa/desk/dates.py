"""How a date stands against today, in a colour and a word: the same everywhere on the desk."""

from typing import NamedTuple

SOON = 7  # days, about five working days


class Mark(NamedTuple):
    """A colour of the style sheet and a short word."""

    colour: str
    text: str


DONE = {
    "met": Mark("green", "按期"), "late": Mark("red", "逾期办理"), "stopped": Mark("", "不再计算"), "replaced": Mark("", "已重新计算"),
    "paused": Mark("blue", "中止计算"),
}  # fmt: skip
# Whose time it is decides what its running out means.
PASSED = {
    "right": Mark("", "已届满"),
    "waiting": Mark("green", "已到"),
    "reminder": Mark("amber", "已到"),
    "monitor": Mark("amber", "已过"),
}


def mark(days_left: int | None, nature: str = "own_duty", status: str = "running") -> Mark:
    """The mark of a deadline. `days_left` negative: passed."""
    if status in DONE or days_left is None:
        return DONE.get(status, Mark("", "暂无"))
    if days_left < 0:
        return PASSED.get(nature, Mark("red", f"逾期{-days_left}天"))
    text = "今天到期" if days_left == 0 else f"还有{days_left}天"
    return Mark("amber" if days_left <= SOON and nature != "waiting" else "green", text)
