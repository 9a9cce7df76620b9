"""The Django application of statistics: what has to be said of the records as a whole."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """yifa.statistics."""

    name = "yifa.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"
