import Diagnostics
import Engine
import Foundation
import Pipelines
import TestSupport
import Testing
import Vocabulary

/// Files that Usagi saved, from a project that names them to the rows of the CDM.
struct MappingPartTests {
  private static let head =
    "sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,matchScore,mappingStatus,"
    + "equivalence,statusSetBy,statusSetOn,conceptId,conceptName,domainId,mappingType,comment,"
    + "createdBy,createdOn,assignedReviewer\n"

  private static func row(
    _ code: String, _ concept: Int, _ type: String = "MAPS_TO", status: String = "APPROVED"
  ) -> String {
    let equivalence = concept == 0 ? "UNMATCHED" : "EQUAL"
    return "\(code),,1,,0.90,\(status),\(equivalence),a,1,\(concept),,,\(type),a comment,a,1,\n"
  }

  private static let codes =
    head
    + row("GLU<5", 3_000_001) + row("GLU<5", 3_000_011, "MAPS_TO_UNIT")
    + row("GLU<5", 3_000_012, "MAPS_TO_OPERATOR") + row("GLU<5", 3_000_013, "MAPS_TO_NUMBER")
    + row("GLU<5", 3_000_014, "MAPS_TO_TYPE")
    + row("HIV+", 3_000_002) + row("HIV+", 3_000_015, "MAPS_TO_VALUE")
    + row("NONE", 0) + row("FLAG", 3_000_001, status: "FLAGGED")

  private static let concepts: [(Int, String, String, String)] = [
    (3_000_001, "Glucose", "Measurement", "S"), (3_000_002, "HIV antibody", "Observation", "S"),
    (3_000_011, "millimole per liter", "Unit", "S"), (3_000_012, "<", "Meas Value Operator", "S"),
    (3_000_013, "5.5", "Meas Value", "S"), (3_000_014, "Lab", "Type Concept", "S"),
    (3_000_015, "Positive", "Meas Value", "S"), (32817, "EHR", "Type Concept", "S"),
    (8507, "MALE", "Gender", "S"), (3_000_099, "Other unit", "Unit", "S"),
  ]

  private static let pipeline = """
    language: 1
    pipeline: lab
    source: { name: L, abbreviation: L, zone: Europe/Paris, delivered: 2024-03-01 }
    extract:
      patients:
        csv: { files: patients.csv }
        key: P
        columns: { P: identifier, B: { date: yyyy-MM-dd } }
      results:
        csv: { files: results.csv }
        key: N
        columns: { P: identifier, N: integer, CODE: text, D: { date: yyyy-MM-dd }, OWN: integer }
    transform:
      - id: person
        into: person
        from: patients
        person: P
        fields: { gender_concept_id: 8507, year_of_birth: extract(year from B), race_concept_id: 0, ethnicity_concept_id: 0 }
      - id: result
        into: event
        from: results
        person: P
        concept: { code: CODE, map: lab, default_domain: Measurement }
        fields: { start_date: D, unit_concept_id: OWN }
    """

  private func project(
    _ folder: URL, pipeline: String = Self.pipeline, codes: String = Self.codes
  ) throws -> SmallProject {
    for name in ["mappings", "vocabulary"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    let rows = Self.concepts.map { id, name, domain, standard in
      "\(id)\t\(name)\t\(domain)\tV\tC\t\(standard)\tc\(id)\t19700101\t20991231\t\n"
    }
    let header =
      "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\t"
      + "concept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason\n"
    return try SmallProject(
      folder, pipeline: pipeline,
      files: [
        "patients.csv": "P,B\n1,1950-01-01\n",
        "results.csv": "P,N,CODE,D,OWN\n1,1,GLU<5,2024-01-01,\n1,2,GLU<5,2024-01-02,3000099\n"
          + "1,3,HIV+,2024-01-03,\n1,4,NONE,2024-01-04,\n1,5,FLAG,2024-01-05,\n",
        "mappings/lab.csv": codes,
        "vocabulary/CONCEPT.csv": header + rows.joined(),
      ], settings: "vocabulary: vocabulary\nmappings: mappings\n")
  }

  /// Some columns of the rows of a table.
  private func cells(_ project: SmallProject, _ table: String, _ columns: [String]) throws
    -> [String]
  {
    let lines = try project.text(table).split(separator: "\n")
    let header = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return columns.map { name in
        header.firstIndex(of: name).map { String(cells[$0]) } ?? "?"
      }.joined(separator: " ")
    }.sorted()
  }

