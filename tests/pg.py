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
    database = settings.DATABASES["default"]
    if "EMBEDDED" in database and FOLDER not in config.stash:
        folder = Path(tempfile.mkdtemp(prefix="yifa-test-"))
        config.stash[FOLDER] = folder
        database["EMBEDDED"] = str(folder / "pg")
        embedded.OPTIONS.update(fsync="off", full_page_writes="off")  # nothing here outlives the run


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and take the folder away."""
    folder = config.stash.get(FOLDER, None)
    if folder is not None:
        embedded.stop(folder / "pg")
        shutil.rmtree(folder)
