/// Lines of comma-separated values that Usagi reads back as they were meant.
///
/// Usagi reads line by line, takes a backslash for an escape and halves doubled quotes
/// (`ReadCSVFile.line2columns` and `StringUtilities.safeSplit` of https://github.com/OHDSI/Usagi). What
/// its own writer makes of line breaks it does not read back: a blank stands for each.
package struct UsagiLines: Sendable {
  /// The lines, each with its end.
  package private(set) var bytes: [UInt8] = []
  /// How many cells had line breaks.
  package private(set) var broken = 0

  private static let dialect: MappingDialect = {
    var dialect = MappingDialect()
    dialect.escapesBackslashes = true
    return dialect
  }()

  /// Writes rows of texts, the names of the columns first.
  package init(_ rows: [[String]]) {
    for row in rows {
      let texts = row.map { text in
        let line = UsagiLines.unbroken(text)
        if line != text { broken += 1 }
        return line
      }
      bytes += Self.dialect.line(texts)
    }
  }

  /// Writes the rows of a file as Usagi saves it.
  ///
  /// - Parameters:
  ///   - rows: the codes with their targets.
  ///   - information: the names of what the file says of codes besides.
  package init(_ rows: [UsagiRow], information: [String]) {
    self.init([UsagiRow.header(information)] + rows.map { $0.texts(information) })
  }

  /// The lines as a text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// What somebody has to know about the lines; `nil` where all texts stand there as they are.
  package var remark: String? {
    broken == 0
      ? nil
      : "\(broken) codes or names have line breaks, which Usagi cannot read: a blank stands for each, "
        + "and a code so changed is not found in the data"
  }

  /// A text on one line.
  private static func unbroken(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 10 || $0 == 13 }) else { return text }
    var bytes: [UInt8] = []
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte != 10 && byte != 13 {
        bytes.append(byte)
      } else if byte == 13 || last != 13 {
        bytes.append(UInt8(ascii: " "))
      }
      last = byte
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
