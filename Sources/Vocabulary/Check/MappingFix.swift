/// A change of a mapping file that leaves nothing to choose: bytes in the place of others.
package struct MappingFix: Hashable, Sendable {
  /// The bytes of the file that go.
  package let range: Range<Int>
  /// The bytes that come.
  package let replacement: [UInt8]
  /// The bytes whose mistake it mends: those that go, or others of the same row.
  let anchor: Range<Int>

  init(range: Range<Int>, replacement: [UInt8], anchor: Range<Int>? = nil) {
    self.range = range
    self.replacement = replacement
    self.anchor = anchor ?? range
  }
}

/// The bytes of a mapping file, with the fixes that were found.
package struct MappingFixes: Sendable {
  package let path: String
  package let bytes: [UInt8]
  private var found: [MappingFix] = []

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Asks for a change.
  mutating func add(_ fix: MappingFix) { found.append(fix) }

  /// The fixes that go together, in the order of the file: of several that touch the same bytes the
  /// one that takes most of them, and of equal ones the last that was asked for.
  ///
  /// - Complexity: O(*n* log *n*).
  package var all: [MappingFix] {
    let ordered = found.enumerated().sorted { left, right in
      let (one, other) = (left.element.range, right.element.range)
      if one.lowerBound != other.lowerBound { return one.lowerBound < other.lowerBound }
      return one.count == other.count ? left.offset > right.offset : one.count > other.count
    }
    var kept: [MappingFix] = []
    for (_, fix) in ordered where fix.range.lowerBound >= kept.last?.range.upperBound ?? 0 {
      kept.append(fix)
    }
    return kept
  }

  /// The bytes of the file when all fixes are done.
  package var fixed: [UInt8] {
    var result: [UInt8] = []
    var place = 0
    for fix in all {
      result += bytes[place..<fix.range.lowerBound]
      result += fix.replacement
      place = fix.range.upperBound
    }
    return result + bytes[place...]
  }
}

/// Where cells and rows lie among the bytes of a file.
struct MappingBytes {
  let bytes: [UInt8]
  let dialect: MappingDialect

  /// Whether a cell is written in quotes.
  func isQuoted(_ cell: MappingTable.Cell) -> Bool {
    cell.start < bytes.count && bytes[cell.start] == UInt8(ascii: "\"")
  }

  /// The bytes of a cell, its quotes among them.
  func range(_ cell: MappingTable.Cell) -> Range<Int> { cell.start..<max(cell.start, cell.end) }

  /// The number of characters of a cell as it is written.
  func length(_ cell: MappingTable.Cell) -> Int {
    String(decoding: bytes[range(cell)], as: UTF8.self).count
  }

  /// The character of a cell as it is written that stands for one of its text, both from 0; `nil`
  /// where something is written otherwise than it reads.
  func offset(_ offset: Int, in cell: MappingTable.Cell) -> Int? {
    let quote = isQuoted(cell) ? 1 : 0
    return range(cell).count == cell.text.utf8.count + 2 * quote ? offset + quote : nil
  }

  /// The bytes of a row with its line end.
  func range(_ row: [MappingTable.Cell]) -> Range<Int> {
    guard let first = row.first, let last = row.last else { return 0..<0 }
    var end = range(last).upperBound
    while end < bytes.count, bytes[end] != 10 { end += 1 }
    return first.start..<min(bytes.count, end + 1)
  }

  /// A text as the cell would be written with it: in quotes where it was, or where it must be.
  func written(_ text: String, like cell: MappingTable.Cell) -> [UInt8] {
    dialect.cell(text, isQuoted: isQuoted(cell))
  }
}
