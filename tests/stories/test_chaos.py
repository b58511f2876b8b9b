import subprocess
import sys

from tests.peers.playing import ROOT


def test_no_letter_is_doubled_or_lost_whoever_is_killed_and_whatever_slack_does() -> None:
    # A process of its own: the driver forks, and this one has threads.
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.chaos", "--short"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
