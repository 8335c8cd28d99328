import Engine
import Foundation
import Pipelines
import TestSupport
import Testing

/// What a pipeline says of visits and periods, from its file to the CDM.
struct WholePersonTests {
  private static let pipeline = """
    language: 1
    pipeline: p
    source: { name: p, delivered: 2024-12-31 }
    extract:
      people:
        csv: { files: people.csv }
        key: [ID]
        columns: { ID: identifier, BORN: date }
      stays:
        csv: { files: stays.csv }
        key: [STAY]
        columns: { STAY: local_key, ID: identifier, FIRST: date, LAST: date, CLASS: text, UNIT: text }
      notes:
        csv: { files: notes.csv }
        columns: { ID: identifier, DAY: date, TEXT: text }
    visits:
      merge:
        stays: 9201
        touching: 9203
        emergency: { classes: 9203 }
        details: merged
      link: date
      preceding: true
    observation_period: { by: gap, gap: 100, persistence: 10, type: 32882 }
    transform:
      - id: person
        into: person
        from: people
        person: ID
        fields: { year_of_birth: extract(year from BORN), gender_concept_id: 0 }
      - id: stay
        into: visit_occurrence
        from: stays
        person: ID
        fields:
          visit_concept_id: case CLASS when 'H' then 9201 else 9203 end
          visit_start_date: FIRST
          visit_end_date: LAST
          visit_type_concept_id: 32817
          visit_source_value: UNIT
      - id: unit
        into: visit_detail
        from: stays
        person: ID
        visit: { rule: stay, key: STAY }
        fields:
          visit_detail_concept_id: 0
          visit_detail_start_date: FIRST
          visit_detail_end_date: LAST
          visit_detail_type_concept_id: 32817
          visit_detail_source_value: UNIT
      - id: note
        into: observation
        from: notes
        person: ID
        key: [ID, DAY, TEXT]
        fields:
          observation_concept_id: 0
          observation_type_concept_id: 32817
          observation_date: DAY
          value_as_string: TEXT
    """

  private static let files = [
    "people.csv": "ID,BORN\n1,1950-01-01\n2,1960-01-01\n",
    "stays.csv": """
    STAY,ID,FIRST,LAST,CLASS,UNIT
    a,1,2024-03-01,2024-03-01,E,emergencies
    b,1,2024-03-02,2024-03-05,H,cardiology
    c,1,2024-03-06,2024-03-09,H,rehabilitation
    d,1,2024-12-28,2024-12-29,H,cardiology

    """,
    "notes.csv": "ID,DAY,TEXT\n1,2024-03-08,within\n1,2024-05-01,between\n",
  ]

  private func project(_ folder: URL, without: String) throws -> SmallProject {
    try SmallProject(
      folder, pipeline: Self.pipeline, files: Self.files,
      settings: "derive: { observation_period: { without: \(without) } }\n")
  }

  private func cells(_ project: SmallProject, _ table: String, _ names: [String]) throws -> [String]
  {
    let file = try CSVFile(project.folder.appendingPathComponent("cdm/\(table).csv"))
    return file.records.map { record in
      names.map { name in file.header.firstIndex(of: name).map { record[$0] } ?? "?" }
        .joined(separator: " ")
    }.sorted()
  }

  @Test(arguments: [1, 2])
  func `visits are merged, linked and put behind one another as the file says`(threads: Int) throws
  {
    try withTemporaryFolder { folder in
      let project = try project(folder, without: "keep")
      let books = try project.run(threads: threads).books
      #expect(
        try cells(
          project, "visit_occurrence",
          ["visit_start_date", "visit_end_date", "visit_concept_id", "visit_source_value"]) == [
            "2024-03-01 2024-03-09 262 cardiology", "2024-12-28 2024-12-29 9201 cardiology",
          ])
      #expect(
        try cells(project, "visit_detail", ["visit_detail_source_value"])
          == ["cardiology", "emergencies", "rehabilitation"])
      let visits = try cells(
        project, "visit_occurrence", ["visit_start_date", "visit_occurrence_id"])
      let first = visits[0].split(separator: " ")[1]
      #expect(
        try cells(project, "observation", ["value_as_string", "visit_occurrence_id"])
          == ["between ", "within \(first)"])
      #expect(
        try cells(
          project, "visit_occurrence", ["visit_start_date", "preceding_visit_occurrence_id"])
          == ["2024-03-01 ", "2024-12-28 \(first)"])
      // Ten days after the last event, and no day after the delivery.
      #expect(
        try cells(
          project, "observation_period",
          [
            "observation_period_start_date", "observation_period_end_date",
            "period_type_concept_id",
          ])
          == ["2024-03-01 2024-05-11 32882", "2024-12-28 2024-12-31 32882"])
      #expect(books.persons?.unobserved == 1)
      #expect(
        try project.quarantine().map { "\($0.kind) \($0.file):\($0.line) \($0.reason)" }
          == ["person people.csv:3 no_observation_period"])
      #expect(
        try cells(project, "metadata", ["name", "value_as_number"])
          == ["persons without observation period 1"])
    }
  }

  @Test func `who was never observed is left out where the project says so`() throws {
    try withTemporaryFolder { folder in
      let project = try project(folder, without: "drop")
      let books = try project.run().books
      #expect(try cells(project, "person", ["year_of_birth"]) == ["1950"])
      #expect(books.persons?.reasons == ["no_observation_period": 1])
      #expect(
        try project.quarantine().map { "\($0.kind) \($0.file):\($0.line) \($0.reason)" }
          == ["row people.csv:3 no_observation_period"])
      #expect(
        try cells(project, "metadata", ["name", "value_as_number"]) == [
          "persons left out: no_observation_period 1",
          "rows left out: p/person: no_observation_period 1",
        ])
    }
  }
}
