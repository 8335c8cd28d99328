internal import Engine
internal import Foundation

/// The given rows of a test as files, in the format that their tables declare, in UTF-8.
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

  private static func record(_ cells: [String], _ csv: CSVDefinition) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(csv.delimiter) }
      bytes.append(csv.quote)
      for byte in cell.utf8 {
        if byte == csv.quote { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(csv.quote)
    }
    bytes.append(10)
    return bytes
  }
}
