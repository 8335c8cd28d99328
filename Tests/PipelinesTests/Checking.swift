import Diagnostics
import Foundation
import TestSupport
import Vocabulary

@testable import Pipelines

/// A project read from texts in memory and checked against a small vocabulary and mapping files.
struct Checking {
  let checked: CheckedProject?
  let diagnostics: DiagnosticList

  init(
    project: String = GoodProject.project, pipeline: String = GoodProject.pipeline,
    mappings files: [String: String] = [:], withVocabulary: Bool = true
  ) throws {
    let loading = Loading(project: project, pipeline: pipeline)
    var diagnostics = loading.diagnostics
    var checked: CheckedProject?
    try withTemporaryFolder { folder in
      for (name, text) in Self.mappings.merging(files, uniquingKeysWith: { _, new in new }) {
        try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).csv"))
      }
      let catalog = try MappingCatalog(folder: folder.path, asOf: 19_783)
      guard let definition = loading.project else { return }
      var checker = ProjectChecker(
        definition, vocabulary: withVocabulary ? try Self.vocabulary() : nil, mappings: catalog,
        asOf: 19_783)
      checked = checker.check()
      diagnostics.add(checker.diagnostics)
    }
    self.checked = checked
    self.diagnostics = diagnostics
  }

  var said: [String] { diagnostics.sorted.map { Loading.line($0.code, $0.position) } }

  static let mappings = [
    "visit_type": "source,concept_id\nH,9201\nC,9202\n",
    "lab": "source_code,target_concept_id\nGLU,3004501\n",
  ]

  static func vocabulary() throws -> VocabularyIndex {
    func standard(_ id: Int64, _ domain: String, _ vocabulary: String = "SNOMED") -> Concept {
      Concept(
        id: id, code: "c\(id)", vocabulary: vocabulary, domain: domain, name: "Concept \(id)",
        standard: "S")
    }
    return try VocabularyIndex(
      concepts: [
        standard(8507, "Gender", "Gender"), standard(8532, "Gender", "Gender"),
        standard(9201, "Visit", "Visit"), standard(9202, "Visit", "Visit"),
        standard(32817, "Type Concept", "Type Concept"),
        standard(32902, "Condition Status", "Condition Status"),
        standard(32908, "Condition Status", "Condition Status"),
        standard(3_004_501, "Measurement", "LOINC"), standard(201_826, "Condition"),
        Concept(
          id: 45, code: "E11.9", vocabulary: "CIM10", domain: "Condition", name: "Diabète"),
        Concept(
          id: 46, code: "X", vocabulary: "SNOMED", domain: "Visit", name: "Old", standard: "S",
          invalidReason: "D"),
      ], mapsTo: [(45, 201_826)])
  }
}
