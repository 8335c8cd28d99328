import Diagnostics
import Vocabulary

/// The places of a mapping file that its fixes change.
struct FixedPlaces {
  private let lines: [String]
  /// The offsets at which lines begin.
  private let starts: [Int]
  private let fixes: [MappingFix]

  private static let kinds = Set(MappingRule.all.filter(\.isFixable).map(\.code))

  init(_ file: MappingFixes) {
    fixes = file.all
    // Most files have nothing to be fixed.
    guard !fixes.isEmpty else {
      (lines, starts) = ([], [])
      return
    }
    lines = MappingLines.cut(file.bytes)
    let first = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    starts = [first] + file.bytes.indices.filter { file.bytes[$0] == 10 }.map { $0 + 1 }
  }

  /// Whether a fix mends what a diagnostic tells of this file.
  ///
  /// - Complexity: O(log *n*) in the fixes.
  func has(_ diagnostic: Diagnostic) -> Bool {
    guard FixedPlaces.kinds.contains(diagnostic.code), let place = diagnostic.position,
      lines.indices.contains(place.line - 1), starts.indices.contains(place.line - 1)
    else { return false }
    let offset =
      starts[place.line - 1] + lines[place.line - 1].prefix(max(0, place.column - 1)).utf8.count
    var (low, high) = (0, fixes.count)
    while low < high {
      let middle = (low + high) / 2
      if fixes[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return false }
    let range = fixes[low - 1].range
    return range.contains(offset) || range.lowerBound == offset
  }
}

extension MappingFindings {
  /// What --fix puts in the place of something else.
  struct Change: Encodable {
    var file: String
    var line: Int
    var before: String
    /// Empty where a row goes.
    var after: String
  }

  /// The changes that mend a file, in its order.
  static func changes(_ fixes: MappingFixes) -> [Change] {
    var line = 1
    var place = 0
    return fixes.all.map { fix in
      line += fixes.bytes[place..<fix.range.lowerBound].count { $0 == 10 }
      place = fix.range.lowerBound
      return Change(
        file: fixes.path, line: line,
        before: String(decoding: fixes.bytes[fix.range], as: UTF8.self),
        after: String(decoding: fix.replacement, as: UTF8.self))
    }
  }
}
