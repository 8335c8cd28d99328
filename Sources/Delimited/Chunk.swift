/// A record that was not read, by its place.
package struct RefusedRecord: Hashable, Sendable {
  /// Why a record was refused; the raw values are stable.
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    /// It has another number of fields than the header.
    case ragged = "ragged_record"
    /// A quote opens in it that nothing closes well.
    case unclosedQuote = "unclosed_quote"
    /// Its line is longer than a record may be.
    case tooLong = "record_too_long"
    /// Half of a surrogate pair or of a unit of UTF-16 stands in it.
    case badEncoding = "bad_encoding"
  }

  /// The byte of the file at which the record begins.
  package let offset: Int64
  /// Its bytes, without its line end.
  package let length: Int64
  package let reason: Reason

  package init(offset: Int64, length: Int64, reason: Reason) {
    self.offset = offset
    self.length = length
    self.reason = reason
  }
}

/// A run of whole records of a file, ready to be cut into fields on any thread.
package struct Chunk: Sendable {
  /// The bytes of the records and of what lies between them; of a file in UTF-16, what they are in
  /// UTF-8.
  package let bytes: [UInt8]
  /// The byte of the file that `bytes` begins with.
  package let offset: Int64
  /// The number of fields that a record of the file has.
  package let fieldCount: Int
  /// Whether all quoting follows RFC 4180, so that the chunk may be cut structurally.
  package let isRegular: Bool
  /// Where the records lie in `bytes`, without their line ends; empty in a regular chunk, whose
  /// records follow from its bytes.
  package let records: [Range<UInt32>]
  /// Records refused while the file was cut, in the order of the file.
  package let refused: [RefusedRecord]
  /// Blank lines passed over while the file was cut; those of a regular chunk come with its tokens.
  package let blankLines: Int
  /// Quotes in the records that neither open nor close a field and were taken as data.
  package let strayQuotes: Int
  /// The bytes of the file that were read since the chunk before: the measure of progress.
  package let sourceByteCount: Int

  package init(
    bytes: [UInt8], offset: Int64, fieldCount: Int, isRegular: Bool = true,
    records: [Range<UInt32>] = [], refused: [RefusedRecord] = [], blankLines: Int = 0,
    strayQuotes: Int = 0, sourceByteCount: Int = 0
  ) {
    self.bytes = bytes
    self.offset = offset
    self.fieldCount = fieldCount
    self.isRegular = isRegular
    self.records = records
    self.refused = refused
    self.blankLines = blankLines
    self.strayQuotes = strayQuotes
    self.sourceByteCount = sourceByteCount
  }
}
