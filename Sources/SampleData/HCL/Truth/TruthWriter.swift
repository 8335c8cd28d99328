import Foundation

/// The files of the truth, written block by block.
final class TruthWriter {
  private let folder: URL
  private var tables: [TruthTable: SampleFile] = [:]
  private let quarantine: SplitListing
  private let cellRejects: SplitListing
  private var quarantined = 0
  private var rejectedCells = 0

  init(folder: URL) throws {
    self.folder = folder
    quarantine = SplitListing("quarantine.csv", in: folder, columns: QuarantineEntry.columns)
    cellRejects = SplitListing("cell_rejects.csv", in: folder, columns: CellRejectEntry.columns)
    for table in TruthTable.allCases {
      let file = try SampleFile("\(table.rawValue).csv", in: folder)
      try file.write(truthLine(table.columns))
      tables[table] = file
    }
  }

  /// Writes what a block adds, in its order.
  func write(_ truth: inout Truth) throws {
    truth.sort()
    for table in TruthTable.allCases {
      for line in truth.rows[table] ?? [] { try tables[table]?.write(line) }
    }
    for entry in truth.quarantine {
      try quarantine.write(truthLine(entry.cells), of: entry.position.file)
    }
    for entry in truth.cellRejects {
      try cellRejects.write(truthLine(entry.cells), of: entry.position.file)
    }
    quarantined += truth.quarantine.count
    rejectedCells += truth.cellRejects.count
  }

  /// Writes what is known at the end only, and closes the files.
  func close(_ truth: inout Truth) throws -> HCLSampleSummary {
    truth.beginBlock()
    for department in truth.departments { truth.add([department, "FR"], to: .location) }
    try write(&truth)
    for file in tables.values { try file.close() }
    try quarantine.close()
    try cellRejects.close()
    try writeBooks(truth)
    return HCLSampleSummary(
      records: Truth.tables.map { ($0, truth.read[$0] ?? 0) },
      rows: TruthTable.allCases.map { ($0.rawValue, truth.counts[$0] ?? 0) },
      quarantined: quarantined, rejectedCells: rejectedCells)
  }

  private func writeBooks(_ truth: Truth) throws {
    let extracts = try SampleFile("extracts.csv", in: folder)
    try extracts.write(truthLine(["table", "read", "accepted", "quarantined"]))
    for table in Truth.tables {
      let (read, accepted) = (truth.read[table] ?? 0, truth.accepted[table] ?? 0)
      try extracts.write(
        truthLine([table, String(read), String(accepted), String(read - accepted)]))
    }
    try extracts.close()
    let books = try SampleFile("books.csv", in: folder)
    try books.write(truthLine(RuleBook.columns))
    for (rule, table) in Truth.rules {
      try books.write(truthLine([rule, table] + (truth.books[rule] ?? RuleBook()).cells))
    }
    try books.close()
  }
}

/// A listing sorted by the file that its lines speak of: each file has a part on disk, and the parts
/// are put together at the end.
final class SplitListing {
  private let name: String
  private let folder: URL
  private let columns: [String]
  private var parts: [String: SampleFile] = [:]

  init(_ name: String, in folder: URL, columns: [String]) {
    self.name = name
    self.folder = folder
    self.columns = columns
  }

  func write(_ line: String, of file: String) throws {
    if parts[file] == nil { parts[file] = try SampleFile(".\(name).\(file)", in: folder) }
    try parts[file]?.write(line)
  }

  func close() throws {
    let whole = try SampleFile(name, in: folder)
    try whole.write(truthLine(columns))
    for (_, part) in parts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      try part.close()
      let url = folder.appendingPathComponent(part.name)
      let reader = try FileHandle(forReadingFrom: url)
      while let piece = try reader.read(upToCount: 1 << 16), !piece.isEmpty {
        try whole.write(Array(piece))
      }
      try reader.close()
      try FileManager.default.removeItem(at: url)
    }
    try whole.close()
  }
}
