import Foundation
import TestSupport
import Testing

private let referenceData = ProcessInfo.processInfo.environment["ECLUSE_REFERENCE_DATA"]

/// Synthea's public export beside what OHDSI/dbt-synthea makes of it.
///
/// Every row that it writes is there; each row more has a reason. It drops a code without a mapping
/// and a concept of another domain than its source table expects; here such rows are kept and routed.
@Suite(.enabled(if: referenceData != nil, "needs ECLUSE_REFERENCE_DATA"))
struct SyntheaTests {
  /// Why a row is there.
  private enum Reason: Hashable {
    case asReference
    /// The code has no concept in the vocabulary that comes with the data: kept with concept 0.
    case noConcept
    /// The concept is standard, and the reduced vocabulary lacks the `Maps to` to itself by which the
    /// reference finds it.
    case standardItself
  }

  private struct Scene {
    let folder: URL
    let database: Database
    let run: Program.Ending

    init(_ folder: URL, _ more: [String] = []) throws {
      self.folder = folder
      let synthea = URL(fileURLWithPath: try #require(referenceData))
        .appendingPathComponent("synthea")
      let vocabulary = folder.appendingPathComponent("vocabulary")
      try FileManager.default.createDirectory(at: vocabulary, withIntermediateDirectories: true)
      for (name, file) in [
        ("CONCEPT.csv", "reconstructed-vocabulary/concept_seed.csv"),
        ("CONCEPT_RELATIONSHIP.csv", "vocabulary/concept_relationship_seed.csv"),
        ("VOCABULARY.csv", "vocabulary/vocabulary_seed.csv"),
        ("DOMAIN.csv", "vocabulary/domain_seed.csv"),
        ("CONCEPT_ANCESTOR.csv", "vocabulary/concept_ancestor_seed.csv"),
      ] {
        try FileManager.default.createSymbolicLink(
          at: vocabulary.appendingPathComponent(name),
          withDestinationURL: synthea.appendingPathComponent(file))
      }
      let target = folder.appendingPathComponent("synthea.sqlite")
      run = try Program.run(
        [
          "run", Project.root.appendingPathComponent("pipelines/synthea.yaml").path,
          "--set", "data=\(synthea.appendingPathComponent("synthea").path)",
          "--set", "vocabulary=\(vocabulary.path)", "--target", "sqlite:\(target.path)",
          "--as-of", "2024-12-01", "--quiet",
        ] + more)
      #expect(run.status == 0, "\(run.errors)")
      database = try Database(target)
    }

    /// The sources and targets of all valid `Maps to`.
    func mapsTo() throws -> Set<[String]> {
      let file = folder.appendingPathComponent("vocabulary/CONCEPT_RELATIONSHIP.csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      var edges: Set<[String]> = []
      for line in text.split(whereSeparator: \.isNewline).dropFirst() {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if cells.count == 6, cells[2].lowercased() == "maps to", cells[5].isEmpty {
          edges.insert([cells[0], cells[1]])
        }
      }
      return edges
    }
  }

  /// The counts that reference/synthea-mapping.md states, where its rules agree with the laws.
  @Test func `has every row of the reference, and no row without a reason`() throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      for (table, count) in [
        ("person", 27), ("provider", 166), ("care_site", 63), ("location", 90),
        ("visit_detail", 604), ("visit_occurrence", 604), ("death", 2),
        ("payer_plan_period", 1051), ("observation_period", 27),
      ] {
        #expect(try scene.database.count(table) == count, "\(table)")
      }
      let mapsTo = try scene.mapsTo()
      var found: [String: [Reason: Int]] = [:]
      for (table, prefix) in [
        ("condition_occurrence", "condition"), ("drug_exposure", "drug"),
        ("procedure_occurrence", "procedure"), ("measurement", "measurement"),
        ("observation", "observation"), ("device_exposure", "device"),
      ] {
        let rows = try scene.database.rows(
          "SELECT \(prefix)_concept_id, \(prefix)_source_concept_id FROM \(table)")
        for row in rows {
          let (concept, source) = (row[0] ?? "", row[1] ?? "")
          let reason: Reason
          if mapsTo.contains([source, concept]) {
            reason = .asReference
          } else if concept == "0" {
            reason = .noConcept
          } else {
            #expect(concept == source, "\(table): \(row)")
            reason = .standardItself
          }
          found[table, default: [:]][reason, default: 0] += 1
        }
      }
      #expect(
        found == [
          // 438 conditions: 180 and 247 in the reference, 11 dropped there.
          "condition_occurrence": [.asReference: 180, .noConcept: 4, .standardItself: 3],
          "procedure_occurrence": [.asReference: 146, .standardItself: 4],
          // 463 of observations and 97 of procedures; the 75 scores have no LOINC concept there.
          "measurement": [.asReference: 560, .noConcept: 75],
          // 247 of conditions, 36 of allergies, 452 of observations.
          "observation": [.asReference: 735, .noConcept: 5, .standardItself: 5],
          "drug_exposure": [.asReference: 663, .noConcept: 29],
          "device_exposure": [.asReference: 3],
        ])
      // The eras of the reference, and one for each of the three conditions that it does not have.
      #expect(try scene.database.count("condition_era") == 179 + 3)
      #expect(try scene.database.count("drug_era") == 62)
      let own = try scene.database.rows(
        """
        SELECT DISTINCT condition_concept_id FROM condition_occurrence
        WHERE condition_concept_id = condition_source_concept_id AND condition_concept_id <> 0
        """
      ).map { $0[0] ?? "" }.filter { !mapsTo.contains([$0, $0]) }
      let more = try scene.database.count(
        "condition_era WHERE condition_concept_id IN (\(own.joined(separator: ", ")))")
      #expect(more == 3)
    }
  }

  /// Section 3 of the reference's rules over its encounters, and what is otherwise here, row by row.
  @Test func `has every visit of the reference, which loses the end dates`() throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      let file = try CSVFile(
        URL(fileURLWithPath: try #require(referenceData))
          .appendingPathComponent("synthea/synthea/encounters.csv"))
      func column(_ name: String) -> Int { file.header.firstIndex(of: name) ?? 0 }
      let (start, stop) = (column("START"), column("STOP"))
      let kind = column("ENCOUNTERCLASS")
      let classes = [
        "ambulatory": 9202, "wellness": 9202, "outpatient": 9202, "emergency": 9203,
        "urgentcare": 9203, "inpatient": 9201,
      ]
      // No two encounters of a person that could be one visit touch, in the reference or here, so that
      // every encounter is one; the last day differs where it is another than the first.
      var expected: [String] = []
      var later: [String: Int] = [:]
      for record in file.records {
        let first = record[start].prefix(10)
        let last = (record[stop].isEmpty ? record[start] : record[stop]).prefix(10)
        if last > first { later[record[kind], default: 0] += 1 }
        expected.append("\(first)|\(last)|\(classes[record[kind]] ?? 0)|\(record[kind])")
      }
      let rows = try scene.database.rows(
        """
        SELECT visit_start_date, visit_end_date, visit_concept_id, visit_source_value
        FROM visit_occurrence
        """)
      #expect(rows.map { $0.map { $0 ?? "" }.joined(separator: "|") }.sorted() == expected.sorted())
      #expect(later == ["inpatient": 11, "ambulatory": 3])
      #expect(
        try scene.database.column(
          """
          SELECT count(*) FROM visit_detail d JOIN visit_occurrence v USING (visit_occurrence_id)
          WHERE d.visit_detail_start_date = v.visit_start_date
          """) == ["604"])
    }
  }

  /// The reference's period is that of the visit details; here every clinical row tells.
  @Test func `a period holds the reference's, and more for a row that lies outside`() throws {
    try withTemporaryFolder { folder in
      let database = try Scene(folder).database
      let rows = try database.rows(
        """
        SELECT o.observation_period_start_date, o.observation_period_end_date,
          o.period_type_concept_id,
          (SELECT min(visit_detail_start_date) FROM visit_detail d WHERE d.person_id = o.person_id),
          (SELECT max(visit_detail_start_date) FROM visit_detail d WHERE d.person_id = o.person_id),
          (SELECT max(visit_end_date) FROM visit_occurrence d
            WHERE d.person_id = o.person_id),
          (SELECT max(drug_exposure_end_date) FROM drug_exposure d WHERE d.person_id = o.person_id),
          (SELECT max(coalesce(condition_end_date, condition_start_date)) FROM condition_occurrence d
            WHERE d.person_id = o.person_id),
          (SELECT max(coalesce(procedure_end_date, procedure_date)) FROM procedure_occurrence d
            WHERE d.person_id = o.person_id),
          (SELECT max(measurement_date) FROM measurement d WHERE d.person_id = o.person_id),
          (SELECT max(observation_date) FROM observation d WHERE d.person_id = o.person_id)
        FROM observation_period o
        """)
      #expect(rows.count == 27)
      var reasons: [String: Int] = [:]
      for row in rows {
        let cells = row.map { $0 ?? "" }
        #expect(cells[0] <= cells[3] && cells[4] <= cells[1])
        #expect(cells[2] == "32882")
        if cells[0] < cells[3] { reasons["begins before the first encounter", default: 0] += 1 }
        if cells[1] > cells[4] {
          // What ends last.
          let tables = ["visit", "drug", "condition", "procedure", "measurement", "observation"]
          let reason = zip(tables, cells[5...]).first { $1 == cells[1] }?.0 ?? "nothing"
          reasons["\(reason) ends later", default: 0] += 1
        } else {
          reasons["as the reference", default: 0] += 1
        }
      }
      #expect(
        reasons == [
          "as the reference": 22, "condition ends later": 1, "procedure ends later": 2,
          "measurement ends later": 2, "begins before the first encounter": 4,
        ])
    }
  }

  @Test func `keeps what the reference loses: end dates, answers, costs of all procedures`() throws
  {
    try withTemporaryFolder { folder in
      let database = try Scene(folder).database
      // The encounters that end on a later day.
      #expect(
        try database.column(
          "SELECT count(*) FROM visit_detail WHERE visit_detail_end_date > visit_detail_start_date")
          == ["14"])
      #expect(
        try database.column(
          "SELECT count(*) FROM observation WHERE value_source_value IS NOT NULL") == ["452"])
      #expect(
        try database.rows(
          "SELECT cost_domain_id, count(*) FROM cost GROUP BY 1 ORDER BY 1")
          == [
            ["Drug", "663"], ["Measurement", "97"], ["Observation", "2"], ["Procedure", "150"],
            ["Visit", "604"],
          ])
      // A cost leads to a row of its domain.
      #expect(
        try database.column(
          """
          SELECT count(*) FROM cost c JOIN drug_exposure d ON d.drug_exposure_id = c.cost_event_id
          WHERE c.cost_domain_id = 'Drug'
          """) == ["663"])
      #expect(
        try database.column(
          "SELECT count(*) FROM measurement WHERE unit_source_value = 'kU/L' AND unit_concept_id = 0"
        )
          == ["30"])
    }
  }

  @Test(arguments: [["--memory", "1MB"], ["--memory", "1MB", "--threads", "1"]])
  func `is the same whatever the budget`(_ options: [String]) throws {
    try withTemporaryFolder { folder in
      let whole = try Scene(folder.appendingPathComponent("whole"))
      let cut = try Scene(folder.appendingPathComponent("cut"), options)
      for table in ["cost", "observation", "condition_occurrence", "location", "visit_detail"] {
        let rows = "SELECT * FROM \(table) ORDER BY 1"
        #expect(try cut.database.rows(rows) == whole.database.rows(rows))
      }
    }
  }
}
