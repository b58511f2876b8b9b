"""A bundle as DOCX, Markdown and CSV: the same data give the same bytes."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.shared import Pt

from handlers.hearing.plain import clean
from handlers.signalling.reporting import Report, Statement
from handlers.speech.answer import Attachment

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""The date inside every DOCX: a clock in it would change the bytes."""

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


def drawn(report: Report) -> tuple[Attachment, ...]:
    """Return a bundle in its three shapes."""
    return (
        Attachment(f"{report.name}.docx", _WORD, docx(report)),
        Attachment(f"{report.name}.md", "text/markdown", markdown(report).encode()),
        # With a mark in front, Excel reads it as UTF-8.
        Attachment(f"{report.name}.csv", "text/csv", table(report).encode("utf-8-sig")),
    )


def write(report: Report, folder: Path) -> tuple[Path, ...]:
    """Write a bundle in three shapes, and return the files.

    Raises:
        OSError: If the folder can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = drawn(report)
    for file in files:
        (folder / file.name).write_bytes(file.content)
    return tuple(folder / file.name for file in files)


def markdown(report: Report) -> str:
    """Return a bundle as Markdown; what people typed is never read as markup."""
    lines = [f"# {_escaped(report.title)}", ""]
    lines += [f"{_escaped(line)}\n" for line in report.intro]
    for section in report.sections:
        lines += [f"## {_escaped(section.heading)}", "", _escaped(section.summary), ""]
        for one in section.statements:
            lines.append(f"- **{_numbers(one)}** {_escaped(one.text)}  ")
            lines.append(f"  {_escaped(one.details)}")
            lines += [f"  - {_escaped(added)}" for added in one.added]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def table(report: Report) -> str:
    """Return a bundle as CSV with semicolons, one line per signal; no cell is a formula."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow(report.columns)
    # A signal for both governments stands in two sections, and once in the table.
    once = {one.numbers: one for section in report.sections for one in section.statements}
    for _, one in sorted(once.items()):
        rows.writerow([_cell(value) for value in one.cells])
    return written.getvalue()


def docx(report: Report) -> bytes:
    """Return a bundle as a Word document."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = report.title, "Brug", "nl-BE"
    properties.created = properties.modified = properties.last_printed = _ALWAYS
    properties.revision = 1
    document.styles["Normal"].font.name = "Calibri"  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a style of paragraphs has a font
    document.add_heading(_plain(report.title), 0)
    for line in report.intro:
        document.add_paragraph(_plain(line))
    for section in report.sections:
        document.add_heading(_plain(section.heading), 1)
        document.add_paragraph(_plain(section.summary))
        for one in section.statements:
            said = document.add_paragraph()
            said.paragraph_format.keep_with_next = True
            said.paragraph_format.space_after = Pt(0)
            said.add_run(f"{_numbers(one)}  ").bold = True
            said.add_run(_plain(one.text))
            details = document.add_paragraph()
            details.add_run(_plain(one.details)).italic = True
            for added in one.added:
                document.add_paragraph(_plain(added), style="List Bullet")
    saved = io.BytesIO()
    document.save(saved)
    return _without_clock(saved.getvalue())


def _without_clock(archive: bytes) -> bytes:
    """Return the same archive with one date on all of its members."""
    still = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(still, "w") as after:
        for name in before.namelist():
            member = zipfile.ZipInfo(name, _ALWAYS.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(member, before.read(name))
    return still.getvalue()


def _numbers(statement: Statement) -> str:
    return f"[{', '.join(str(number) for number in statement.numbers)}]"


def _plain(text: str) -> str:
    return clean(text)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(clean(text).split()))


def _cell(value: str) -> str:
    flat = " ".join(clean(value).split())
    return f"'{flat}" if _FORMULA.match(flat) else flat
