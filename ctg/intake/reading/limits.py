"""What a file may weigh, checked before anything is unpacked, and again while it is read."""

#: Bytes of the file itself, as `ctg.web.uploads` takes them.
MOST_BYTES = 5 * 1024 * 1024

#: Bytes of all parts once unpacked, as the archive declares them; a part is never unpacked beyond that.
MOST_UNPACKED = 100 * 1024 * 1024

#: How many times heavier the unpacked parts may be than the file.
MOST_RATIO = 100

#: Parts in an archive. Excel writes about ten, and some for each sheet; a text has one for each picture.
MOST_WORKBOOK_PARTS = 200
MOST_TEXT_PARTS = 1_000

#: Of one sheet or table. A table beyond is left out and told, as long as another one can be read.
MOST_ROWS = 5_000
MOST_COLUMNS = 60

#: Of the whole file: tables, filled cells, signs.
MOST_TABLES = 200
MOST_CELLS = 150_000
MOST_TEXT = 10_000_000

#: Signs of one cell: what Excel itself can hold.
MOST_SIGNS = 32_767

#: Of one part: elements of XML within one another and in all, and bytes of a single tag or comment.
MOST_DEPTH = 200
MOST_ELEMENTS = 1_500_000
MOST_TAG = 1024 * 1024

#: Places that one note names; the others are counted.
MOST_PLACES_TOLD = 40

#: What the process that reads may take: memory in bytes, processor and clock in seconds.
MOST_MEMORY = 512 * 1024 * 1024
MOST_PROCESSOR = 8
MOST_SECONDS = 9.5
