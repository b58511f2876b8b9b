"""Days on which a digest stays away: Flemish school holidays, and public holidays."""

from datetime import date

from handlers.schooldays import is_public_holiday, is_school_holiday
from store.records import Silence


def why_free(day: date) -> Silence | None:
    """Return why schools are closed on a day; None when they are open, weekends aside."""
    if is_public_holiday(day):
        return Silence.PUBLIC_HOLIDAY
    if is_school_holiday(day):
        return Silence.SCHOOL_HOLIDAY
    return None
