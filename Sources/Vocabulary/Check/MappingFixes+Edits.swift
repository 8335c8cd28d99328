package import Diagnostics

/// The fixes of a file by the findings that they mend, for programs that show both.
package struct MappingEdits: Sendable {
  private static let fixable = Set(MappingRule.all.filter(\.isFixable).map(\.code))

  /// A place among the lines of the file, from 1.
  private struct Place: Comparable {
    var line: Int
    var column: Int

    static func < (left: Place, right: Place) -> Bool {
      (left.line, left.column) < (right.line, right.column)
    }
  }

  private struct Change {
    /// Where findings stand that it mends, columns in characters; the end is outside.
    var start: Place
    var end: Place
    var edit: TextEdit
  }

  private var changes: [Change] = []
  /// The changes of each line on which a finding may stand.
  private var lines: [Int: [Int]] = [:]

  /// Finds the places of the fixes that `--fix` makes.
  ///
  /// - Complexity: O(*n*) in the bytes of the file, with the fixes' lines read again.
  package init(_ fixes: MappingFixes) {
    let text = LinedBytes(fixes.bytes)
    for fix in fixes.all {
      let range = text.scalars(fix.range.lowerBound), end = text.scalars(fix.range.upperBound)
      let change = Change(
        start: text.characters(fix.anchor.lowerBound), end: text.characters(fix.anchor.upperBound),
        edit: TextEdit(
          startLine: range.line, startColumn: range.column, endLine: end.line,
          endColumn: end.column, text: String(decoding: fix.replacement, as: UTF8.self)))
      for line in change.start.line...change.end.line {
        lines[line, default: []].append(changes.count)
      }
      changes.append(change)
    }
  }

  /// The changes that mend a finding, in the order of the file; empty where `--fix` makes none.
  ///
  /// - Parameter diagnostic: the finding, in the file of the fixes.
  /// - Returns: the changes; of several findings in one cell each has them all.
  package func edits(for diagnostic: Diagnostic) -> [TextEdit] {
    guard MappingEdits.fixable.contains(diagnostic.code), let position = diagnostic.position
    else { return [] }
    let place = Place(line: position.line, column: position.column)
    return (lines[place.line] ?? []).lazy.map { changes[$0] }
      .filter { place == $0.start || $0.start <= place && place < $0.end }.map(\.edit)
  }

  /// The bytes of a file by their lines, which end at LF; a mark of the byte order is none of them.
  private struct LinedBytes {
    let bytes: [UInt8]
    var starts: [Int]

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
      for (place, byte) in bytes.enumerated() where byte == 10 { starts.append(place + 1) }
    }

    private func line(_ byte: Int) -> Int {
      var low = 0
      var high = starts.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= byte { low = middle } else { high = middle }
      }
      return low
    }

    private func place(_ byte: Int, _ count: (String) -> Int) -> Place {
      let line = line(byte)
      let before = String(decoding: bytes[min(starts[line], byte)..<byte], as: UTF8.self)
      return Place(line: line + 1, column: count(before) + 1)
    }

    func characters(_ byte: Int) -> Place { place(byte) { $0.count } }
    func scalars(_ byte: Int) -> Place { place(byte) { $0.unicodeScalars.count } }
  }
}
