import Diagnostics

/// The rules about files, texts, codes and dates.
extension MappingRule {
  static let mixedLineEnds = MappingRule(
    "mixed-line-ends", .warning, "some lines end in CR LF, others in LF",
    "Save the file with one kind of line end: a diff shows changes where there are none.")
  static let noRows = MappingRule(
    "no-rows", .warning, "the file has a header and no row",
    "Add rows, or leave the file out of the pipelines.")

  static let files: [MappingRule] = [
    MappingRule(
      "unreadable-file", .error, "the file cannot be read",
      "Give a path that exists, and the permission to read it."),
    MappingRule(
      "empty-file", .error, "the file has no header", "The first line names the columns."),
    MappingRule(
      "missing-column", .error, "a column is missing",
      "Rename the column that is meant, or add it."),
    MappingRule("duplicate-column", .error, "a column stands twice", "Remove one of the two."),
    MappingRule(
      "unknown-column", .warning, "a column is not used", "Rename it when it was meant."),
    MappingRule(
      "ragged-row", .error, "a row has more or fewer fields than the header",
      "Quote a field that holds the delimiter."),
    MappingRule(
      "unclosed-quote", .error, "a quote is never closed", "Close it, or double it within text."),
    MappingRule(
      "text-after-quote", .error, "there is text behind a closing quote",
      "Double the quotes within a quoted text."),
    MappingRule("bad-encoding", .error, "a text is not UTF-8", "Save the file as UTF-8."),
    mixedLineEnds, noRows,
  ]

  static let blankEnds = MappingRule(
    "blank-ends", .warning, "a code or a name has blanks at its ends", fixable: true,
    "Codes are compared as they are written: the blank keeps the row from ever being found.")
  static let unusualSpace = MappingRule(
    "unusual-space", .warning, "a space is no ordinary one", fixable: true,
    "A no-break or other space looks like an ordinary one and is another character.")
  static let invisibleCharacter = MappingRule(
    "invisible-character", .warning, "a character cannot be seen", fixable: true,
    "Zero-width characters, soft hyphens and byte order marks come in by copying.")
  static let controlCharacter = MappingRule(
    "control-character", .warning, "a text holds a control character",
    "Remove it: a line break or a tab within a cell is seldom meant.")
  static let lookAlikeCharacter = MappingRule(
    "look-alike-character", .warning, "a character looks like another that is meant",
    "A Cyrillic or Greek letter, a typographic dash or a full-width digit stands in the code.")
  static let mojibake = MappingRule(
    "mojibake", .warning, "a text was read in the wrong encoding",
    "Restore the text from its source: UTF-8 was taken for windows-1252 somewhere.")
  static let decomposed = MappingRule(
    "decomposed-text", .warning, "a letter and its accent are two characters", fixable: true,
    "Write composed letters (NFC): codes are compared byte by byte.")
  static let spreadsheetError = MappingRule(
    "spreadsheet-error", .warning, "a spreadsheet wrote an error into a cell",
    "Restore the value: #N/A, #REF! and the like are no codes and no names.")

  static let texts = [
    blankEnds, unusualSpace, invisibleCharacter, controlCharacter, lookAlikeCharacter, mojibake,
    decomposed, spreadsheetError,
  ]

  static let spreadsheetNumber = MappingRule(
    "spreadsheet-number", .warning, "a spreadsheet turned the code into a number or a date",
    "Restore the code and format the column as text: 3.4009E+12 and 01-Jan are no codes.")
  static let lookAlikeCodes = MappingRule(
    "look-alike-codes", .warning, "two codes that look alike map to different concepts",
    "One of them is most likely a slip: I, l and 1, O and 0, letter case, blanks.")
  static let leadingZeros = MappingRule(
    "leading-zeros", .warning, "two codes differ in leading zeros and map to different concepts",
    "A spreadsheet drops leading zeros: format the column as text.")
  static let longCode = MappingRule(
    "long-code", .warning, "the code is longer than the CDM holds",
    "source_code and the source values of the CDM have 50 characters, source_vocabulary_id 20.")
  static let otherFile = MappingRule(
    "other-file-differs", .warning, "another file maps the code to other concepts",
    "Both files name the same source vocabulary: keep the row in one of them.")
  static let scatteredRows = MappingRule(
    "scattered-rows", .warning, "the rows of one code do not follow one another",
    "Usagi takes rows that follow one another for one code: move them together.")
  static let duplicateRow = MappingRule(
    "duplicate-row", .warning, "a code has the same target twice", fixable: true,
    "Remove the second row; `--fix` removes it where it is the same in every column.")

  static let emptyCode = MappingRule(
    "empty-code", .error, "a row has no code", "Write the code, or remove the row.")

  static let codes: [MappingRule] = [
    emptyCode, duplicateRow,
    MappingRule(
      "contradictory-code", .error, "the rows of one code contradict one another",
      "A code has one source vocabulary and source concept; a value has one concept; 0 says that "
        + "there is no target."),
    lookAlikeCodes, leadingZeros, spreadsheetNumber, longCode, scatteredRows, otherFile,
  ]

  static let badDate = MappingRule(
    "bad-date", .error, "a date cannot be read", fixable: true,
    "Write yyyy-MM-dd; `--fix` rewrites dates that can be read in one way only.")
  static let endBeforeStart = MappingRule(
    "end-before-start", .error, "a row ends before it begins",
    "The row can never be used: mend one of the two dates.")
  static let expiredRow = MappingRule(
    "expired-row", .note, "a row has ended and is not used",
    "Bring valid_end_date up to date, or let the row rest.")
  static let futureRow = MappingRule(
    "future-row", .note, "a row has not begun and is not used yet",
    "It will be used from valid_start_date on.")
  static let implausibleDate = MappingRule(
    "implausible-date", .warning, "a date lies before 1900 or after 2099",
    "The CDM writes 2099-12-31 for what has no end.")
  static let unknownReason = MappingRule(
    "unknown-reason", .warning, "the invalid_reason is neither D nor U", fixable: true,
    "A row with any reason is not used: write D (deleted), U (updated), or nothing.")
  static let reasonWithoutEnd = MappingRule(
    "reason-without-end", .warning, "a row is invalid and its validity does not end",
    "Write the day on which the row ceased to hold as valid_end_date.")

  static let dates = [
    badDate, endBeforeStart, implausibleDate, expiredRow, futureRow, unknownReason,
    reasonWithoutEnd,
  ]
}
