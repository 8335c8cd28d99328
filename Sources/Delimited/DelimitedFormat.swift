import Columnar

/// How the records of a text file are written.
package struct DelimitedFormat: Hashable, Sendable {
  /// The encoding of the texts of a file.
  package enum Encoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    /// UTF-16 whose order of bytes the byte order mark tells.
    case utf16 = "utf-16"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case iso88591 = "iso-8859-1"
    case iso885915 = "iso-8859-15"

    /// Whether the file is read as UTF-8 that was made of UTF-16.
    package var isUTF16: Bool {
      self == .utf16 || self == .utf16LittleEndian || self == .utf16BigEndian
    }

    /// The characters of an encoding of one byte each.
    package var characters: SingleByteEncoding? {
      switch self {
      case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian: nil
      case .windows1252: .windows1252
      case .iso88591: .iso88591
      case .iso885915: .iso885915
      }
    }
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
  ///
  /// Of UTF-16 they are counted in UTF-8.
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
package struct DelimitedError: ValueFreeError, CustomStringConvertible, Sendable {
  /// What stands in the way.
  package enum Code: String, Sendable {
    /// The operating system does not open or read the file.
    case fileUnreadable = "file_unreadable"
    /// The header ends inside a quote or is longer than a record may be.
    case headerUnreadable = "header_unreadable"
    /// UTF-16 without a byte order mark, or with the mark of the other order.
    case byteOrderUnclear = "byte_order_unclear"
    /// A gzip file that is cut off or damaged.
    case fileDamaged = "file_damaged"
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
