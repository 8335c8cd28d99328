import Columnar

extension ExpressionLanguage {
  static let unitFunctions: [FunctionSpec] = [
    FunctionSpec(
      "convert", .unit,
      """
      The number brought from one unit of UCUM to another of the same kind; the first may be a column; \
      a decimal with the fraction digits given, else at least 6 and as many as are needed up to \
      \(maximumScale), a double of a double; fails (`unknown_unit`, `incommensurable_units`, \
      `overflow`), also where a value other than 0 would round to 0
      """,
      [
        Signature(
          [
            .init("x", .number), .text("from"), .init("to", .literal), .integer("digits").optional,
          ], result: "decimal(digits)"
        ) { checker, call in checker.converted(call) }
      ],
      [
        .init("convert(5.5, 'g/L', 'mg/dL')", "550.000000"),
        .init("convert(12.5, UNIT, 'mg/dL', 1)", "1250.0", given: [unit]),
        .init("convert(37, 'Cel', '[degF]', 1)", "98.6"),
        .init("convert(180, '[lb_av]', 'kg', 2)", "81.65"),
      ])
  ]

  private static let unit = FunctionSpec.Example.Given(name: "UNIT", type: .text, value: "g/L")

  /// What the reference says about units, besides the function.
  static let unitNotes = """
    Units are written in UCUM (<https://ucum.org>), whose capitals matter: prefixes (`m`, `u` for
    micro, `k` …), products (`.`), quotients (`/`, taken from left to right), exponents (`m2`, `s-1`),
    powers of ten (`10*9/L`), parentheses, and annotations, which mean nothing (`mg{creatinine}`).
    Factors are exact. Constants of physics, surveyors' and printers' measures are left out.

    A unit converts to one of the same kind only. The mole, the equivalent and the osmole are kinds
    of their own, since a molar mass, a valence or a number of particles stands between them and
    other units; so are arbitrary units (`[iU]`, `[CFU]`, …), logarithmic ones (`[pH]`, `B`) and
    fields of a microscope. `Cel`, `[degF]` and `[degRe]` are points on a scale: they convert to one
    another and to `K`, and stand in no product.

    """
}

extension Checker {
  fileprivate mutating func converted(_ call: Signature.Call) -> Node? {
    let value = call.nodes[0]
    let target = unit(call.nodes[2], call.syntaxes[2])
    var digits: Int?
    if call.nodes.count > 3 {
      digits = self.digits(call.nodes[3], call.syntaxes[3])
      if digits == nil { return nil }
    }
    let isConstant = call.nodes[1].constant?.nullCount == 0
    let source = isConstant ? unit(call.nodes[1], call.syntaxes[1]) : nil
    guard let target, source != nil || !isConstant else { return nil }
    let scale = value.type.exactScale
    guard let source else {
      let resultScale = digits ?? max(scale ?? 0, ExpressionLanguage.defaultScale)
      let type = scale == nil ? ExpressionType.double : .decimal(scale: resultScale)
      let kernel = Kernel.convert(to: target, value.type, resultScale: resultScale)
      guard let node = self.call(type, kernel, [value, call.nodes[1]], call.range) else {
        return nil
      }
      return rounded(node, digits, call)
    }
    let needed = scale.flatMap { UnitConversion.digits(from: source, to: target, scale: $0) }
    let resultScale =
      digits
      ?? max(
        scale ?? 0, ExpressionLanguage.defaultScale,
        min(needed ?? 0, ExpressionLanguage.maximumScale))
    guard
      let conversion = UnitConversion(
        from: source, to: target, scale: scale ?? 0, resultScale: scale == nil ? 0 : resultScale)
    else {
      incommensurable(source, target, call)
      return nil
    }
    let type = scale == nil ? ExpressionType.double : .decimal(scale: resultScale)
    guard let node = self.call(type, .convert(conversion, value.type), [value], call.range) else {
      return nil
    }
    return rounded(node, digits, call)
  }

  /// A double rounded to a decimal where fraction digits are asked for.
  private mutating func rounded(_ node: Node, _ digits: Int?, _ call: Signature.Call) -> Node? {
    guard node.type == .double, let digits,
      let kernel = Kernel.cast(.double, .decimal(scale: digits), trying: false)
    else { return node }
    return self.call(.decimal(scale: digits), kernel, [node], call.range)
  }

  /// The unit that an argument writes.
  private mutating func unit(_ node: Node, _ syntax: Syntax) -> Unit? {
    guard let text = node.constant?.texts[0] else { return nil }
    do throws(UnitMistake) {
      return try UnitParser.unit(text)
    } catch {
      // Within the quotes, unless one is doubled there or the text is computed.
      var range = syntax.range
      if case .text = syntax.form, range.count == text.utf8.count + 2, !error.range.isEmpty {
        let start = range.lowerBound + 1
        range = start + error.range.lowerBound..<start + error.range.upperBound
      }
      let mistake = error.withHint
      self.error(mistake.code, mistake.message, range, hint: mistake.hint)
      return nil
    }
  }

  /// Reports that two units are not of one kind, or too far apart for 128 bits.
  private mutating func incommensurable(_ from: Unit, _ to: Unit, _ call: Signature.Call) {
    let (first, second) = (call.nodes[1].constant?.texts[0], call.nodes[2].constant?.texts[0])
    let names = "“\(first ?? "")” cannot become “\(second ?? "")”"
    if from.kind == to.kind {
      error("incommensurable-units", "\(names): they lie too far apart", call.syntaxes[2].range)
      return
    }
    func swapped(_ kind: [String: Int], _ code: String, _ other: String) -> [String: Int] {
      var kind = kind
      if let exponent = kind.removeValue(forKey: code) {
        let sum = kind[other, default: 0] + exponent
        kind[other] = sum == 0 ? nil : sum
      }
      return kind
    }
    func differ(_ code: String, _ other: String) -> Bool {
      swapped(from.kind, code, other) == swapped(to.kind, code, other)
    }
    let hint: String
    if differ("mol", "g") {
      hint = "a molar mass is needed: multiply by it first, and convert grams"
    } else if differ("eq", "mol") {
      hint = "a valence is needed: multiply or divide by it first"
    } else if differ("osm", "mol") {
      hint = "a number of particles is needed: multiply or divide by it first"
    } else if [first, second].contains(where: {
      $0?.hasPrefix("G/") == true || $0?.hasPrefix("T/") == true
    }) {
      hint = "G is gauss and T tesla; a billion is 10*9, a trillion 10*12"
    } else if Set(from.kind.keys).union(to.kind.keys).contains(where: { $0.hasPrefix("[") }) {
      hint = "an arbitrary unit converts to itself only"
    } else {
      hint = "in base units one is \(from.base), the other \(to.base)"
    }
    error(
      "incommensurable-units", "\(names): they are of different kinds", call.syntaxes[2].range,
      hint: hint)
  }
}
