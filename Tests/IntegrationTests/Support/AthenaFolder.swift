import Foundation
import Vocabulary

/// A folder of Athena's files, written or changed for one test.
struct AthenaFolder {
  let url: URL

  var path: String { url.path }

  private static let head =
    "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\t"
    + "concept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason\n"
  private static let edgeHead =
    "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date\t"
    + "invalid_reason\n"

  /// Writes a vocabulary of some concepts and what they map to.
  init(_ url: URL, concepts: [Concept], mapsTo: [(Int64, Int64)]) throws {
    self.url = url
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try write("CONCEPT", Self.head + concepts.map(Self.line).joined())
    try write("CONCEPT_RELATIONSHIP", Self.edgeHead + mapsTo.map(Self.line).joined())
  }

  /// Copies the vocabulary of the sample.
  init(copying original: URL, to url: URL) throws {
    self.url = url
    try FileManager.default.copyItem(at: original, to: url)
  }

  /// Gives concepts other rows, or new ones, and other edges of the kind `Maps to` from them.
  func replace(_ concepts: [Concept], mapsTo: [(Int64, Int64)]) throws {
    let ids = Set(concepts.map { "\($0.id)" } + mapsTo.map { "\($0.0)" })
    func kept(_ name: String, _ isKept: ([Substring]) -> Bool) throws -> String {
      let text = try String(contentsOf: file(name), encoding: .utf8)
      return text.split(separator: "\n").filter {
        isKept($0.split(separator: "\t", omittingEmptySubsequences: false))
      }.map { $0 + "\n" }.joined()
    }
    let renewed = Set(concepts.map { "\($0.id)" })
    let rows = try kept("CONCEPT") { !renewed.contains(String($0[0])) }
    try write("CONCEPT", rows + concepts.map(Self.line).joined())
    let edges = try kept("CONCEPT_RELATIONSHIP") {
      // Beside each stands its reverse.
      !($0[2] == "Maps to" && ids.contains(String($0[0])))
        && !($0[2] == "Mapped from" && ids.contains(String($0[1])))
    }
    try write("CONCEPT_RELATIONSHIP", edges + mapsTo.map(Self.line).joined())
  }

  private func file(_ name: String) -> URL { url.appendingPathComponent("\(name).csv") }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: file(name))
  }

  private static func line(_ concept: Concept) -> String {
    [
      "\(concept.id)", concept.name, concept.domain, concept.vocabulary, concept.conceptClass,
      concept.standard, concept.code, "19700101", concept.isValid ? "20991231" : "20200101",
      concept.invalidReason,
    ].joined(separator: "\t") + "\n"
  }

  private static func line(_ edge: (Int64, Int64)) -> String {
    "\(edge.0)\t\(edge.1)\tMaps to\t19700101\t20991231\t\n"
      + "\(edge.1)\t\(edge.0)\tMapped from\t19700101\t20991231\t\n"
  }
}
