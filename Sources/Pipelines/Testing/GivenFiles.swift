internal import Engine
internal import Foundation

/// The given rows of a test as files, in the format that their tables declare, in UTF-8 and quoted.
struct GivenFiles {
  /// The file of each extract table, by `pipeline/table`.
  private(set) var paths: [String: String] = [:]
  /// For each table, the byte at which each of its rows begins.
  private(set) var offsets: [String: [Int64]] = [:]

  /// Writes every table of a pipeline; one that the test does not give has no rows.
  init(_ test: TestDefinition, of pipeline: PipelineDefinition, in folder: String) throws {
    for table in pipeline.tables {
      let name = "\(pipeline.name.value)/\(table.name.value)"
      let rows = test.given.first { $0.table.value == table.name.value }?.rows ?? []
      var bytes: [UInt8] = []
      if table.csv.hasHeader {
        bytes += GivenFiles.record(table.columns.map(\.header), table.csv)
      }
      var starts: [Int64] = []
      for row in rows {
        starts.append(Int64(bytes.count))
        let cells = table.columns.map { column in
          row.first { $0.column.value == column.name.value }?.text.value
            ?? (column.nulls ?? table.csv.nulls).first ?? ""
        }
        bytes += GivenFiles.record(cells, table.csv)
      }
      let path = "\(folder)/\(table.name.value).csv"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      paths[name] = path
      offsets[name] = starts
    }
  }

  /// What encloses cells: that of the table, or, where its files have no quoting, a character that
  /// is not its delimiter.
  static func quote(_ csv: CSVDefinition) -> UInt8 {
    csv.quote ?? (csv.delimiter == UInt8(ascii: "\"") ? UInt8(ascii: "'") : UInt8(ascii: "\""))
  }

  private static func record(_ cells: [String], _ csv: CSVDefinition) -> [UInt8] {
    let quote = quote(csv)
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(csv.delimiter) }
      bytes.append(quote)
      for byte in cell.utf8 {
        if byte == quote { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(quote)
    }
    bytes.append(10)
    return bytes
  }
}
