import Foundation

/// The files of the export, written block by block.
final class HCLExport {
  private let units: SampleFile
  private let patients: SampleFile
  private let stays: [Int: SampleFile]
  private let diagnoses: SampleFile
  private let acts: SampleFile
  private let results: SampleFile
  private let administrations: SampleFile

  /// The columns of the stays of the odd year: another order, and two that no other year has.
  static let oddColumns = [
    "IPP", "NUM_SEJOUR", "CODE_UF", "TYPE_SEJOUR", "GHM", "DATE_ENTREE", "MODE_ENTREE",
    "PROVENANCE", "DATE_SORTIE", "MODE_SORTIE", "DESTINATION", "COMMENTAIRE",
  ]

  init(folder: URL) throws {
    func file<Row: ExportRow>(
      _ name: String, _ row: Row.Type, _ columns: [String] = Row.columns, ending: String
    ) throws -> SampleFile {
      let file = try SampleFile(name, in: folder)
      try file.write(columns.joined(separator: ";") + ending)
      return file
    }
    units = try file("unites.csv", UnitRow.self, ending: "\r\n")
    patients = try file("patients.csv", PatientRow.self, ending: "\r\n")
    diagnoses = try file("diagnostics.csv", DiagnosisRow.self, ending: "\n")
    acts = try file("actes.csv", ActRow.self, ending: "\n")
    results = try file("biologie.csv", ResultRow.self, ending: "\r\n")
    administrations = try file("medicaments.csv", AdministrationRow.self, ending: "\n")
    var stays: [Int: SampleFile] = [:]
    for year in HCLSample.years {
      stays[year] = try file(
        "sejours_\(year).csv", StayRow.self,
        year == HCLSample.oddYear ? Self.oddColumns : StayRow.columns, ending: "\r\n")
    }
    self.stays = stays
  }

  /// Writes the rows of a block, those of each file in a random order, and notes where they stand.
  func write(_ histories: inout [PersonHistory], seed: UInt64, block: Int) throws {
    try write(&histories, \.patients, patients, ending: "\r\n", stream(2, seed, block))
    try write(&histories, \.diagnoses, diagnoses, ending: "\n", stream(3, seed, block))
    try write(&histories, \.acts, acts, ending: "\n", stream(4, seed, block))
    try write(&histories, \.results, results, ending: "\r\n", stream(5, seed, block))
    try write(&histories, \.administrations, administrations, ending: "\n", stream(6, seed, block))
    for (year, file) in stays {
      let odd = year == HCLSample.oddYear
      try write(
        &histories, \.stays, file, ending: "\r\n",
        stream(UInt64(year), seed, block), layout: odd ? Self.oddColumns : nil
      ) { $0.year == year }
    }
  }

  /// Writes the units, in the order given, without a line feed after the last.
  func write(_ rows: inout [UnitRow]) throws {
    for index in rows.indices {
      let ending = index == rows.count - 1 ? "" : "\r\n"
      rows[index].state.position = SourcePosition(file: units.name, line: units.line)
      try units.write(record(rows[index], layout: nil, ending: ending))
    }
  }

  func close() throws {
    for file in [units, patients, diagnoses, acts, results, administrations] { try file.close() }
    for file in stays.values { try file.close() }
  }

  private func stream(_ number: UInt64, _ seed: UInt64, _ block: Int) -> SampleRandom {
    SampleRandom(seed: seed, stream: number, index: block)
  }

  private func write<Row: ExportRow>(
    _ histories: inout [PersonHistory], _ rows: WritableKeyPath<PersonHistory, [Row]>,
    _ file: SampleFile, ending: String, _ random: SampleRandom, layout: [String]? = nil,
    where belongs: (Row) -> Bool = { _ in true }
  ) throws {
    var random = random
    var places: [(person: Int, row: Int)] = []
    for person in histories.indices {
      for (row, value) in histories[person][keyPath: rows].enumerated() where belongs(value) {
        places.append((person, row))
      }
    }
    random.shuffle(&places)
    for (person, row) in places {
      let position = SourcePosition(file: file.name, line: file.line)
      histories[person][keyPath: rows][row].state.position = position
      try file.write(
        record(histories[person][keyPath: rows][row], layout: layout, ending: ending))
    }
  }

  /// The bytes of a record, with what was planted in it.
  private func record<Row: ExportRow>(
    _ row: Row, layout: [String]?, ending: String
  ) -> [UInt8] {
    var cells = row.cells
    for cell in row.state.dirty {
      guard let column = Row.columns.firstIndex(of: cell.column) else { continue }
      cells[column] = cell.text
    }
    if let layout {
      let usual = cells
      cells = layout.map { name in Row.columns.firstIndex(of: name).map { usual[$0] } ?? "" }
    }
    switch row.state.damage {
    case .missingFields: cells.removeLast(2)
    case .extraField: cells.append("?")
    case .unclosedQuote: cells[cells.count - 1] = "\"" + cells[cells.count - 1]
    case .rejectedCell, nil: break
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(128)
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x3B) }
      Windows1252.append(cell, to: &bytes)
    }
    bytes.append(contentsOf: ending.utf8)
    return bytes
  }
}
