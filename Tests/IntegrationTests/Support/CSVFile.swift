import Foundation

/// The records of a small CSV file (RFC 4180, UTF-8, commas).
struct CSVFile {
  let header: [String]
  let records: [[String]]

  init(_ url: URL) throws {
    var all = CSVFile.records(try Data(contentsOf: url))
    header = all.isEmpty ? [] : all.removeFirst()
    records = all
  }

  /// The records by the names of their columns.
  var rows: [[String: String]] {
    records.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private static func records(_ data: Data) -> [[String]] {
    let bytes = [UInt8](data)
    var records: [[String]] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if isQuoted {
        if byte != 0x22 {
          field.append(byte)
        } else if position < bytes.count, bytes[position] == 0x22 {
          field.append(byte)
          position += 1
        } else {
          isQuoted = false
        }
      } else if byte == 0x22, field.isEmpty {
        isQuoted = true
      } else if byte == 0x2C || byte == 0x0A {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
        guard byte == 0x0A else { continue }
        records.append(fields)
        fields = []
      } else {
        field.append(byte)
      }
    }
    return records
  }
}
