import Foundation
import TestSupport
import Testing

/// `ecluse test` says of which rules no test speaks.
struct RuleCoverageTests {
  private struct Report: Decodable {
    struct Rule: Decodable { var rule, coverage: String }
    struct Test: Decodable { var passed: Bool }
    var rules: [Rule]
    var tests: [Test]
  }

  private static func rule(_ id: String, _ into: String, _ from: String, _ fields: String) -> String
  {
    "  - { id: \(id), into: \(into), from: \(from), person: IPP, \(fields) }\n"
  }

  private static let observation =
    "fields: { observation_concept_id: 0, observation_date: DAY, "
    + "observation_type_concept_id: 32817 }"

  private func project(_ folder: URL) throws -> String {
    let columns = "columns: { IPP: { identifier: { namespace: person } }, DAY: date }"
    let table = "key: [IPP, DAY], " + columns
    _ = try SmallProject(
      folder,
      pipeline: """
        language: 1
        pipeline: p
        source: { name: P, abbreviation: P }
        extract:
          patients: { csv: { files: a.csv }, \(table) }
          seen: { csv: { files: b.csv }, \(table) }
          unseen: { csv: { files: c.csv }, \(table) }
        transform:
        \(Self.rule("patient", "person", "patients", "fields: { gender_concept_id: 0, year_of_birth: extract(year from DAY) }"))\
        \(Self.rule("kept", "observation", "seen", Self.observation))\
        \(Self.rule("filtered", "observation", "seen", "where: false, " + Self.observation))\
        \(Self.rule("refused", "visit_occurrence", "seen", "fields: { visit_concept_id: 0, visit_start_date: cast(null as date), visit_type_concept_id: 32817 }"))\
        \(Self.rule("silent", "note", "seen", "fields: { note_date: DAY, note_type_concept_id: 32817, note_class_concept_id: 0, note_text: \"'x'\", encoding_concept_id: 0, language_concept_id: 0 }"))\
        \(Self.rule("alone", "observation", "unseen", Self.observation))
        tests:
          - name: one
            given:
              patients: [{ IPP: "1", DAY: "1950-01-01" }]
              seen: [{ IPP: "1", DAY: "2024-01-01" }]
            expect:
              person: [{ year_of_birth: 1950 }]
              observation: [{ observation_date: "2024-01-01" }]
              quarantine: [{ table: seen, row: 1, rule: refused, reason: required_missing }]

        """)
    return folder.appendingPathComponent("project.yaml").path
  }

  @Test func `each rule is as covered as the test that goes furthest with it`() throws {
    try withTemporaryFolder { folder in
      let project = try project(folder)
      let ending = try Program.run(["test", project, "--format", "json"])
      #expect(ending.status == 0, "\(ending.text)")
      let report = try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
      #expect(report.tests.map(\.passed) == [true])
      let reach = Dictionary(
        uniqueKeysWithValues: report.rules.map { ($0.rule, $0.coverage) })
      #expect(
        reach == [
          "p/patient": "covered", "p/kept": "covered", "p/filtered": "no rows",
          "p/refused": "covered", "p/silent": "not expected", "p/alone": "not reached",
        ])
      let strict = try Program.run(["test", project, "--require-coverage"])
      #expect(strict.status == 1)
      #expect(strict.output.contains("rules covered: 3 of 6"))
      #expect(strict.output.contains("p/alone: no test gives it a row"))
    }
  }
}
