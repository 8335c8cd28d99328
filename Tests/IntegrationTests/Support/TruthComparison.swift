import Columnar
import Foundation
import Privacy

/// Reads a published CDM as the truth is written: without surrogate ids, with the numbers of the
/// source in the place of their pseudonyms.
struct TruthComparison {
  let truth: URL
  private let ipp: KeyHasher
  private let stay: KeyHasher

  init(data: URL) throws {
    truth = data.appendingPathComponent("hcl/truth", isDirectory: true)
    let key = try SecretKey(file: Project.key.path)
    ipp = KeyHasher(key: key, namespace: "hcl/IPP")
    stay = KeyHasher(key: key, namespace: "hcl/NUM_SEJOUR")
  }

  static let tables = [
    "person", "death", "visit_occurrence", "condition_occurrence", "procedure_occurrence",
    "drug_exposure", "measurement", "observation", "observation_period", "care_site", "location",
  ]

  func file(_ name: String) throws -> CSVFile {
    try CSVFile(truth.appendingPathComponent("\(name).csv"))
  }

  /// The rows that must come out, as lines in the order of their bytes.
  ///
  /// The numbers of persons and stays become the pseudonyms that stand for them.
  func expected(_ table: String) throws -> [String] {
    let file = try file(table)
    let person = file.header.firstIndex(of: "person")
    let visit = file.header.firstIndex(of: "visit")
    return file.records.map { record in
      var record = record
      if let person { record[person] = pseudonym(record[person], ipp) }
      if let visit { record[visit] = pseudonym(record[visit], stay) }
      return record.joined(separator: "|")
    }.sorted()
  }

  /// The rows that came out.
  func actual(_ table: String, in database: Database) throws -> [String] {
    let names = try file(table).header
    let columns = names.map { TruthComparison.expression($0, of: table) }
    // SQLite writes a number of a numeric column with a point, 5.0; the truth writes 5.
    let numbers = Set(names.indices.filter { TruthComparison.numbers.contains(names[$0]) })
    return try database.rows("SELECT \(columns.joined(separator: ", ")) FROM \(table) AS t")
      .map { row in
        row.enumerated().map { index, cell in
          let cell = cell ?? ""
          return numbers.contains(index) && cell.hasSuffix(".0") ? String(cell.dropLast(2)) : cell
        }.joined(separator: "|")
      }.sorted()
  }

  private static let numbers: Set = ["quantity", "value_as_number", "range_low", "range_high"]

  /// What stands for a person, and for a stay.
  func person(_ number: String) -> String { pseudonym(number, ipp) }
  func stay(_ number: String) -> String { pseudonym(number, stay) }

  private func pseudonym(_ number: String, _ hasher: KeyHasher) -> String {
    number.isEmpty ? "" : hasher.digest(number.utf8).base64URL
  }

  /// What a column of the truth is in the CDM.
  private static func expression(_ column: String, of table: String) -> String {
    switch (column, table) {
    case ("person", "person"): "t.person_source_value"
    case ("person", _):
      "(SELECT person_source_value FROM person p WHERE p.person_id = t.person_id)"
    case ("visit", "visit_occurrence"): "t.visit_source_value"
    case ("visit", _):
      """
      (SELECT visit_source_value FROM visit_occurrence v
       WHERE v.visit_occurrence_id = t.visit_occurrence_id)
      """
    case ("care_site", "care_site"): "t.care_site_source_value"
    case ("care_site", _):
      "(SELECT care_site_source_value FROM care_site c WHERE c.care_site_id = t.care_site_id)"
    case ("location", "location"): "t.location_source_value"
    case ("location", _):
      "(SELECT location_source_value FROM location l WHERE l.location_id = t.location_id)"
    default: "t.\(column)"
    }
  }
}
