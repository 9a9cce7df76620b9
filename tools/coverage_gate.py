"""Run the tests with branch coverage and hold the kernel to 100 % of its branches.

The kernel is law, language and engine; the figure of the rest is printed. Extra arguments go to pytest.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KERNEL = "src/yifa/law/*,src/yifa/language/*,src/yifa/engine/*"


def coverage(*arguments: str) -> int:
    """One coverage command in the project's environment."""
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}).returncode


def main(arguments: list[str]) -> int:
    """Tests, then the gate."""
    tests = [sys.executable, "-m", "pytest", "-q", "-rs", "-n", "2", "--cov", "--cov-report=", *arguments]
    failed = subprocess.run(tests, cwd=ROOT).returncode
    if failed:
        return failed
    coverage("report", "--format=total")
    return coverage("report", f"--include={KERNEL}", "--show-missing", "--skip-covered", "--fail-under=100")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
