import Columnar
import Diagnostics
import Testing

@testable import Expressions

/// 2024-06-30, the day of every test's run.
let asOf: Int64 = 19_904

let origin = Position(file: "p.yaml", line: 3, column: 10)

let environment = ExpressionEnvironment(
  asOf: asOf,
  valueMaps: [
    "gender": ValueMap([(source: "M", target: 8507), (source: "F", target: 8532)]),
    "exit_mode": ValueMap([(source: "8", target: 1)]),
  ])

/// Compiles an expression that must have no mistake.
func compiled(
  _ text: String, _ scope: Scope = Scope(), expecting: ExpressionType? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> CompiledExpression {
  var diagnostics = DiagnosticList()
  let expression = ExpressionLanguage.compile(
    text, in: scope, environment: environment, at: origin, expecting: expecting,
    diagnostics: &diagnostics)
  let messages = diagnostics.all.map { "\($0.position?.column ?? 0) \($0.message)" }
  #expect(messages == [], "\(text)", sourceLocation: sourceLocation)
  return try #require(expression, "\(text)", sourceLocation: sourceLocation)
}

/// The mistakes of an expression.
func mistakes(
  _ text: String, _ scope: Scope = Scope(), expecting: ExpressionType? = nil
) -> [Diagnostic] {
  var diagnostics = DiagnosticList()
  let expression = ExpressionLanguage.compile(
    text, in: scope, environment: environment, at: origin, expecting: expecting,
    diagnostics: &diagnostics)
  #expect((expression == nil) == diagnostics.hasErrors)
  return diagnostics.all
}

/// A value of a column as a test writes it: `null` when there is none.
func written(_ column: Column, _ row: Int, _ type: ExpressionType) -> String {
  guard column.isValid(row) else { return "null" }
  switch type {
  case .text: return column.texts[row]
  case .double: return column.doubles[row].description
  case .identifier, .localKey: return column.digests[row].base64URL
  case .boolean: return column.lanes[row] == 0 ? "false" : "true"
  default: break
  }
  var writer = TextWriter(count: 1)
  switch type {
  case .decimal(let scale): writer.append(decimal: column.lanes[row], scale: scale)
  case .date: writer.append(date: column.lanes[row])
  case .timestamp: writer.append(timestamp: column.lanes[row])
  case .partialDate: writer.append(partialDate: column.lanes[row])
  default: writer.append(decimal: column.lanes[row], scale: 0)
  }
  return String(decoding: writer.bytes, as: UTF8.self)
}

/// A named column with its values, from which a scope and a batch are made.
struct Sample {
  var name: String
  var type: ExpressionType
  var column: Column
  /// The raw texts of an identifier.
  var raw: Column?

  init(_ name: String, _ type: ExpressionType, _ column: Column, raw: Column? = nil) {
    self.name = name
    self.type = type
    self.column = column
    self.raw = raw
  }

  init(_ name: String, texts: [String?]) {
    var builder = ColumnBuilder(.text)
    for text in texts { if let text { builder.append(text: text) } else { builder.appendNull() } }
    self.init(name, .text, builder.finish())
  }

  init(_ name: String, _ type: ExpressionType = .integer, lanes: [Int64?]) {
    var builder = ColumnBuilder(type.columnType)
    for lane in lanes { if let lane { builder.append(lane: lane) } else { builder.appendNull() } }
    self.init(name, type, builder.finish())
  }

  init(_ name: String, doubles: [Double?]) {
    var builder = ColumnBuilder(.double)
    for value in doubles {
      if let value { builder.append(double: value) } else { builder.appendNull() }
    }
    self.init(name, .double, builder.finish())
  }

  init(_ name: String, _ type: ExpressionType, keys: [UInt64?]) {
    var builder = ColumnBuilder(.digest)
    var raw = ColumnBuilder(.text)
    for key in keys {
      if let key {
        builder.append(digest: Digest(0, 0, 0, key))
        raw.append(text: "\(key)")
      } else {
        builder.appendNull()
        raw.appendNull()
      }
    }
    self.init(name, type, builder.finish(), raw: raw.finish())
  }
}

/// What an expression gives over samples: its values as written, and its failures.
func results(
  _ text: String, _ samples: [Sample] = [], sourceLocation: SourceLocation = #_sourceLocation
) throws -> (values: [String], failures: [EvaluationFailure]) {
  let scope = Scope(
    driving: .init("t", samples.map { Scope.Column($0.name, $0.type) }))
  let expression = try compiled(text, scope, sourceLocation: sourceLocation)
  let count = samples.first?.column.count ?? 1
  let columns = try expression.inputs.map { input in
    let sample = try #require(samples.first { $0.name == input.column })
    return input.form == .raw ? try #require(sample.raw) : sample.column
  }
  let evaluation = expression.evaluate(columns, count: count)
  #expect(evaluation.column.type == expression.type.columnType)
  #expect(evaluation.column.count == count)
  return (
    (0..<count).map { written(evaluation.column, $0, expression.type) }, evaluation.failures
  )
}
