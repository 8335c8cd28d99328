import Delimited

/// A record of a CSV file, found again by its place.
package enum CSVRecord {
  /// The first line of a record, read from its file now.
  ///
  /// - Parameters:
  ///   - offset: the byte at which it begins.
  ///   - path: the file, which may be compressed.
  ///   - encoding: the encoding as `SourcePart.encoding` has it; another name is read as UTF-8.
  /// - Returns: the line; `nil` when the file is gone or ends before.
  package static func firstLine(at offset: Int64, path: String, encoding: String) -> String? {
    let encoding = DelimitedFormat.Encoding(rawValue: encoding) ?? .utf8
    return (try? FileLines.first(ofRecordAt: offset, path: path, encoding: encoding)) ?? nil
  }
}
