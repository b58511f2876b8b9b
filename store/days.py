"""Days as the people who use Brug live them: they begin and end in Brussels, never in UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
"""The zone in which a day begins and ends for the people who use Brug."""


def day_of(moment: datetime) -> date:
    """Return the day in Brussels on which a moment falls."""
    return moment.astimezone(BRUSSELS).date()
