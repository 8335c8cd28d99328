import TestSupport

@testable import Vocabulary

/// Writes files by the rules of Usagi, said once more: `columns2line` of its `WriteCSVFile` and
/// `write` of its `WriteCodeMappingsToFile` (https://github.com/OHDSI/Usagi).
enum UsagiProgram {
  /// Rows as a person may have made them, and the names of the further information.
  static func rows(using random: inout SeededGenerator) -> (names: [String], rows: [UsagiRow]) {
    func text(_ random: inout SeededGenerator) -> String {
      Bool.random(using: &random) ? "" : RandomMappingFile.text(using: &random)
    }
    let names = Array(["unit", "Größe, en cm"].prefix(Int.random(in: 0...2, using: &random)))
    var rows: [UsagiRow] = []
    for _ in 0..<Int.random(in: 1...9, using: &random) {
      var row = UsagiRow(
        code: RandomMappingFile.text(using: &random),
        status: MappingStatus.allCases.randomElement(using: &random) ?? .approved,
        concept: Int64.random(in: 0...2_147_483_647, using: &random))
      row.name = text(&random)
      row.frequency = Int.random(in: -1...100_000, using: &random)
      row.proposed = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Int64.random(in: 1...99, using: &random)
      }
      row.information = names.map { .init(name: $0, text: text(&random)) }
      row.score = Double(Int.random(in: 0...100, using: &random)) / 100
      row.equivalence = MappingEquivalence.allCases.randomElement(using: &random) ?? .equal
      row.statusSetBy = text(&random)
      row.statusSetOn = Int64.random(in: 0...1_800_000_000_000, using: &random)
      row.conceptName = text(&random)
      row.domain = text(&random)
      row.type = MappingType.allCases.randomElement(using: &random) ?? .concept
      row.comment = text(&random)
      row.createdBy = text(&random)
      row.createdOn = Int64.random(in: 0...1_800_000_000_000, using: &random)
      row.reviewer = text(&random)
      rows.append(row)
    }
    return (names, rows)
  }

  /// The file of some rows.
  static func save(_ names: [String], _ rows: [UsagiRow]) -> String {
    ([UsagiRow.header(names)] + rows.map { cells($0) }).map { line($0) + "\n" }.joined()
  }

  /// What a row says once it is written: carriage returns are gone.
  static func written(_ row: UsagiRow) -> UsagiRow {
    var row = row
    row.code = clean(row.code)
    row.name = clean(row.name)
    row.information = row.information.map { .init(name: $0.name, text: clean($0.text)) }
    row.statusSetBy = clean(row.statusSetBy)
    row.conceptName = clean(row.conceptName)
    row.domain = clean(row.domain)
    row.comment = clean(row.comment)
    row.createdBy = clean(row.createdBy)
    row.reviewer = clean(row.reviewer)
    return row
  }

  /// A text without carriage returns.
  static func clean(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\r" }))
  }

  private static func cells(_ row: UsagiRow) -> [String] {
    let hundredths = Int((row.score * 100).rounded())
    let score =
      "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
    let source = [
      row.code, row.name, "\(row.frequency)",
      row.proposed.map { "\($0)" }.joined(separator: ";"),
    ]
    return source + row.information.map(\.text) + [
      score, row.status.rawValue, row.equivalence.rawValue, row.statusSetBy,
      "\(row.statusSetOn)", "\(row.concept)", row.conceptName, row.domain, row.type.rawValue,
      row.comment, row.createdBy, "\(row.createdOn)", row.reviewer,
    ]
  }

  private static func line(_ columns: [String]) -> String {
    columns.map { column in
      let hasQuotes = column.contains("\"")
      var cell = column.replacing("\\", with: "\\\\")
      if hasQuotes { cell = cell.replacing("\"", with: "\"\"") }
      cell = clean(cell).replacing("\n", with: "\\n")
      return hasQuotes || cell.contains(",") ? "\"\(cell)\"" : cell
    }.joined(separator: ",")
  }
}
