import Columnar

extension ExpressionLanguage {
  static let choiceFunctions: [FunctionSpec] = [
    FunctionSpec(
      "coalesce", .choice,
      "The first argument that is not null; later ones are computed only where they are needed",
      [
        Signature([.init("x", .any).repeated], result: "as its arguments") { checker, call in
          checker.fold(call.nodes[0].type, .coalesce(call.nodes), call.range)
        }
      ],
      [.init("coalesce(null, 3)", "3")]),
    FunctionSpec(
      "try", .choice,
      "The value, null on the rows where it cannot be computed; its failures are not counted",
      [
        Signature([.init("x", .any)], result: "as x") { checker, call in
          checker.fold(call.nodes[0].type, .attempt(call.nodes[0]), call.range)
        }
      ],
      [
        .init("try(to_date(D, 'dd/MM/yyyy'))", "null", given: [day]),
        .init(
          "coalesce(try(to_date(D, 'dd/MM/yyyy')), to_date(D, 'yyyyMMdd'))", "2024-01-31",
          given: [day]),
      ]),
    FunctionSpec(
      "nullif", .choice, "Null when both arguments are equal, else the first",
      [
        Signature([.init("x", .any), .init("y", .any)], result: "as its arguments") {
          checker, call in
          let type = call.nodes[0].type
          return checker.call(type, .nullIf(type), call.nodes, call.range)
        }
      ],
      [.init("nullif('99', '99')", "null"), .init("nullif('69', '99')", "69")]),
    FunctionSpec(
      "greatest", .choice, "The greatest argument; null when one is null, as the standard has it",
      [
        Signature([.init("x", .ordered).repeated], result: "as its arguments") { checker, call in
          checker.extreme(call, .greater)
        }
      ],
      [.init("greatest(1, 2.5, 2)", "2.5"), .init("greatest(1, null)", "null")]),
    FunctionSpec(
      "least", .choice, "The least argument; null when one is null, as the standard has it",
      [
        Signature([.init("x", .ordered).repeated], result: "as its arguments") { checker, call in
          checker.extreme(call, .less)
        }
      ],
      [.init("least(date '2024-01-31', today())", "2024-01-31")]),
  ]

  private static let day = FunctionSpec.Example.Given(name: "D", type: .text, value: "20240131")
}

extension Checker {
  fileprivate mutating func extreme(_ call: Signature.Call, _ comparison: Comparison) -> Node? {
    let type = call.nodes[0].type
    var result = call.nodes[0]
    for node in call.nodes.dropFirst() {
      guard let next = self.call(type, .pick(comparison, type), [result, node], call.range) else {
        return nil
      }
      result = next
    }
    return result
  }
}

extension Kernel {
  /// The first operand, or null where the second equals it.
  static func nullIf(_ type: ExpressionType) -> Kernel {
    let comparison = compare(.equal, type, type)
    return Kernel(strict: false) { frame in
      var inner = KernelFrame(frame.operands, count: frame.count, strict: true)
      guard case .lanes(let equal) = comparison.run(&inner) else { return .lanes([]) }
      let first = frame.operands[0]
      for row in 0..<frame.count {
        let isEqual = equal[row] == 1 && (inner.validity?[row] ?? true)
        if isEqual || !first.isValid(row) { frame.setNull(row) }
      }
      return first.column(count: frame.count).values
    }
  }

  /// Of two operands the one that compares as asked, the second when neither does.
  static func pick(_ comparison: Comparison, _ type: ExpressionType) -> Kernel {
    let comparing = compare(comparison, type, type)
    return Kernel { frame in
      var inner = KernelFrame(frame.operands, count: frame.count, strict: true)
      guard case .lanes(let first) = comparing.run(&inner) else { return .lanes([]) }
      var assembly = Assembly(count: frame.count)
      for operand in [1, 0] {
        var rows: [Int32] = []
        for row in 0..<frame.count where first[row] == (operand == 0 ? 1 : 0) {
          rows.append(Int32(row))
        }
        assembly.add(frame.operands[operand], rows: rows, isDense: true)
      }
      return assembly.column(type.columnType).values
    }
  }
}
