"""The bootstrap finds a pip on a machine that has none, and says so clearly when it cannot."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tooling.support import load

bootstrap = load("bootstrap")
PYTHON = Path("python")
Source = Callable[[Path], list[str] | None]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with locks, and nothing installed."""
    (tmp_path / "requirements").mkdir()
    for name in ("base.in", "base.lock", "dev.lock", "bench.lock"):
        (tmp_path / "requirements" / name).write_text("a-b==1 \\\n    --hash=sha256:00\n")
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the bootstrap runs, recorded; making an environment only makes its folder."""
    ran: list[list[str]] = []

    def record(command: list[str], check: bool = False) -> None:
        ran.append(command)
        if "venv" in command:
            (Path(command[-1]) / "bin").mkdir(parents=True, exist_ok=True)
            (Path(command[-1]) / "bin" / "python").touch()

    monkeypatch.setattr(subprocess, "run", record)
    monkeypatch.setattr(bootstrap, "find_pip", lambda python: ["pip"])
    monkeypatch.setattr(bootstrap, "run", lambda command, cwd=None: Path(command[0]).exists())
    return ran


# --- which pip


def source(name: str, pip: list[str] | None, tried: list[str]) -> Source:
    def find(python: Path) -> list[str] | None:
        tried.append(name)
        return pip

    return find


@pytest.mark.parametrize(
    ("working", "taken", "asked"),
    [
        ({"ensurepip", "system", "debian"}, "ensurepip", ["ensurepip"]),
        ({"system", "debian"}, "system", ["ensurepip", "system"]),
        ({"debian"}, "debian", ["ensurepip", "system", "debian"]),
    ],
)
def test_the_first_pip_that_works_is_taken(working: set[str], taken: str, asked: list[str]) -> None:
    tried: list[str] = []
    names = ("ensurepip", "system", "debian")
    sources = [source(name, [name] if name in working else None, tried) for name in names]
    assert bootstrap.find_pip(PYTHON, sources) == [taken]
    assert tried == asked


def test_the_sources_stand_in_this_order() -> None:
    assert [found.__name__ for found in bootstrap.SOURCES] == [
        "pip_of_ensurepip",
        "pip_of_system",
        "pip_of_debian",
    ]


def test_no_pip_at_all_is_said_in_two_languages() -> None:
    with pytest.raises(bootstrap.BootstrapError, match="找不到可用的 pip.*No usable pip"):
        bootstrap.find_pip(PYTHON, (lambda python: None,))


@pytest.mark.parametrize(
    ("find", "pip", "asked"),
    [
        ("pip_of_ensurepip", ["python", "-m", "pip"], ["python", "-m", "ensurepip", "--upgrade"]),
        (
            "pip_of_system",
            [bootstrap.sys.executable, "-m", "pip", "--python", "python"],
            [bootstrap.sys.executable, "-m", "pip", "--python", "python", "--version"],
        ),
    ],
)
def test_a_source_is_tried_before_it_is_trusted(
    find: str, pip: list[str], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    for works in (True, False):
        monkeypatch.setattr(bootstrap, "run", lambda command, works=works: ran.append(command) or works)
        assert getattr(bootstrap, find)(PYTHON) == (pip if works else None)
    assert ran == [asked, asked]


def test_debians_wheel_is_unpacked_without_root(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheels = project / "var" / "bootstrap" / "usr" / "share" / "python-wheels"
    wheel = wheels / "pip-23.0.1-py3-none-any.whl"

    def unpack(command: list[str], cwd: Path = project) -> bool:
        if command[0] == "apt-get":
            (cwd / "python3-pip-whl.deb").write_bytes(b"")
        else:
            assert command[:2] == ["dpkg", "-x"]
            wheels.mkdir(parents=True)
            wheel.write_bytes(b"")
        return True

    monkeypatch.setattr(bootstrap, "run", unpack)
    assert bootstrap.pip_of_debian(PYTHON) == ["python", str(wheel / "pip")]


def test_package_lists_are_fetched_once_when_they_are_missing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def failing(command: list[str], cwd: Path = project) -> bool:
        calls.append("download" if "download" in command else command[-1])
        return False

    monkeypatch.setattr(bootstrap, "run", failing)
    assert bootstrap.pip_of_debian(PYTHON) is None
    assert calls == ["download", "update"]


def test_a_program_that_is_not_there_is_a_no_and_not_a_crash() -> None:
    assert bootstrap.run(["true"])
    assert not bootstrap.run(["false"])
    assert not bootstrap.run(["no-such-program-here"])


# --- which Python


@pytest.mark.parametrize(("version", "fits"), [((3, 11, 2), True), ((3, 10, 0), False), ((3, 12, 1), False)])
def test_only_the_python_of_the_lock_is_accepted(version: tuple[int, ...], fits: bool) -> None:
    if fits:
        bootstrap.require_python(version)
    else:
        with pytest.raises(bootstrap.BootstrapError, match=r"3\.11"):
            bootstrap.require_python(version)


@pytest.mark.parametrize(
    ("runs_as_311", "refuses", "chosen"),
    [
        ({"python3.11", "python3"}, set(), "python3.11"),
        ({"python3"}, set(), "python3"),
        ({"python3"}, {"python3.11"}, "python3"),  # a shim of the right name for a version that is not active
        ({"python"}, {"python3"}, "python"),
    ],
)
def test_the_python_that_really_is_311_is_chosen(
    runs_as_311: set[str], refuses: set[str], chosen: str, tmp_path: Path
) -> None:
    done = choose(tmp_path, runs_as_311, refuses)
    assert (done.returncode, done.stdout) == (0, f"{chosen}\n")


def test_without_python_311_the_user_is_told_what_to_install(tmp_path: Path) -> None:
    done = choose(tmp_path, set(), {"python3.11", "python3", "python"})
    if Path("/usr/bin/python3.11").exists():  # the last resort, where Debian keeps it
        assert done.stdout == "/usr/bin/python3.11\n"
    else:
        assert (done.returncode, done.stdout) == (1, "")
        assert "请安装 python3.11" in done.stderr
        assert "install python3.11" in done.stderr


def choose(folder: Path, runs: set[str], refuses: set[str]) -> subprocess.CompletedProcess[str]:
    """tools/python311.sh on a machine with these commands and no others."""
    for names, code in ((runs, 0), (refuses, 1)):
        for name in names:
            (folder / name).write_text(f"#!/bin/sh\nexit {code}\n")
            (folder / name).chmod(0o755)
    script = bootstrap.ROOT / "tools" / "python311.sh"
    return subprocess.run(
        ["/bin/sh", str(script)], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
    )


# --- when to install, and what


def test_the_environment_follows_the_lock_and_the_folder(project: Path) -> None:
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert not bootstrap.up_to_date("dev")
    bootstrap.stamp("dev").write_text(bootstrap.fingerprint("dev"))
    assert bootstrap.up_to_date("dev")
    python.unlink()  # the system's Python is gone: the link dangles
    assert not bootstrap.up_to_date("dev")
    python.touch()
    (project / "requirements" / "dev.lock").write_text("a==2")
    assert not bootstrap.up_to_date("dev")


def test_a_moved_folder_is_installed_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = bootstrap.fingerprint("dev")
    elsewhere = project.parent / f"{project.name}-moved"
    project.rename(elsewhere)
    monkeypatch.setattr(bootstrap, "ROOT", elsewhere)
    assert bootstrap.fingerprint("dev") != here


def test_the_peers_of_the_benchmarks_live_apart(project: Path) -> None:
    names = {group: bootstrap.environment(group).name for group in bootstrap.GROUPS}
    assert names == {"base": ".venv", "dev": ".venv", "bench": ".venv-bench"}


def test_a_new_environment_is_made_from_hashes_and_stamped_last(
    project: Path, commands: list[list[str]]
) -> None:
    bootstrap.ensure("dev")
    venv, packages, own = commands
    assert venv[-2:] == ["--clear", str(project / ".venv")]
    assert "--require-hashes" in packages
    assert packages[-1] == str(project / "requirements" / "dev.lock")
    assert own[-3:] == ["--no-build-isolation", "--editable", str(project)]
    assert bootstrap.up_to_date("dev")


def test_an_environment_in_use_is_updated_in_place_and_swept(
    project: Path, commands: list[list[str]]
) -> None:
    bootstrap.ensure("dev")
    site = project / ".venv" / "lib" / "python3.11" / "site-packages"
    for name in ("A_b-1", "stray-2", "pip-23", "yifa-0.1.0"):
        (site / f"{name}.dist-info").mkdir(parents=True)
    (project / "pyproject.toml").write_text("# changed")
    commands.clear()
    bootstrap.ensure("dev")
    assert not [command for command in commands if "venv" in command]
    assert commands[-1][:2] == ["pip", "uninstall"]
    assert commands[-1][-2:] == ["--yes", "stray"]


def test_an_installation_cut_short_starts_over(
    project: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.ensure("dev")
    (project / "pyproject.toml").write_text("# changed")
    with monkeypatch.context() as broken:
        broken.setattr(bootstrap, "find_pip", lambda python: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bootstrap.ensure("dev")
    commands.clear()
    bootstrap.ensure("dev")
    assert "--clear" in commands[0]


def test_nothing_is_run_when_nothing_changed(project: Path, commands: list[list[str]]) -> None:
    bootstrap.ensure("dev")
    commands.clear()
    bootstrap.ensure("dev")
    assert commands == []


def test_an_unknown_group_is_refused_by_name(
    project: Path, commands: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(["prod"]) == 1
    assert "没有“prod”这一组依赖，可用：base、dev、bench" in capsys.readouterr().err
    assert commands == []
