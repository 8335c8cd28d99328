import Foundation
import Vocabulary

/// Vocabulary files written for a test.
struct AthenaFiles {
  let folder: URL

  static let conceptColumns = [
    "concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_class_id",
    "standard_concept", "concept_code", "valid_start_date", "valid_end_date", "invalid_reason",
  ]
  static let edgeColumns = [
    "concept_id_1", "concept_id_2", "relationship_id", "valid_start_date", "valid_end_date",
    "invalid_reason",
  ]

  var path: String { folder.path }

  var index: String { folder.appendingPathComponent("vocabulary.index").path }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  /// Writes rows with tabs and no quoting, as Athena does.
  func write(_ name: String, _ columns: [String], _ rows: [[String]]) throws {
    try write(
      name, ([columns] + rows).map { $0.joined(separator: "\t") + "\n" }.joined())
  }

  /// Writes rows with commas, every field quoted.
  func writeQuoted(_ name: String, _ columns: [String], _ rows: [[String]]) throws {
    let lines = ([columns] + rows).map { row in
      row.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        .joined(separator: ",") + "\r\n"
    }
    try write(name, lines.joined())
  }

  static func row(_ concept: Concept) -> [String] {
    [
      "\(concept.id)", concept.name, concept.domain, concept.vocabulary, concept.conceptClass,
      concept.standard, concept.code, "19700101", "20991231", concept.invalidReason,
    ]
  }

  static func edge(_ pair: (Int64, Int64), _ name: String, _ invalid: String = "") -> [String] {
    ["\(pair.0)", "\(pair.1)", name, "1970-01-01", "2099-12-31", invalid]
  }

  static var smallEdges: [[String]] {
    SmallVocabulary.mapsTo.map { edge($0, "Maps to") }
      + SmallVocabulary.mapsToValue.map { edge($0, "Maps to value") }
      + SmallVocabulary.replacedBy.map { edge($0, "Concept replaced by") }
      + [
        edge((206, 201_820), "Maps to", "D"), edge((206, 201_820), "Is a"),
        edge((206, 201_820), "Maps to\""), edge((206, 201_820), "maps to"),
      ]
  }

  /// Writes the small vocabulary in an order given by a seed.
  func writeSmall(seed: UInt64) throws {
    var random = Splitter(seed)
    try write(
      "CONCEPT.csv", AthenaFiles.conceptColumns,
      SmallVocabulary.concepts.map(AthenaFiles.row).shuffled(using: &random))
    try write(
      "CONCEPT_RELATIONSHIP.csv", AthenaFiles.edgeColumns,
      AthenaFiles.smallEdges.shuffled(using: &random))
    try write(
      "VOCABULARY.csv", ["vocabulary_id", "vocabulary_name", "vocabulary_version"],
      [
        ["SNOMED", "SNOMED CT", "2024"], ["None", "OMOP", "v5.0 29-FEB-24"],
        ["ATC", "never downloaded", ""],
      ].shuffled(using: &random))
    try write(
      "DOMAIN.csv", ["domain_id", "domain_name"],
      [["Note", "Note"], ["Condition", "Condition"]].shuffled(using: &random))
  }
}

/// A small generator with a seed (SplitMix64).
struct Splitter: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
