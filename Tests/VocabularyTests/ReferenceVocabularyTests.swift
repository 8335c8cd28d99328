import Columnar
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

private let referenceData = ProcessInfo.processInfo.environment["ECLUSE_REFERENCE_DATA"]

/// Compares an import of public vocabulary files with a slow reading of the same files.
@Suite(.enabled(if: referenceData != nil, "ECLUSE_REFERENCE_DATA is not set"))
struct ReferenceVocabularyTests {
  /// The rows of a comma-separated file by the names of their columns.
  static func read(_ url: URL) throws -> [[String: String]] {
    var records: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    for character in try String(contentsOf: url, encoding: .utf8) {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        records[records.count - 1].append(field)
        field = ""
      case "\n" where !isQuoted, "\r\n" where !isQuoted:
        records[records.count - 1].append(field)
        field = ""
        records.append([])
      default: field.append(character)
      }
    }
    let whole = records.filter { !$0.isEmpty }
    return whole.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(whole[0], $0)) }
  }

  @Test func `every code of the Synthea vocabulary is found as a slow reading finds it`() throws {
    let synthea = URL(fileURLWithPath: try #require(referenceData))
      .appendingPathComponent("synthea")
    let sources = [
      "CONCEPT.csv": "reconstructed-vocabulary/concept_seed.csv",
      "CONCEPT_RELATIONSHIP.csv": "vocabulary/concept_relationship_seed.csv",
      "VOCABULARY.csv": "vocabulary/vocabulary_seed.csv",
      "DOMAIN.csv": "vocabulary/domain_seed.csv",
    ]
    try withTemporaryFolder { folder in
      for (name, source) in sources {
        try FileManager.default.copyItem(
          at: synthea.appendingPathComponent(source), to: folder.appendingPathComponent(name))
      }
      let index = try VocabularyIndex.prepare(
        folder: folder.path, index: folder.appendingPathComponent("index").path)
      let concepts = try ReferenceVocabularyTests.read(folder.appendingPathComponent("CONCEPT.csv"))
      let edges = try ReferenceVocabularyTests.read(
        folder.appendingPathComponent("CONCEPT_RELATIONSHIP.csv"))
      #expect(index.count == concepts.count)
      #expect(index.count > 2_000)
      #expect(index.version == "v5.0 29-FEB-24")
      let standard = Set(
        concepts.filter { $0["standard_concept"] == "S" && $0["invalid_reason"] == "" }
          .compactMap { $0["concept_id"] })
      let mapsTo = Dictionary(
        grouping: edges.filter {
          $0["relationship_id"] == "Maps to" && $0["invalid_reason"] == ""
            && standard.contains($0["concept_id_2"] ?? "")
        }, by: { $0["concept_id_1"] ?? "" })
      for (key, rows) in Dictionary(
        grouping: concepts, by: { [$0["vocabulary_id"] ?? "", $0["concept_code"] ?? ""] })
      {
        let best = rows.min {
          ($0["invalid_reason"] == "" ? 0 : 1, Int($0["concept_id"] ?? "") ?? 0)
            < ($1["invalid_reason"] == "" ? 0 : 1, Int($1["concept_id"] ?? "") ?? 0)
        }
        #expect(index.ids(key[0], [key[1]]) == [Int64(best?["concept_id"] ?? "") ?? -1])
      }
      for row in concepts {
        let id = Int64(row["concept_id"] ?? "") ?? -1
        let concept = try #require(index.concept(id: id))
        #expect(concept.name == row["concept_name"])
        #expect(concept.domain == row["domain_id"])
        var expected = Set((mapsTo["\(id)"] ?? []).compactMap { Int64($0["concept_id_2"] ?? "") })
        if expected.isEmpty && standard.contains("\(id)") { expected = [id] }
        // The slow reading knows no chain of replacements.
        if concept.isValid { #expect(index.standardTargets(ofConcept: id) == expected.sorted()) }
      }
    }
  }
}
