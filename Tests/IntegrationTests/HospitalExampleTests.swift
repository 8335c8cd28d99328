import Foundation
import TestSupport
import Testing

private let referenceData = ProcessInfo.processInfo.environment["ECLUSE_REFERENCE_DATA"]

/// The example for the common tables of French hospital warehouses, over the public fictitious ones.
@Suite(.enabled(if: referenceData != nil, "needs ECLUSE_REFERENCE_DATA"))
struct HospitalExampleTests {
  private func run(_ folder: URL, _ data: URL) throws -> (Program.Ending, Database) {
    let target = folder.appendingPathComponent("hospital.sqlite")
    let run = try Program.run([
      "run", Project.root.appendingPathComponent("Examples/hospital/project.yaml").path,
      "--set", "data=\(data.path)", "--target", "sqlite:\(target.path)", "--as-of", "2024-02-01",
      "--quiet", "--format", "json",
    ])
    #expect(run.status == 0, "\(run.errors)")
    return (run, try Database(target))
  }

  @Test func `all rows of all tables arrive, and the books balance`() throws {
    try withTemporaryFolder { folder in
      let data = URL(fileURLWithPath: try #require(referenceData) + "/hospital-csv")
      let (run, database) = try run(folder, data)
      #expect(run.output.contains("\"quarantined\" : 0"))
      // The files' own records, counted line by line; no cell of theirs holds a line end.
      func lines(_ file: String) throws -> Int {
        let text = try String(
          contentsOf: data.appendingPathComponent("\(file).csv"), encoding: .utf8)
        return text.split(separator: "\n").count - 1
      }
      let (results, nursing) = (try lines("biologie"), try lines("dossier_soins"))
      let (ordered, given) = (try lines("prescription"), try lines("administration"))
      for (table, count) in [
        ("person", try lines("patient")), ("visit_occurrence", try lines("donnees_pmsi")),
        ("condition_occurrence", try lines("diagnostics")),
        ("procedure_occurrence", try lines("actes")), ("measurement", results + nursing),
        ("drug_exposure", ordered + given), ("observation", 4 * (try lines("style_vie"))),
        ("observation_period", try lines("patient")), ("death", 1), ("location", 2),
      ] { #expect(try database.count(table) == count, "\(table)") }
      // Events lie in the stays that they name.
      let outside = """
        SELECT count(*) FROM condition_occurrence JOIN visit_occurrence USING (visit_occurrence_id)
        WHERE condition_start_date NOT BETWEEN visit_start_date AND visit_end_date
        """
      #expect(try database.column(outside) == ["0"])
      #expect(
        try database.column(
          "SELECT count(*) FROM condition_occurrence WHERE visit_occurrence_id > 0")
          == ["\(try lines("diagnostics"))"])
      // A value that stands in the files, in its unit, at its local time.
      let hemoglobin = """
        SELECT value_as_number, unit_source_value, measurement_datetime FROM measurement
        WHERE measurement_source_value = '718-7' ORDER BY measurement_datetime LIMIT 1
        """
      #expect(try database.rows(hemoglobin) == [["14.2", "g/dL", "2024-01-10 08:00:00"]])
      // No name, number or postcode of a patient.
      let bytes = try Data(contentsOf: folder.appendingPathComponent("hospital.sqlite"))
      for value in ["Dupont", "285094415372654", "75001", "Marie"] {
        #expect(bytes.range(of: Data(value.utf8)) == nil, "\(value)")
      }
    }
  }
}
