import ArgumentParser
import Columnar
import Foundation

/// Writing to the two streams of a command: results to the first, everything else to the second.
enum Terminal {
  static func print(_ text: String) { write(Array((text + "\n").utf8)) }

  static func note(_ text: String) { tell(text + "\n") }

  /// Writes bytes to the first stream.
  ///
  /// Where that cannot be, the process ends with 1: what was asked for is lost. A reader that has
  /// gone has read enough, and nothing is said.
  static func write(_ bytes: [UInt8]) {
    do {
      if try StandardStream.output.write(bytes.span.raw) { return }
    } catch {
      note("error: \(error)")
    }
    Ecluse.exit(withError: ExitCode(1))
  }

  /// Writes to the second stream; there is nobody to tell that this cannot be.
  private static func tell(_ text: String) {
    _ = try? StandardStream.errors.write(Array(text.utf8).span.raw)
  }

  /// A value as JSON for programs, its keys in the order of the alphabet.
  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Replaces the last line of the second stream; only on a terminal.
  static func status(_ text: String) {
    tell("\r\u{1B}[K\(text)")
  }

  /// Whether the second stream is a terminal that a person looks at.
  static var isInteractive: Bool { isatty(2) == 1 }

  /// A number with its thousands apart: `12 345 678`.
  static func grouped(_ number: Int) -> String {
    var digits = Array(String(abs(number)))
    var position = digits.count - 3
    while position > 0 {
      digits.insert("\u{202F}", at: position)
      position -= 3
    }
    return (number < 0 ? "−" : "") + String(digits)
  }

  /// A number with its noun: `1 row`, `2 rows`.
  static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A time in the unit that suits it.
  static func duration(_ seconds: Double) -> String {
    if seconds < 60 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    return whole < 3600
      ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// Lines of columns as wide as their widest cell: the first to the left, numbers to the right.
  static func table(_ head: [String], _ rows: [[String]]) -> [String] {
    let all = [head] + rows
    let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blanks : blanks + cell
      }.joined(separator: "  ")
    }
  }
}
