import Diagnostics
import Engine
import Foundation
import Pipelines
import Privacy
import TestSupport
import Testing

/// What waits in an exchange may be written to a scratch file.
struct ExchangePrivacyTests {
  @Test func `the text of an identifier waits for nobody, whichever rule reads it`() throws {
    try withTemporaryFolder { folder in
      let session = try SmallProject(
        folder,
        pipeline: """
          language: 1
          pipeline: p
          source: { name: P, abbreviation: P }
          extract:
            patients:
              csv: { files: patients.csv }
              key: [IPP]
              columns: { IPP: identifier, CP: identifier, SEXE: text }
            stays:
              csv: { files: stays.csv }
              key: [NUM]
              columns: { NUM: local_key, IPP: identifier, DAY: { date: yyyy-MM-dd } }
          transform:
            - id: person
              into: person
              from: patients
              person: IPP
              fields: { gender_concept_id: 0, year_of_birth: 1950 }
            - id: place
              into: observation
              from: stays
              join: { patients: IPP }
              person: IPP
              fields:
                observation_concept_id: 0
                observation_date: DAY
                observation_type_concept_id: 32817
                value_as_string: department(patients.CP)
            - id: stay
              into: visit_occurrence
              from: stays
              join: { patients: IPP }
              where: patients.SEXE = 'F'
              person: IPP
              fields:
                visit_concept_id: 0
                visit_start_date: DAY
                visit_type_concept_id: 32817

          """,
        files: [
          "patients.csv": "IPP,CP,SEXE\nP1,69001,F\n",
          "stays.csv": "NUM,IPP,DAY\nS1,P1,2024-01-02\n",
        ]
      ).session()
      let project = try #require(session.project)
      #expect(!session.diagnostics.hasErrors, "\(session.diagnostics.all.map(\.message))")
      var options = RunOptions(threads: 1, memory: 1 << 20, scratch: folder.path)
      options.broadcastBytes = 0
      let plan = try RunPlanner(
        project: project, vocabulary: nil, mappings: nil,
        key: try SecretKey(bytes: Array("a secret for tests alone, and long enough for it".utf8)),
        asOf: Project.asOf,
        registry: .standard, options: options
      ).plan()
      let joins = plan.transformers.flatMap(\.exchanges).compactMap(\.join)
      #expect(joins.count == 1)
      for join in joins {
        let columns = try #require(join.columns)
        #expect(!columns.contains { $0.hasSuffix("#raw") }, "\(columns)")
      }
      // The rule that tells the department holds the table instead.
      #expect(
        plan.transformers.flatMap(\.broadcasts).contains { $0.columns?.contains("CP#raw") == true })
    }
  }
}
