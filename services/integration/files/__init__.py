"""Any file that people have, read into Parquet tables with types.

`preparing.prepare` is the one way in. It is a plain generator that runs in a confined worker: it opens the file that it
is given, writes into one folder, and yields how far it is and at last what was found (`model.PreparedFile`).

One upload, followed through these files:

1. `sniffing` says what the file is by its content; a name that lies changes nothing. What isn't read is refused by a
   sentence that says what the file seems to be and what to do (`errors`). `limits` are checked before anything is
   held.
2. A reader makes tables of text (`tables.TextTable`):
   - `delimited`: `encodings` makes UTF-8 of the text (`guessing` tells from what: Windows-1252 unless the foreign
     letters make no words in it), `dialect` finds delimiter, header and the first row of data.
     DuckDB reads texts without a fault; where it finds one, `repairing` reads row by row, counts and shows the broken.
   - `json_files` over `json_values` (a document is read element by element) and `staging` (rows wait on disk).
   - `excel` after `workbook_guard` has unpacked the workbook once, keeping nothing.
3. `inference` finds each column's type: a sample says which `formats` are possible, then all values are counted
   (`counting`), and `choosing` takes the most telling format that every value fits; what could be read in two ways
   is decided by the other columns and said in a note. `correcting` reads a column as a person said instead.
4. `tables` writes Parquet, without a last row that `totals` proves to be sums of those above.

Parquet files keep their types (`parquet` flattens what is nested); SQLite databases are checked and kept as they are
(`sqlite_files`).

What was decided where files leave it open: leading zeros, a "+" before many digits and whole numbers beyond 64 bits
make text; a "%" is left out (12 % is 12); mixed currencies stay text; "NA" is empty among numbers and dates, a text
among texts; a column of nothing but "no" is text; times that are all midnight make a date; of 01/02/2024 the month is
first unless other columns, the points between, or the first of every month say otherwise.
"""
