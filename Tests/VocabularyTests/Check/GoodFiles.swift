import TestSupport

/// Mapping files without a mistake, of all kinds and in all forms that are read.
enum GoodFiles {
  /// The bytes of a file.
  static func make(using random: inout SeededGenerator) -> [UInt8] {
    let rows = Int.random(in: 1...30, using: &random)
    let kind = Int.random(in: 0..<3, using: &random)
    var records: [[String]] = []
    func cut(_ line: String) -> [String] {
      line.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    records.append(cut([Row.codesHead, Row.valuesHead, Row.usagiHead][kind]))
    for number in 0..<rows {
      let code = code(number, using: &random)
      let isDiabetes = Bool.random(using: &random)
      let target =
        isDiabetes ? ("201820", "Diabetes mellitus") : ("443238", "Diabetic complication")
      switch kind {
      case 0: records.append(cut(Row.codes(code, name: name(using: &random), target: target.0)))
      case 1: records.append(cut(Row.values(code, target.0, target.1)))
      default:
        records.append(
          cut(
            Row.usagi(
              code, name: name(using: &random),
              frequency: "\(Int.random(in: -1...9999, using: &random))",
              equivalence: ["EQUAL", "WIDER", "UNREVIEWED"].randomElement(using: &random) ?? "",
              concept: target.0, title: target.1)))
      }
    }
    return written(records, using: &random)
  }

  /// Codes with letters that no other code of the file differs from by a slip alone.
  private static func code(_ number: Int, using random: inout SeededGenerator) -> String {
    let head =
      ["ÉTAT ", "µmol/", "N°", "K", "Ж", "β-", "l’an "].randomElement(using: &random) ?? ""
    return "\(head)\(number + 22).\(2 + number % 7)"
  }

  private static func name(using random: inout SeededGenerator) -> String {
    ["Diabète", "L’état : 3\u{A0}%", "", "« oui »", "Zucker", "糖尿病"].randomElement(using: &random)
      ?? ""
  }

  private static func written(
    _ records: [[String]], using random: inout SeededGenerator
  ) -> [UInt8] {
    let delimiter = Bool.random(using: &random) ? "," : ";"
    let end = Bool.random(using: &random) ? "\n" : "\r\n"
    let hasMark = Bool.random(using: &random)
    var lines: [String] = []
    for record in records {
      let cells = record.map { cell in
        let isQuoted = cell.contains(";") || Int.random(in: 0..<4, using: &random) == 0
        return isQuoted ? "\"\(cell)\"" : cell
      }
      lines.append(cells.joined(separator: delimiter))
    }
    let text = lines.joined(separator: end) + (Bool.random(using: &random) ? end : "")
    return (hasMark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
  }
}
