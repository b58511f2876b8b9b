"""The public holidays are those of the package, and only Belgium's are read."""

import subprocess
import sys

import holidays
import pytest

from handlers.schooldays import is_public_holiday


@pytest.mark.parametrize("year", [2024, 2026, 2030])
def test_public_holidays_are_those_of_the_package(year: int) -> None:
    assert all(map(is_public_holiday, holidays.country_holidays("BE", years=year)))


def test_a_calendar_reads_no_other_country_and_leaves_the_package_whole() -> None:
    program = """
import sys
from datetime import date
from handlers.schooldays import is_public_holiday
assert is_public_holiday(date(2026, 7, 21))
assert not is_public_holiday(date(2026, 7, 22))
read = [name for name in sys.modules if name.startswith("holidays.countries.")]
assert read == ["holidays.countries.belgium"], read
import holidays
assert date(2026, 7, 14) in holidays.country_holidays("FR", years=2026)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
