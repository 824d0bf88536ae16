"""Answer workbooks opened, filled and brought back, as a partner does with a spreadsheet."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from ctg.answerbooks.columns import MARK, TITLES, VALUE, VALUES
from ctg.answerbooks.marks import read_mark
from ctg.intake.reading import read_file


class Filled:
    """A workbook in which one types; `cell` finds a line by its indicator and what is asked there."""

    def __init__(self, content):
        self.book = load_workbook(BytesIO(content))
        self.sheet = self.book[VALUES]

    def lines(self):
        """Each line that can be read back, as its number and its mark."""
        column = len(TITLES) + 1
        marks = ((row, self.sheet.cell(row, column).value) for row in range(2, self.sheet.max_row + 1))
        return [(row, mark) for row, text in marks if (mark := read_mark(text or ""))]

    def cell(self, question, field="amount", title=VALUE):
        [row] = [row for row, mark in self.lines() if (mark.question, mark.field) == (question.pk, field)]
        return self.sheet.cell(row, [*TITLES, MARK].index(title) + 1)

    def type(self, question, value, field="amount", title=VALUE):
        self.cell(question, field, title).value = value
        return self

    def content(self):
        file = BytesIO()
        self.book.save(file)
        return file.getvalue()

    def source(self, name="classeur.xlsx"):
        return read_file(self.content(), name)

    def upload(self, name="classeur.xlsx"):
        return SimpleUploadedFile(name, self.content())
