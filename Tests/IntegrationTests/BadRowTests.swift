import Engine
import Foundation
import TestSupport
import Testing

/// Rows as they stand in real exports, and what must become of them.
struct BadRowTests {
  private static func export() -> Handmade {
    var export = Handmade()
    export.patients = [
      "0000012345;;;;12/03/1950;F;;69003;01/01/2024 08:00",
      "12345;;;;04/07/1980;M;;38000;01/01/2024 08:00",
    ]
    export.stays = [
      "024000001;0000012345;02/02/2024 09:30;05/02/2024 11:00;HC;8;;8;;",
      "24000001;12345;03/03/2024 10:00;03/03/2024 12:00;CS;8;;;;",
    ]
    export.diagnoses = [
      "024000001;1;DP;E119;;", "24000001;1;DP;J459;;", "024000001;2;DAS;XXX9;;",
    ]
    export.results = [
      "1;0000012345;024000001;CREA;02/02/2024 10:00;N;95;mmol/L;;",
      "2;12345;24000001;CREA;03/03/2024 10:05;N;80;mmol/L;;",
    ]
    return export
  }

  private func published<Result>(
    _ export: Handmade, _ body: (Warehouse, Database) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      try export.write(to: data)
      let warehouse = Warehouse(folder, data: data)
      try warehouse.run()
      return try body(warehouse, try warehouse.database())
    }
  }

  @Test func `a number with a leading zero is another than the same digits without`() throws {
    try published(Self.export()) { _, database throws in
      #expect(
        try database.rows(
          """
          SELECT p.year_of_birth, c.condition_source_value, v.visit_start_date
          FROM person p JOIN visit_occurrence v USING (person_id)
            JOIN condition_occurrence c ON c.visit_occurrence_id = v.visit_occurrence_id
          WHERE c.condition_source_value <> 'XXX9' ORDER BY 1
          """) == [["1950", "E119", "2024-02-02"], ["1980", "J459", "2024-03-03"]])
      #expect(
        try database.column("SELECT count(DISTINCT visit_source_value) FROM visit_occurrence")
          == ["2"])
    }
  }

  @Test func `an unknown code is kept with concept 0 and its source value`() throws {
    try published(Self.export()) { warehouse, database throws in
      #expect(
        try database.rows(
          """
          SELECT condition_concept_id, condition_source_concept_id, condition_start_date
          FROM condition_occurrence WHERE condition_source_value = 'XXX9'
          """) == [["0", "0", "2024-02-02"]])
      #expect(try warehouse.quarantine().isEmpty)
    }
  }

  /// A date that does not exist, in a field that is required, in one that is not, and in one whose
  /// column says `on_error: reject`.
  @Test(arguments: ["2025-13-45", "45/13/2025 10:00"])
  func `an impossible date costs its cell, and its row where the date is needed`(
    date: String
  ) throws {
    var export = Self.export()
    export.stays.append("024000002;0000012345;02/05/2024 09:30;\(date);HC;8;;8;;")
    export.acts = ["024000001;ZBQK002;\(date);0;1", "024000001;DEQP003;03/02/2024 08:00;0;1"]
    export.results.append("3;0000012345;024000001;CREA;\(date);N;70;mmol/L;;")
    try published(export) { warehouse, database throws in
      // The end of a stay is not needed: an open stay ends with the delivery.
      #expect(
        try database.rows(
          """
          SELECT visit_end_date, visit_end_datetime FROM visit_occurrence
          WHERE visit_start_date = '2024-05-02'
          """) == [["2026-01-05", nil]])
      #expect(
        try database.column("SELECT procedure_source_value FROM procedure_occurrence")
          == ["DEQP003"])
      #expect(try database.count("measurement") == 2)
      let lines = try warehouse.quarantine().map {
        "\($0.kind) \($0.file):\($0.line) \($0.rule ?? "-") \($0.reason) \($0.field ?? "-")"
      }
      #expect(
        lines.sorted() == [
          "cell actes.csv:2 - not_a_timestamp DATE_ACTE",
          "cell sejours_2024.csv:4 - not_a_timestamp DATE_SORTIE",
          "record biologie.csv:4 - cell_rejected DATE_PRELEVEMENT",
          "row actes.csv:2 hcl/act required_missing procedure_date",
        ])
    }
  }

  @Test func `the order of rows and files changes no id`() throws {
    let bytes = try published(Self.export()) { warehouse, _ in try warehouse.bytes() }
    var turned = Self.export()
    turned.patients.reverse()
    turned.stays.reverse()
    turned.diagnoses.reverse()
    turned.results.reverse()
    #expect(try published(turned) { warehouse, _ in try warehouse.bytes() } == bytes)
  }

  @Test func `a postcode that is none costs the location and nothing else`() throws {
    var export = Self.export()
    export.patients[0] = "0000012345;;;;12/03/1950;F;;ABCDE;01/01/2024 08:00"
    try published(export) { warehouse, database throws in
      #expect(
        try database.rows(
          "SELECT location_id IS NULL, gender_concept_id FROM person ORDER BY year_of_birth")
          == [["1", "8532"], ["0", "8507"]])
      #expect(try database.count("condition_occurrence") == 3)
      #expect(try database.count("measurement") == 2)
      #expect(try database.column("SELECT location_source_value FROM location") == ["38"])
      #expect(try warehouse.quarantine().isEmpty)
    }
  }
}
