import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

extension UsagiProgram {
  /// The cells of a file as Usagi reads them, said once more: `readLine` of Java, `safeSplit` of its
  /// `StringUtilities` and `line2columns` of its `ReadCSVFile` (https://github.com/OHDSI/Usagi).
  static func read(_ file: [UInt8]) -> [[String]] {
    var lines = file.split(separator: 10, omittingEmptySubsequences: false).flatMap { line in
      let parts = line.split(separator: 13, omittingEmptySubsequences: false)
      return parts.count > 1 && parts.last?.isEmpty == true ? Array(parts.dropLast()) : parts
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { split(Array($0)).map(column) }
  }

  private static func split(_ line: [UInt8]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var (isLiteral, isEscape, start) = (false, false, 0)
    for (place, byte) in line.enumerated() {
      if byte == 34, !isEscape { isLiteral.toggle() }
      if !isLiteral, byte == 44, !isEscape {
        result.append(Array(line[start..<place]))
        start = place + 1
      }
      isEscape = byte == 92 ? !isEscape : false
    }
    return result + [Array(line[start...])]
  }

  private static func column(_ cell: [UInt8]) -> String {
    var cell = cell
    if cell.count > 1, cell.first == 34, cell.last == 34 { cell = Array(cell[1..<cell.count - 1]) }
    for (old, new) in [([34, 34], 34), ([92, 34], 34), ([92, 92], 92)] as [([UInt8], UInt8)] {
      var next: [UInt8] = []
      var place = 0
      while place < cell.count {
        if place + 1 < cell.count, Array(cell[place...place + 1]) == old {
          next.append(new)
          place += 2
        } else {
          next.append(cell[place])
          place += 1
        }
      }
      cell = next
    }
    return String(decoding: cell, as: UTF8.self)
  }
}

/// What the program writes for Usagi, read as Usagi reads it.
struct UsagiLinesTests {
  private static let pieces = [
    "a", "\\", "\"", ",", ";", "\n", "\r\n", "\r", "\\n", "é", "\"\"", " ", "\u{301}", "\t", "'",
  ]

  private static func text(using random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...6, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  /// Line breaks are blanks, all else is what it was.
  private static func readable(_ text: String) -> [UInt8] {
    let scalars = Array(text.unicodeScalars)
    return scalars.enumerated().flatMap { place, scalar -> [UInt8] in
      if scalar == "\n", place > 0, scalars[place - 1] == "\r" { return [] }
      return scalar == "\n" || scalar == "\r" ? [32] : Array(String(scalar).utf8)
    }
  }

  @Test(arguments: 0..<200)
  func `Usagi reads every code and name as it was meant`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let columns = Int.random(in: 2...6, using: &random)
    let rows = (0..<9).map { _ in (0..<columns).map { _ in Self.text(using: &random) } }
    let lines = UsagiLines([(0..<columns).map { "column \($0)" }] + rows)
    let read = UsagiProgram.read(lines.bytes)
    #expect(
      read.dropFirst().map { $0.map { Array($0.utf8) } } == rows.map { $0.map(Self.readable) })
    let broken = rows.joined().count { $0.utf8.contains(10) || $0.utf8.contains(13) }
    #expect(lines.broken == broken)
    #expect((lines.remark == nil) == (broken == 0))
  }

  @Test(arguments: 0..<40)
  func `a list of unmapped codes is read by Usagi and by the program alike`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let head = ["source_code", "source_name", "frequency", "persons", "values_in", "p50"]
    let rows = (0..<9).map { number in
      ["\(number)" + Self.text(using: &random), "n" + Self.text(using: &random), "7", "7", "", ""]
    }
    let lines = UsagiLines([head] + rows)
    let read = UsagiProgram.read(lines.bytes)
    #expect(read.allSatisfy { $0.count == head.count })
    try withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("unmapped.csv")
      try Data(lines.bytes).write(to: place)
      let codes = UnmappedCodes.load(path: place.path)
      #expect(codes.diagnostics.isEmpty)
      #expect(codes.value.terms.map(\.code) == read.dropFirst().map { $0[0] })
    }
  }
}
