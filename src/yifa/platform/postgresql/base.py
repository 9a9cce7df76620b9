"""The backend Django loads: it starts the embedded server at the first connection, not at import."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, features

from yifa.platform import embedded

OLDEST = 15  # the oldest PostgreSQL we use the features of


class DatabaseFeatures(features.DatabaseFeatures):
    """An older server is refused at the first connection."""

    minimum_database_version = (OLDEST,)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects as usual; `EMBEDDED` in the settings names a data folder whose server is started if need be."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        data = self.settings_dict.get("EMBEDDED")
        if data:
            embedded.ensure_running(Path(data))
            self.settings_dict["HOST"] = str(embedded.status(Path(data)).socket)
        return super().get_connection_params()
