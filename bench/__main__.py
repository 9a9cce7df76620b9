"""Run all benchmarks, or those named: python -m bench [kernel ledger documents …]."""

import importlib
import pkgutil
import sys

import bench


def names() -> list[str]:
    """Benchmarks there are, by the part of the module name after `bench_`."""
    return sorted(
        m.name.removeprefix("bench_")
        for m in pkgutil.iter_modules(bench.__path__)
        if m.name.startswith("bench_")
    )


def main(wanted: list[str]) -> None:
    """Run them one after the other."""
    sys.argv = sys.argv[:1]
    for name in wanted or names():
        print(f"\n== {name} ==", flush=True)
        importlib.import_module(f"bench.bench_{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
