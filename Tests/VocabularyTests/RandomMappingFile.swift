import TestSupport

@testable import Vocabulary

/// Mapping files of all layouts and manners of writing, as a seed determines them.
enum RandomMappingFile {
  private static let layouts: [(MappingLayout, [String])] = [
    (.usagi, UsagiRow.header(["unit", "Größe"])),
    (.usagiReview, ["sourceCode", "sourceName", "matchScore", "targetConceptId", "more"]),
    (
      .sourceToConceptMap,
      ["source_code", "source_vocabulary_id", "target_concept_id", "invalid_reason", "our own"]
    ),
    (.values, ["source", "concept_id", "comment"]),
    (.unknown, ["a", "b"]),
  ]

  /// A file: its bytes, what it is, and the rows that can be read.
  static func make(
    using random: inout SeededGenerator
  ) -> (bytes: [UInt8], layout: MappingLayout, rows: Int) {
    let (layout, header) = layouts[Int.random(in: 0..<layouts.count, using: &random)]
    let delimiter = Bool.random(using: &random) ? "," : ";"
    let end = Bool.random(using: &random) ? "\n" : "\r\n"
    let quotes = Int.random(in: 0...2, using: &random)
    func line(_ texts: [String], _ random: inout SeededGenerator) -> String {
      texts.map { text in
        let isNeeded = text.utf8.contains { [34, 44, 59, 10, 13].contains($0) }
        let isWanted = quotes == 2 || quotes == 1 && Bool.random(using: &random)
        return isNeeded || isWanted ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
      }.joined(separator: delimiter)
    }
    var text = Bool.random(using: &random) ? "\u{FEFF}" : ""
    text += line(header, &random)
    var rows = 0
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      text += end
      switch Int.random(in: 0...9, using: &random) {
      case 0: break
      case 1: text += line(header + ["one more"], &random)
      default:
        text += line(header.map { _ in self.text(using: &random) }, &random)
        rows += 1
      }
    }
    if Bool.random(using: &random) { text += end }
    return (Array(text.utf8), layout, rows)
  }

  /// A text of pieces that are hard to write.
  static func text(using random: inout SeededGenerator) -> String {
    let pieces = [
      "a", "E11.9", "é", "\"", ",", ";", "\\", "\\n", "\n", "\r\n", " ", "\t", "0", "😀", "'",
    ]
    return "x"
      + (0..<Int.random(in: 0...5, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
  }
}
