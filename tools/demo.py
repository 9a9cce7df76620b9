"""What `make demo` shows today: dated cases with every deadline explained, and the guides of the lines.

The city-year, the annual report and the desk are not built yet; nothing here pretends otherwise.
"""

import subprocess
import sys
from pathlib import Path

from yifa.registry import known

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"


def yifa(*arguments: str) -> str:
    """Output of one yifa command; the demo stops with its words if it fails."""
    command = [sys.executable, "-c", "from yifa.cli import main; main()", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"yifa {' '.join(arguments)} 失败（{done.returncode}）：\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> int:
    """Run the dated examples of every line and write the guides to out/."""
    OUT.mkdir(exist_ok=True)
    print(yifa("due", "--statute", "行政复议法@2023", "--days", "60", "--from", "2024-02-06"))
    for path in sorted((ROOT / "tests" / "timelines").glob("*.yaml")):
        text = yifa("timeline", str(path.relative_to(ROOT)))
        (OUT / f"{path.stem}.txt").write_text(text, encoding="utf-8")
        print(f"{path.stem}: {text.strip().splitlines()[-1]}  → out/{path.stem}.txt")
    for line in known():
        guide = yifa("procedure", "show", line, "--svg", str(OUT / f"{line}.svg"))
        (OUT / f"{line}.md").write_text(guide, encoding="utf-8")
        print(f"程序指南：out/{line}.md，流程图：out/{line}.svg")
    print("尚未建成：城市年度数据、年度报告、办案桌面（见 README）。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
