import Engine
import Foundation
import Pipelines
import TestSupport
import Testing

/// Rows that name rows of other persons: mother and child.
struct RelationTests {
  @Test func `mother and child are found, wherever their rows are finished`() throws {
    try withTemporaryFolder { folder in
      let project = try self.project(folder, births: 300)
      let outcome = try project.run(threads: 2)
      let ids = try personIDs(project)
      let expected = (0..<300).flatMap { number in
        ["56,\(ids["C\(number)"] ?? 0),56,\(ids["M\(number % 40)"] ?? 0),4277283"]
      }
      let lines = try project.text("fact_relationship").split(separator: "\n").dropFirst()
      let family = lines.filter { $0.hasSuffix("4277283") }.map(String.init)
      #expect(family.sorted() == expected.sorted())
      // The weight of a child is an observation of the child, and the mother of another person.
      let weights = lines.filter { $0.hasSuffix("4212033") }
      #expect(weights.count == 300)
      #expect(weights.allSatisfy { $0.hasPrefix("27,") && $0.contains(",56,") })
      let account = try #require(outcome.books.rules.first { $0.rule == "p/family" })
      #expect((account.emitted, account.quarantined) == (300, 0))
    }
  }

  @Test func `a row that cannot be found is told with the row that is to blame`() throws {
    try withTemporaryFolder { folder in
      let project = try self.project(
        folder, births: 3,
        more: [
          // Of nobody; of a person in quarantine; of two others; of two, one of whom is its own.
          "C0,M99,", "C1,MX,", "C2,,W7", "C1,,W7",
        ],
        patients: ["MX,1980,Q,MX", "MX,1981,F,MX"], weights: ["C1,W7", "M1,W7"])
      _ = try project.run()
      let refused = try project.quarantine().filter { $0.rule != "p/patient" }
        .map { "\($0.line) \($0.reason) \($0.field ?? "") \($0.parentLine ?? 0)" }
      #expect(
        refused.sorted() == [
          "5 required_missing fact_id_2 0", "6 parent_quarantined fact_id_2 8",
          "7 reference_ambiguous fact_id_2 0",
        ])
      let lines = try project.text("fact_relationship").split(separator: "\n")
      #expect(lines.count { $0.hasSuffix("4173000") } == 1)
    }
  }

  @Test func `threads, memory and order of rows leave no trace`() throws {
    let texts = try [(1, 64 << 20, false), (2, 64 << 20, false), (2, 1 << 20, true)].map {
      (threads, memory, isReversed) in
      try withTemporaryFolder { folder in
        var project = try self.project(folder, births: 400, isReversed: isReversed)
        project.memory = memory
        _ = try project.run(block: memory == 1 << 20 ? 512 : nil, threads: threads)
        return try project.text("fact_relationship")
      }
    }
    #expect(Set(texts).count == 1)
    #expect(texts[0].split(separator: "\n").count == 801)
  }

  private func personIDs(_ project: SmallProject) throws -> [String: Int] {
    let rows = try project.text("person").split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let id = try #require(rows[0].firstIndex(of: "person_id"))
    let source = try #require(rows[0].firstIndex(of: "person_source_value"))
    return Dictionary(
      uniqueKeysWithValues: rows.dropFirst().map { (String($0[source]), Int($0[id]) ?? 0) })
  }

  private func project(
    _ folder: URL, births: Int, more: [String] = [], patients: [String] = [],
    weights: [String] = [], isReversed: Bool = false
  ) throws -> SmallProject {
    func file(_ header: String, _ rows: [String]) -> String {
      ([header] + (isReversed ? rows.reversed() : rows)).joined(separator: "\n") + "\n"
    }
    let children = (0..<births).map { "C\($0),2020,F,C\($0)" }
    let mothers = (0..<min(births, 40)).map { "M\($0),1990,F,M\($0)" }
    return try SmallProject(
      folder, pipeline: pipeline,
      files: [
        "patients.csv": file("ID,YEAR,SEX,NAME", children + mothers + patients),
        "births.csv": file(
          "CHILD,MOTHER,WEIGHT", (0..<births).map { "C\($0),M\($0 % 40),W\($0)" } + more),
        "weights.csv": file(
          "ID,NUM", (0..<births).map { "C\($0),W\($0)" } + weights),
      ])
  }

  private let pipeline = """
    language: 1
    pipeline: p
    source: { name: P, abbreviation: P }
    extract:
      patients:
        csv: { files: patients.csv }
        columns:
          ID: { identifier: { namespace: id } }
          NAME: text
          YEAR: integer
          SEX: text
      births:
        csv: { files: births.csv }
        columns:
          CHILD: { identifier: { namespace: id } }
          MOTHER: { identifier: { namespace: id } }
          WEIGHT: { local_key: { namespace: num } }
      weights:
        csv: { files: weights.csv }
        columns: { ID: { identifier: { namespace: id } }, NUM: { local_key: { namespace: num } } }
    transform:
      - id: patient
        into: person
        from: patients
        person: ID
        key: [ID]
        fields:
          gender_concept_id: CASE SEX WHEN 'F' THEN 8532 END
          year_of_birth: YEAR
          person_source_value: NAME
      - id: weight
        into: observation
        from: weights
        person: ID
        key: [NUM]
        fields:
          observation_concept_id: 0
          observation_date: DATE '2020-01-01'
          observation_type_concept_id: 32817
      - id: family
        into: fact_relationship
        from: births
        where: MOTHER IS NOT NULL
        person: CHILD
        key: [CHILD, MOTHER]
        fields:
          fact_id_1: { rule: patient, key: CHILD }
          fact_id_2: { rule: patient, key: MOTHER }
          relationship_concept_id: 4277283
      - id: birth_weight
        into: fact_relationship
        from: births
        where: MOTHER IS NOT NULL AND WEIGHT IS NOT NULL
        person: CHILD
        key: [CHILD, WEIGHT]
        fields:
          fact_id_1: { rule: weight, key: WEIGHT }
          fact_id_2: { rule: patient, key: MOTHER }
          relationship_concept_id: 4212033
      - id: other
        into: fact_relationship
        from: births
        where: MOTHER IS NULL
        person: CHILD
        key: [CHILD, WEIGHT]
        fields:
          fact_id_1: { rule: patient, key: CHILD }
          fact_id_2: { rule: weight, key: WEIGHT }
          relationship_concept_id: 4173000
    """
}
