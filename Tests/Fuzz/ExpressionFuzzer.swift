import Columnar
import Diagnostics
import Expressions

/// Compiles bytes as an expression over columns of all types, and runs it over awkward values.
///
/// Whatever comes in is either explained or computed, and the same way in one batch or row by row.
enum ExpressionFuzzer {
  private typealias Sample = (name: String, type: ExpressionType, column: Column)

  // Made for each run: the leak sanitizer does not find what an enum in a global points to.
  private static func samples() -> [Sample] {
    [
      ("b", .boolean, lanes(.boolean, [0, 1, nil, 1])),
      ("i", .integer, lanes(.integer, [.min, .max, nil, 0])),
      ("d", .decimal(scale: 2), lanes(.decimal(scale: 2), [.max, -150, 0, nil])),
      ("f", .double, doubles([.nan, -.infinity, 1e300, nil])),
      ("t", .text, texts(["", "E119+é", nil, "1600-02-30"])),
      ("day", .date, lanes(.date, [-719_162, 2_932_896, 0, nil])),
      ("at", .timestamp, lanes(.timestamp, [.min / 4096, nil, 0, 1_700_000_000_000_000])),
      ("part", .partialDate, lanes(.integer, [20_200_500, 20_200_000, nil, 20_200_517])),
      ("ipp", .identifier(namespace: "ipp"), digests([1, 2, nil, 4])),
      ("stay", .localKey(namespace: "stay"), digests([1, nil, 3, 3])),
    ]
  }

  private static let scope: Scope = {
    let columns = samples().map { Scope.Column($0.name, $0.type) }
    return Scope(driving: .init("t", columns), joined: [.init("stays", columns)])
  }()
  private static let environment = ExpressionEnvironment(
    asOf: 19_904, valueMaps: ["sex": ValueMap([(source: "M", target: 8507)])])

  static func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    var diagnostics = DiagnosticList()
    let expression = ExpressionLanguage.compile(
      text, in: scope, environment: environment, at: Position(file: "f", line: 1, column: 1),
      diagnostics: &diagnostics)
    precondition(
      (expression == nil) == diagnostics.hasErrors, "neither compiled nor explained")
    guard let expression else { return }
    let samples = samples()
    let raw = texts(["75056", "", nil, "é"])
    let inputs = expression.inputs.map { input in
      input.form == .raw ? raw : samples.first { $0.name == input.column }?.column ?? raw
    }
    let whole = expression.evaluate(inputs, count: 4)
    precondition(whole.column.count == 4, "another number of rows")
    precondition(whole.column.type == expression.type.columnType, "another type")
    for row in 0..<4 {
      let single = expression.evaluate(inputs.map { cut($0, row) }, count: 1)
      precondition(
        single.column.isValid(0) == whole.column.isValid(row), "null depends on the batch")
      precondition(
        single.failures.map(\.reason)
          == whole.failures.filter { $0.row == Int32(row) }.map(\.reason),
        "a failure depends on the batch")
      guard whole.column.isValid(row) else { continue }
      precondition(same(single.column, whole.column, row), "a value depends on the batch")
    }
  }

  private static func same(_ single: Column, _ whole: Column, _ row: Int) -> Bool {
    switch whole.values {
    case .lanes(let lanes): single.lanes[0] == lanes[row]
    case .doubles(let doubles): single.doubles[0].bitPattern == doubles[row].bitPattern
    case .text(let texts): single.texts[0] == texts[row]
    case .digests(let digests): single.digests[0] == digests[row]
    }
  }

  /// One row of a column.
  private static func cut(_ column: Column, _ row: Int) -> Column {
    var builder = ColumnBuilder(column.type)
    guard column.isValid(row) else {
      builder.appendNull()
      return builder.finish()
    }
    switch column.values {
    case .lanes(let lanes): builder.append(lane: lanes[row])
    case .doubles(let doubles): builder.append(double: doubles[row])
    case .text(let texts): builder.append(text: texts[row])
    case .digests(let digests): builder.append(digest: digests[row])
    }
    return builder.finish()
  }

  private static func lanes(_ type: ColumnType, _ values: [Int64?]) -> Column {
    var builder = ColumnBuilder(type)
    for value in values {
      if let value { builder.append(lane: value) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private static func doubles(_ values: [Double?]) -> Column {
    var builder = ColumnBuilder(.double)
    for value in values {
      if let value { builder.append(double: value) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private static func texts(_ values: [String?]) -> Column {
    var builder = ColumnBuilder(.text)
    for value in values {
      if let value { builder.append(text: value) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private static func digests(_ values: [UInt64?]) -> Column {
    var builder = ColumnBuilder(.digest)
    for value in values {
      if let value { builder.append(digest: Digest(0, 0, 0, value)) } else { builder.appendNull() }
    }
    return builder.finish()
  }
}