  @Test func `unit, operator, number, type and value of a code fill their fields`() throws {
    try withTemporaryFolder { folder in
      let project = try project(folder)
      let session = project.session()
      #expect(session.diagnostics.all.map(\.code) == ["not-approved"])
      let outcome = try project.run()
      let columns = [
        "measurement_concept_id", "operator_concept_id", "value_as_number", "unit_concept_id",
        "measurement_type_concept_id", "measurement_source_value",
      ]
      #expect(
        try cells(project, "measurement", columns) == [
          "0    0 FLAG", "0    0 NONE",
          "3000001 3000012 5.5 3000011 3000014 GLU<5",
          // The rule's own unit wins.
          "3000001 3000012 5.5 3000099 3000014 GLU<5",
        ])
      #expect(
        try cells(project, "observation", ["observation_concept_id", "value_as_concept_id"])
          == ["3000002 3000015"])
      let account = try #require(outcome.books.rules.first { $0.rule == "lab/result" })
      #expect(account.notes["own_unit_wins"] == 1)
      #expect(account.notes["without_target"] == 1)
      #expect(account.unmapped == 1)
      #expect(account.notes["default:concept_0:measurement_type_concept_id"] == 2)
    }
  }

  @Test func `a pipeline chooses the states that count`() throws {
    try withTemporaryFolder { folder in
      let project = try project(
        folder,
        pipeline: Self.pipeline.replacing(
          "transform:", with: "mapping_states: [APPROVED, FLAGGED]\ntransform:"))
      #expect(project.session().diagnostics.isEmpty)
      let outcome = try project.run()
      #expect(outcome.books.rules.first { $0.rule == "lab/result" }?.unmapped == 0)
      #expect(
        try cells(project, "measurement", ["measurement_source_value", "measurement_concept_id"])
          .first == "FLAG 3000001")
    }
  }

  @Test func `a mapping file may name a local concept, and a code may be one`() throws {
    try withTemporaryFolder { folder in
      let project = try project(folder, codes: Self.head + Self.row("HIV+", 2_000_000_001))
      let local =
        "vocabulary_id,concept_code,concept_name,domain_id,standard_concept,maps_to\n"
        + "OURS,NEW,Our own test,Observation,S,\nOURS,GLU<5,Our own code,Measurement,,3000001\n"
      try Data(local.utf8).write(to: folder.appendingPathComponent("mappings/local_concepts.csv"))
      // Without an id nothing is run.
      let missing = project.session().diagnostics
      #expect(missing.all.count { $0.code == "no-local-id" } == 2)
      let ids =
        "concept_id,vocabulary_id,concept_code\n2000000001,OURS,NEW\n2000000002,OURS,GLU<5\n"
      try Data(ids.utf8).write(to: folder.appendingPathComponent("mappings/local_concept_ids.csv"))
      let pipeline = Self.pipeline.replacing("map: lab,", with: "map: lab, vocabulary: OURS,")
        .replacing("unit_concept_id: OWN", with: "unit_concept_id: OWN, type_concept_id: 32817")
      try Data(pipeline.utf8).write(to: folder.appendingPathComponent("p.yaml"))
      let session = project.session()
      #expect(session.diagnostics.isEmpty, "\(session.diagnostics.all)")
      #expect(session.localConcepts.concepts.count == 2)
      _ = try project.run()
      #expect(
        try cells(project, "observation", ["observation_concept_id", "observation_source_value"])
          == ["2000000001 HIV+"])
      let columns = [
        "measurement_concept_id", "measurement_source_concept_id", "measurement_source_value",
      ]
      #expect(
        try cells(project, "measurement", columns) == [
          "0 0 FLAG", "0 0 NONE", "3000001 2000000002 GLU<5", "3000001 2000000002 GLU<5",
        ])
    }
  }

  @Test func `a state that is none is told with the one that was meant`() throws {
    try withTemporaryFolder { folder in
      let project = try project(
        folder,
        pipeline: Self.pipeline.replacing("transform:", with: "mapping_states: FLAGED\ntransform:"))
      let list = project.session().diagnostics
      #expect(list.all.map(\.code).contains("unknown-state"))
      let found = try #require(list.all.first { $0.code == "unknown-state" })
      #expect(found.position?.line == 13 && found.position?.column == 17)
      #expect(found.hint?.hasPrefix("did you mean `FLAGGED`?") == true)
    }
  }

  @Test func `parts that stand nowhere, and numbers that are none, are told`() throws {
    try withTemporaryFolder { folder in
      let codes =
        Self.head + Self.row("A", 3_000_002) + Self.row("A", 3_000_012, "MAPS_TO_OPERATOR")
        + Self.row("B", 3_000_001) + Self.row("B", 3_000_015, "MAPS_TO_NUMBER")
        + Self.row("C", 3_000_001) + Self.row("C", 3_000_015, "MAPS_TO_UNIT")
      let list = try project(folder, codes: codes).session().diagnostics
      #expect(
        list.sorted.compactMap { $0.position?.file.hasSuffix("lab.csv") == true ? $0.code : nil }
          == ["part-without-place", "not-a-number", "mapping-type-domain"])
      // Without a row of MAPS_TO_TYPE the rule must say where its records come from.
      #expect(list.all.contains { $0.code == "missing-field" && $0.severity == .error })
    }
  }
}
