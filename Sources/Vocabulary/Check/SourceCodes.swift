import Columnar
package import Diagnostics

/// The codes that the data has, as a scan of it or a run counted them.
///
/// Of a run only codes of eleven persons and more are here. A code of fewer is treated as one that
/// the run has not seen, so that neither a finding nor its absence tells which of the two it is: who
/// checks a mapping file learns of a rare code no more than the file says itself.
package struct SourceCodes: Sendable {
  /// A code and the number of its rows.
  package typealias Count = (code: String, count: Int)

  /// What counted the codes.
  enum Origin: Hashable, Sendable {
    case list
    /// A run, which tells codes of so many persons and more.
    case run(Int, leastPersons: Int)
  }

  let origin: Origin
  /// The codes that should be in the file, the most frequent first, equally frequent ones in the
  /// order given: all of a list, the unmapped ones of a run.
  let wanted: [Count]
  /// Whether every code of the data was counted apart, so that one that is not here is not there.
  package let isComplete: Bool
  private let keys: KeyIndex

  /// Reads a CSV file with a column `code` (or `source_code`, `sourceCode`, `source`, `value`), and
  /// perhaps `count` (or `frequency`, `sourceFrequency`, `rows`).
  ///
  /// - Parameter path: the file.
  /// - Returns: the codes, and what is wrong with the file.
  package static func load(path: String) -> (value: SourceCodes, diagnostics: DiagnosticList) {
    var list = DiagnosticList()
    let table = MappingTable(path: path, &list)
    let names = table.header.map { $0.text.lowercased() }
    func place(_ wanted: [String]) -> Int? {
      wanted.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    let wanted = ["code", "source_code", "sourcecode", "source", "value"]
    guard let code = place(wanted) else {
      if let first = table.header.first {
        list.add(
          Diagnostic(
            .error, "missing-column", "the file of codes has no column \(wanted[0])",
            at: table.position(first), hint: "it may be called \(wanted.joined(separator: ", "))"))
      }
      return (SourceCodes([]), list)
    }
    let count = place(["count", "frequency", "sourcefrequency", "rows"])
    let codes = table.rows.map { row in
      (code: row[code].text, count: count.flatMap { Int(row[$0].trimmed) } ?? 1)
    }
    return (SourceCodes(codes.filter { !$0.code.isEmpty }), list)
  }

  /// All codes of the data.
  package init(_ codes: [Count]) {
    self.init(.list, seen: codes.map(\.code), wanted: codes, isComplete: true)
  }

  /// The codes that a run looked up in one mapping file.
  ///
  /// - Parameters:
  ///   - run: the number of the run.
  ///   - leastPersons: the fewest persons of a code that may be told.
  ///   - seen: the codes of as many persons, unmapped ones among them.
  ///   - unmapped: those without a concept that nobody has reviewed, as far as they may be told.
  ///   - isComplete: whether all codes of the run were counted apart.
  package init(
    run: Int, leastPersons: Int, seen: [String], unmapped: [Count], isComplete: Bool
  ) {
    self.init(
      .run(run, leastPersons: leastPersons), seen: seen, wanted: unmapped, isComplete: isComplete)
  }

  private init(_ origin: Origin, seen: [String], wanted: [Count], isComplete: Bool) {
    self.origin = origin
    self.isComplete = isComplete
    self.wanted = wanted.enumerated().sorted { left, right in
      left.element.count == right.element.count
        ? left.offset < right.offset : left.element.count > right.element.count
    }.map(\.element)
    var keys = KeyIndex()
    for code in seen { _ = keys.insert(code) }
    self.keys = keys
  }

  /// Whether the data has a code, as it is written.
  func has(_ code: String) -> Bool { keys.find(code) != nil }

  /// The forms of a code under which slips are equal, each with its kind before it.
  static func shapes(of code: String) -> [String] {
    let bare = code.filter { $0 != "." && $0 != "-" }
    return ["c" + CodeShape.withoutCase(code), "s" + CodeShape.asSeen(code), "p" + bare]
      + (CodeShape.withoutZeros(code).map { ["z" + $0] } ?? [])
  }
}
