import Columnar
package import Diagnostics

/// The codes that the data has, as a scan of it counted them.
package struct SourceCodes: Sendable {
  /// The codes, the most frequent first, equally frequent ones in the order of the file.
  let all: [(code: String, count: Int)]
  private let keys: KeyIndex
  private let shapes: [String: String]

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

  /// Codes with their number of rows.
  package init(_ codes: [(code: String, count: Int)]) {
    all = codes.enumerated().sorted { left, right in
      left.element.count == right.element.count
        ? left.offset < right.offset : left.element.count > right.element.count
    }.map(\.element)
    var keys = KeyIndex()
    var shapes: [String: String] = [:]
    for (code, _) in all {
      _ = keys.insert(code)
      for shape in SourceCodes.shapes(of: code) where shapes[shape] == nil { shapes[shape] = code }
    }
    self.keys = keys
    self.shapes = shapes
  }

  /// Whether the data has a code, as it is written.
  func has(_ code: String) -> Bool { keys.find(code) != nil }

  /// The most frequent code of the data that differs from one only by a slip.
  func nearest(to code: String) -> String? {
    SourceCodes.shapes(of: code).lazy.compactMap { shapes[$0] }.first
  }

  /// The forms of a code under which slips are equal, each with its kind before it.
  private static func shapes(of code: String) -> [String] {
    let bare = code.filter { $0 != "." && $0 != "-" }
    return ["c" + CodeShape.withoutCase(code), "s" + CodeShape.asSeen(code), "p" + bare]
      + (CodeShape.withoutZeros(code).map { ["z" + $0] } ?? [])
  }
}
