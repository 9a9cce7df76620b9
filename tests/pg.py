"""A pytest plugin: the tests' own embedded server, in a folder that goes away with the run.

It starts at the first connection, so a run without the database costs nothing; every xdist worker has its own. With
DATABASE_URL set, that server is used instead.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from yifa.platform import embedded

FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Point Django at the tests' own data folder before anything has connected."""
    if FOLDER in config.stash:
        return
    folder = config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="yifa-test-"))
    settings.VAR, settings.FILES = (
        folder,
        folder / "files",
    )  # uploads and documents of the tests go away with it
    database = settings.DATABASES["default"]
    if "EMBEDDED" in database:
        database["EMBEDDED"] = str(folder / "pg")
        embedded.OPTIONS.update(fsync="off", full_page_writes="off")  # nothing here outlives the run


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and take the folder away."""
    folder = config.stash.get(FOLDER, None)
    if folder is not None:
        embedded.stop(folder / "pg")
        shutil.rmtree(folder)
