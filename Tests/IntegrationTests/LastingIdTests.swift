import Foundation
import TestSupport
import Testing

/// Ids come from source keys and the ledger: what was numbered once keeps its number.
struct LastingIdTests {
  /// The tables whose rows belong to persons, with their ids.
  private static let tables = [
    "person": "person_id", "visit_occurrence": "visit_occurrence_id",
    "condition_occurrence": "condition_occurrence_id",
    "procedure_occurrence": "procedure_occurrence_id", "drug_exposure": "drug_exposure_id",
    "measurement": "measurement_id", "observation": "observation_id",
    "observation_period": "observation_period_id", "death": "person_id",
    "care_site": "care_site_id", "location": "location_id",
  ]

  /// Every row of a table as one text.
  private func rows(_ table: String, _ database: Database) throws -> Set<String> {
    Set(
      try database.rows("SELECT * FROM \(table)").map { row in
        row.map { $0 ?? "∅" }.joined(separator: "|")
      })
  }

  @Test func `persons who come later change no row of those who were there`() throws {
    try withTemporaryFolder { folder in
      let whole = try Samples.of(persons: Project.size)
      let part = folder.appendingPathComponent("part")
      try FileManager.default.createDirectory(at: part, withIntermediateDirectories: true)
      let hcl = part.appendingPathComponent("hcl")
      try FileManager.default.copyItem(at: whole.appendingPathComponent("hcl"), to: hcl)
      // At first the demographic file knows every second person only.
      let file = hcl.appendingPathComponent("patients.csv")
      let lines = try Data(contentsOf: file).split(separator: 0x0A)
      var kept = Data()
      for (number, line) in lines.enumerated()
      where number == 0 || line.prefix(10).last.map({ $0 % 2 == 0 }) ?? false {
        kept += line + [0x0A]
      }
      try kept.write(to: file)
      var warehouse = Warehouse(folder, data: part)
      try warehouse.run()
      var before: [String: Set<String>] = [:]
      try withDatabase(warehouse) { database in
        for table in Self.tables.keys { before[table] = try rows(table, database) }
      }
      warehouse.data = whole
      try warehouse.run()
      try withDatabase(warehouse) { database in
        for (table, id) in Self.tables {
          let after = try rows(table, database)
          #expect(before[table]?.isSubset(of: after) == true, "\(table)")
          if table != "care_site" && table != "location" {
            #expect(after.count > before[table]?.count ?? 0, "\(table)")
          }
          #expect(
            try database.column("SELECT count(*) - count(DISTINCT \(id)) FROM \(table)") == ["0"])
        }
      }
    }
  }

  @Test func `another concept for a code leaves the ids of its events as they are`() throws {
    try withTemporaryFolder { folder in
      let files = FileManager.default
      for name in ["pipelines", "mappings"] {
        try files.copyItem(
          at: Project.root.appendingPathComponent(name),
          to: folder.appendingPathComponent(name))
      }
      var warehouse = Warehouse(folder, data: try Samples.of(persons: Project.size))
      warehouse.project = folder.appendingPathComponent("pipelines/emc2.yaml").path
      try warehouse.run()
      func events(_ concept: Int) throws -> [String] {
        try warehouse.database().column(
          """
          SELECT condition_occurrence_id FROM condition_occurrence
          WHERE condition_source_value = 'J459' AND condition_concept_id = \(concept) ORDER BY 1
          """)
      }
      let before = try events(317009)
      #expect(!before.isEmpty)
      let everything = try warehouse.database().column(
        "SELECT condition_occurrence_id FROM condition_occurrence ORDER BY 1")
      let map = folder.appendingPathComponent("mappings/cim10.csv")
      let text = try String(contentsOf: map, encoding: .utf8)
      let remapped = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.contains("J45.9")
          ? line.replacingOccurrences(of: "317009", with: "140673") : String(line)
      }.joined(separator: "\n")
      #expect(remapped != text)
      try Data(remapped.utf8).write(to: map)
      try warehouse.run()
      #expect(try events(317009).isEmpty)
      #expect(try events(140673) == before)
      #expect(
        try warehouse.database().column(
          "SELECT condition_occurrence_id FROM condition_occurrence ORDER BY 1") == everything)
    }
  }

  private func withDatabase(
    _ warehouse: Warehouse, _ body: (Database) throws -> Void
  ) throws {
    try body(try warehouse.database())
  }
}
