package import Foundation

/// The export of a hospital (Hospices civils de Lyon) for invented persons, and the truth beside it.
///
/// The files are those that `pipelines/hcl.yaml` reads: separated by semicolons, in windows-1252,
/// with French dates and decimals, and with mistakes of every kind of `Dirt` planted in them. What
/// must come out of them, and what must be rejected, is written to the folder `truth`.
///
/// The same number of persons and the same seed give the same bytes on every machine. Persons are
/// generated in blocks, so that memory does not grow with their number.
package struct HCLSample: Sendable {
  package let persons: Int
  package let seed: UInt64

  /// Persons that are held in memory and shuffled together.
  private static let block = 256
  /// The stays of each of these years have a file; the last one has only a header.
  static let years = 2005...2026
  /// The year whose file has other columns in another order.
  static let oddYear = 2019

  /// - Parameters:
  ///   - persons: at least 1; every kind of mistake occurs from 44 persons on.
  ///   - seed: any number; it chooses the persons.
  package init(persons: Int, seed: UInt64) {
    self.persons = max(1, persons)
    self.seed = seed
  }

  /// Writes the export to a folder, and the truth to its folder `truth`, over what may be there.
  package func write(to folder: URL) throws -> HCLSampleSummary {
    let truthFolder = folder.appendingPathComponent("truth", isDirectory: true)
    try FileManager.default.createDirectory(
      at: truthFolder, withIntermediateDirectories: true)
    let export = try HCLExport(folder: folder)
    let writer = try TruthWriter(folder: truthFolder)
    var truth = Truth()
    try writeUnits(to: export, &truth)
    try writer.write(&truth)
    for first in stride(from: 0, to: persons, by: Self.block) {
      let last = min(first + Self.block, persons)
      var histories = (first..<last).map { index in
        let dirt = Dirt.planted(in: index, of: persons)
        var history = PersonHistory(index: index, seed: seed, rich: dirt != nil)
        if let dirt { history.plant(dirt) }
        return history
      }
      try export.write(&histories, seed: seed, block: first / Self.block)
      truth.beginBlock()
      for history in histories { truth.add(history) }
      try writer.write(&truth)
    }
    try export.close()
    return try writer.close(&truth)
  }

  /// The file of units: a row that comes twice, a name that cannot be read, no line feed at the end.
  private func writeUnits(to export: HCLExport, _ truth: inout Truth) throws {
    var rows = HospitalUnit.all.map { UnitRow(unit: $0) }
    rows.insert(rows[3], at: 9)
    var unreadable = UnitRow(unit: HospitalUnit("0999", "", "LABORATOIRE", .clinic))
    unreadable.state.dirty.append(
      DirtyCell(
        column: "LIBELLE", text: "Unit\(Windows1252.undefined)", reason: "bad_encoding"))
    rows.insert(unreadable, at: 5)
    try export.write(&rows)
    truth.addUnits(rows)
  }
}

extension Truth {
  /// Works out everything about one person.
  mutating func add(_ history: PersonHistory) {
    var span = Span()
    let standing = addPerson(of: history)
    let visits = addVisits(of: history, standing: standing, span: &span)
    addDiagnoses(of: history, standing: standing, visits: visits, span: &span)
    addActs(of: history, standing: standing, visits: visits, span: &span)
    addResults(of: history, standing: standing, visits: visits, span: &span)
    addAdministrations(of: history, standing: standing, visits: visits, span: &span)
    addObservationPeriod(of: history, span: span)
  }

  /// Works out the care sites.
  mutating func addUnits(_ rows: [UnitRow]) {
    for (row, fate) in resolve(extract(rows, "units"), key: { $0.unit.code }) {
      guard fate == .kept else {
        book("unit", \.collapsed)
        continue
      }
      book("unit", \.emittedFrom)
      book("unit", \.emitted)
      add(
        [row.unit.code, row.unit.name, String(row.unit.kind.concept), row.unit.specialty],
        to: .careSite)
    }
  }
}
