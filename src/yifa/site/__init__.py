"""The Django project: settings and entry points."""
