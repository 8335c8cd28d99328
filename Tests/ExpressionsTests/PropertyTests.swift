import Columnar
import Diagnostics
import TestSupport
import Testing

@testable import Expressions

struct PropertyTests {
  private static func column(_ type: ExpressionType, _ values: [Value]) -> Column {
    var builder = ColumnBuilder(type.columnType)
    for value in values {
      switch value {
      case .null: builder.appendNull()
      case .lane(let lane): builder.append(lane: lane)
      case .double(let double): builder.append(double: double)
      case .text(let text): builder.append(text: text)
      case .key(let key): builder.append(digest: Digest(0, 0, 0, key))
      }
    }
    return builder.finish()
  }

  private static func value(_ column: Column, _ row: Int) -> Value {
    guard column.isValid(row) else { return .null }
    switch column.values {
    case .lanes(let lanes): return .lane(lanes[row])
    case .doubles(let doubles): return .double(doubles[row])
    case .text(let texts): return .text(texts[row])
    case .digests(let digests): return .key(digests[row].word3)
    }
  }

  @Test(arguments: 0..<40)
  func `random expressions give what an obvious interpreter gives`(_ seed: Int) throws {
    var maker = TermMaker(seed: seed)
    var givenUp = 0
    for _ in 0..<Effort.rounds(100) {
      let type = maker.random.pick(TermMaker.comparable + [.identifier(namespace: "n")])
      let term = maker.term(type, 1 + maker.random.below(4))
      var diagnostics = DiagnosticList()
      let compiled = ExpressionLanguage.compile(
        term.text, in: TermMaker.scope, environment: environment, at: origin,
        diagnostics: &diagnostics)
      guard let expression = compiled else {
        // A constant inside may become too great for the type of its neighbours.
        #expect(diagnostics.all.allSatisfy { $0.code == "always-fails" }, "\(term.text)")
        givenUp += 1
        continue
      }
      #expect(expression.type == term.type || expression.type == .null, "\(term.text)")
      let count = maker.random.below(30)
      let rows = (0..<count).map { _ in
        Dictionary(
          uniqueKeysWithValues: TermMaker.columns.map { ($0.name, maker.cell($0.type)) })
      }
      let columns = expression.inputs.map { input in
        let type = TermMaker.columns.first { $0.name == input.column }?.type ?? .null
        return PropertyTests.column(type, rows.map { $0[input.column] ?? .null })
      }
      let evaluation = expression.evaluate(columns, count: count)
      var expected: [Value] = []
      var failures: [EvaluationFailure] = []
      for (index, row) in rows.enumerated() {
        do {
          expected.append(try term.value(row))
        } catch let failure as RowFailure {
          expected.append(.null)
          failures.append(EvaluationFailure(row: Int32(index), reason: failure.reason))
        }
      }
      let values = (0..<count).map { PropertyTests.value(evaluation.column, $0) }
      #expect(values == expected, "\(term.text)")
      #expect(evaluation.failures == failures, "\(term.text)")
      if values != expected || evaluation.failures != failures { return }
    }
    #expect(givenUp < 10)
  }
}
