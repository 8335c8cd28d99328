/// How the records of a text file are written.
package struct DelimitedFormat: Hashable, Sendable {
  /// The encoding of the texts of a file.
  package enum Encoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case windows1252 = "windows-1252"
  }

  /// The byte between two fields.
  package var delimiter: UInt8
  /// The byte around a field that holds delimiters or line ends; `nil` when no field is quoted, as
  /// in the files of Athena.
  package var quote: UInt8?
  package var encoding: Encoding
  /// Whether the first record names the fields.
  package var hasHeader: Bool
  /// The most bytes a record may have, up to but without its line feed; 1 to 2^28.
  package var maximumRecordBytes: Int

  /// Bytes that could not be told apart (see `canSeparate`) are a programmer error.
  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""),
    encoding: Encoding = .utf8, hasHeader: Bool = true, maximumRecordBytes: Int = 1 << 20
  ) {
    precondition(DelimitedFormat.canSeparate(delimiter: delimiter, quote: quote), "ambiguous")
    precondition((1...1 << 28).contains(maximumRecordBytes), "1 to 2^28 bytes a record")
    self.delimiter = delimiter
    self.quote = quote
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.maximumRecordBytes = maximumRecordBytes
  }

  /// Whether a delimiter and a quote are ASCII, differ, and are no line ends.
  package static func canSeparate(delimiter: UInt8, quote: UInt8?) -> Bool {
    let lineEnds: [UInt8] = [10, 13]
    guard delimiter < 0x80, !lineEnds.contains(delimiter) else { return false }
    guard let quote else { return true }
    return quote < 0x80 && quote != delimiter && !lineEnds.contains(quote)
  }
}

/// A file whose records cannot be read at all.
package struct DelimitedError: Error, CustomStringConvertible, Sendable {
  /// What stands in the way.
  package enum Code: String, Sendable {
    /// The operating system does not open or read the file.
    case fileUnreadable = "file_unreadable"
    /// The header ends inside a quote or is longer than a record may be.
    case headerUnreadable = "header_unreadable"
  }

  package let code: Code
  package let path: String
  /// The cause in words, without any value of the file.
  package let reason: String

  package init(_ code: Code, path: String, reason: String) {
    self.code = code
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(path): \(reason)" }
}
