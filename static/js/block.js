// The text of cells copied from a spreadsheet: tabs part them, line ends part rows, and quotes hold either.

const CELL = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\r|\n|$)/g;

const unquoted = (cell) => (/^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell);

export function split(text) {
  const block = [[]];
  for (const [, cell, end] of text.replace(/(\r\n|\r|\n)$/, "").matchAll(CELL)) {
    block.at(-1).push(unquoted(cell).trim());
    if (!end) break;
    if (end !== "\t") block.push([]);
  }
  return block;
}
