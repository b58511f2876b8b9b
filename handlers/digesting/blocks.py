"""What a digest tells, block by block.

A block looks at what is true now and at what was true when the last digest was composed that
arrived, and tells the difference. To add one: write its `look`, add it to `BLOCKS`, and give it a
name `digests.block_<name>` in `speech/wording/digests.toml`.
"""

from handlers.digesting import entries, missing, phases, who
from handlers.digesting.scope import Block, Section

BLOCKS: tuple[Block, ...] = (
    Block("absences", Section.WHO, who.absences),
    Block("people", Section.WHO, who.people),
    Block("governments", Section.SIGNALS, phases.governments),
    Block("signals", Section.SIGNALS, phases.signals),
    Block("offerings", Section.DIRECTORY, entries.offerings),
    Block("agenda", Section.DIRECTORY, entries.agenda),
    Block("needs", Section.MISSING, missing.needs),
    Block("unconfirmed", Section.MISSING, missing.unconfirmed),
)
"""Every block, in the order in which a digest tells them."""
