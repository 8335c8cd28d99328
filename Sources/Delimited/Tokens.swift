/// The fields of the records of a chunk.
///
/// Every record has `fieldCount` fields; field `c` of record `r` is
/// `bytes[starts[r * fieldCount + c]..<ends[r * fieldCount + c]]`, in UTF-8, without its quotes and
/// with its escapes resolved. Bytes that the file's encoding has no character for are left as they
/// are, so that the field is not valid UTF-8.
package struct Tokens: Sendable {
  package let bytes: [UInt8]
  package let starts: [UInt32]
  package let ends: [UInt32]
  package let fieldCount: Int
  /// The byte of the file at which each record begins.
  package let offsets: [Int64]
  /// Whether all of `bytes` is valid UTF-8, so that no field need be checked.
  package let isValidUTF8: Bool
  /// Whether `bytes` are a copy of the chunk's.
  let ownsBytes: Bool
  /// Records refused, in the order of the file.
  package let refused: [RefusedRecord]
  package let blankLines: Int
  /// Quotes taken as data (see `Chunk`).
  package let strayQuotes: Int

  /// The number of records.
  package var count: Int { offsets.count }

  /// A field as text, invalid bytes repaired: for edges and tests.
  package subscript(record: Int, field: Int) -> String {
    let index = record * fieldCount + field
    return String(decoding: bytes[Int(starts[index])..<Int(ends[index])], as: UTF8.self)
  }
}

extension Tokens {
  /// Fields that were not cut out of a chunk of delimited text.
  ///
  /// - Parameters:
  ///   - bytes: the texts of the fields.
  ///   - starts: where each field of each record begins.
  ///   - ends: where each ends.
  ///   - fieldCount: the number of fields of a record.
  ///   - offsets: where each record begins.
  package init(
    bytes: [UInt8], starts: [UInt32], ends: [UInt32], fieldCount: Int, offsets: [Int64]
  ) {
    self.init(
      bytes: bytes, starts: starts, ends: ends, fieldCount: fieldCount, offsets: offsets,
      isValidUTF8: false, ownsBytes: true, refused: [], blankLines: 0, strayQuotes: 0)
  }
}
