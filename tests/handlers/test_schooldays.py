"""Public holidays are those that the package `holidays`, which nobody here wrote, knows too."""

from datetime import date, timedelta

import holidays
import pytest

from handlers.schooldays import is_public_holiday

SUNDAY = 6


@pytest.mark.parametrize("year", range(2000, 2061))
def test_public_holidays_are_those_of_the_package_sundays_aside(year: int) -> None:
    known = holidays.country_holidays("BE", years=year)
    days = [date(year, 1, 1) + timedelta(days=count) for count in range(365)]

    ours = [day for day in days if is_public_holiday(day) and day.weekday() != SUNDAY]

    assert ours == [day for day in days if day in known and day.weekday() != SUNDAY]
