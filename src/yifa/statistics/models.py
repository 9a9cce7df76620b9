"""Tables of statistics."""

from django.db import models


class Note(models.Model):
    """Something every report must say of the records as a whole: that they are simulated, or a sample, and how large."""

    code = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "statistics_note"
