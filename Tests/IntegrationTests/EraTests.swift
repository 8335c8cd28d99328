import Engine
import Foundation
import Pipelines
import TestSupport
import Testing

private let referenceData = ProcessInfo.processInfo.environment["ECLUSE_REFERENCE_DATA"]

/// Eras of the public CDM GiBleed (OHDSI Eunomia), made anew from its occurrences and exposures.
@Suite(.enabled(if: referenceData != nil, "needs ECLUSE_REFERENCE_DATA"))
struct EraTests {
  @Test func `eras are those that the CDM itself has`() throws {
    try withTemporaryFolder { folder in
      let source = URL(fileURLWithPath: try #require(referenceData))
        .appendingPathComponent("gibleed")
      let vocabulary = folder.appendingPathComponent("vocabulary")
      try FileManager.default.createDirectory(at: vocabulary, withIntermediateDirectories: true)
      for name in [
        "concept", "concept_relationship", "vocabulary", "domain", "concept_ancestor",
      ] {
        let file = vocabulary.appendingPathComponent("\(name.uppercased()).csv")
        try Data(try lines(source, name).joined(separator: "\n").utf8 + [10]).write(to: file)
      }
      let project = try SmallProject(
        folder, pipeline: pipeline.replacing("DATA", with: source.path),
        settings: "vocabulary: vocabulary\nderive: { condition_era: {}, drug_era: { gap: 30 } }\n")
      _ = try project.run()

      let people = try persons(source, project)
      let conditions = try eras(
        lines(source, "condition_era"), columns: [1, 2, 3, 4, 5]
      ).filter { $0.split(separator: ",")[1] != "0" }
      let made = try eras(
        project.text("condition_era").components(separatedBy: "\n"), columns: [1, 2, 3, 4, 5])
      #expect(conditions.count == 65_276)
      #expect(multiset(renamed(made, people)) == multiset(conditions))

      let drugs = try eras(lines(source, "drug_era"), columns: [1, 2, 3, 4, 5])
      let own = try eras(
        project.text("drug_era").components(separatedBy: "\n"), columns: [1, 2, 3, 4, 5])
      #expect(drugs.count == 52_508)
      var left = multiset(renamed(own, people))
      let shared = drugs.count { era in
        guard let count = left[era], count > 0 else { return false }
        left[era] = count - 1
        return true
      }
      #expect(shared == 52_500)
      #expect(own.count == drugs.count)
    }
  }

  /// The lines of a table of the CDM.
  private func lines(_ source: URL, _ name: String) throws -> [String] {
    let path = source.appendingPathComponent("\(name).csv.gz").path
    let gzip = try Program.Running(URL(fileURLWithPath: "/usr/bin/gzip"), ["-dc", path], in: nil)
    let ending = try gzip.wait()
    #expect(ending.status == 0)
    return ending.output.split(separator: "\n").map(String.init)
  }

  /// Some cells of each row, without the header.
  private func eras(_ lines: [String], columns: [Int]) -> [String] {
    lines.dropFirst().filter { !$0.isEmpty }.map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return columns.map { String(cells[$0]) }.joined(separator: ",")
    }
  }

  private func multiset(_ rows: [String]) -> [String: Int] {
    Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// The numbers that persons have in the source, by their ids.
  private func persons(_ source: URL, _ project: SmallProject) throws -> [String: String] {
    let numbers = Dictionary(
      uniqueKeysWithValues: eras(try lines(source, "person"), columns: [11, 0]).map { pair in
        let parts = pair.split(separator: ",").map(String.init)
        return (parts[0], parts[1])
      })
    let rows = try project.text("person").split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let name = try #require(rows[0].firstIndex(of: "person_source_value"))
    return Dictionary(
      uniqueKeysWithValues: rows.dropFirst().map { ($0[0], numbers[$0[name]] ?? "?") })
  }

  /// The rows with the numbers that persons have in the source.
  private func renamed(_ rows: [String], _ persons: [String: String]) -> [String] {
    rows.map { row in
      let parts = row.split(separator: ",", maxSplits: 1)
      return "\(persons[String(parts[0])] ?? "?"),\(parts[1])"
    }
  }

  private let pipeline = """
    language: 1
    pipeline: gibleed
    source: { name: GiBleed, abbreviation: GB }
    extract:
      persons:
        csv: { files: DATA/person.csv.gz }
        columns:
          person_id: { identifier: { namespace: id } }
          gender_concept_id: integer
          year_of_birth: integer
          person_source_value: text
      conditions:
        csv: { files: DATA/condition_occurrence.csv.gz }
        columns:
          condition_occurrence_id: local_key
          person_id: { identifier: { namespace: id } }
          condition_concept_id: integer
          condition_start_date: date
          condition_end_date: date
          condition_type_concept_id: integer
      drugs:
        csv: { files: DATA/drug_exposure.csv.gz }
        columns:
          drug_exposure_id: local_key
          person_id: { identifier: { namespace: id } }
          drug_concept_id: integer
          drug_exposure_start_date: date
          drug_exposure_end_date: date
          drug_type_concept_id: integer
    transform:
      - id: person
        into: person
        from: persons
        person: person_id
        fields:
          gender_concept_id: gender_concept_id
          year_of_birth: year_of_birth
          person_source_value: person_source_value
      - id: condition
        into: condition_occurrence
        from: conditions
        person: person_id
        key: [condition_occurrence_id]
        fields:
          condition_concept_id: condition_concept_id
          condition_start_date: condition_start_date
          condition_end_date: condition_end_date
          condition_type_concept_id: condition_type_concept_id
      - id: drug
        into: drug_exposure
        from: drugs
        person: person_id
        key: [drug_exposure_id]
        fields:
          drug_concept_id: drug_concept_id
          drug_exposure_start_date: drug_exposure_start_date
          drug_exposure_end_date: drug_exposure_end_date
          drug_type_concept_id: drug_type_concept_id
    """
}
