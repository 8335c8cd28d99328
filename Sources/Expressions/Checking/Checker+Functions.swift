import Columnar
import Diagnostics

extension Checker {
  mutating func function(_ name: Word, _ arguments: [Syntax], _ range: Range<Int>) -> Node? {
    guard let spec = ExpressionLanguage.function(name.text) else {
      for argument in arguments { _ = check(argument) }
      let known = ExpressionLanguage.otherNames[name.text.lowercased()].map { "it is \($0) here" }
      let near = suggestion(
        for: name.text, in: ExpressionLanguage.functions.map(\.name) + ["cast", "extract"])
      error(
        "unknown-function", "there is no function “\(name.text)”", name.range,
        hint: known ?? near)
      return nil
    }
    let signatures = spec.signatures.filter { $0.counts.contains(arguments.count) }
    let nodes = arguments.enumerated().map { index, argument in
      check(argument, raw: takesRaw(signatures, index))
    }
    guard !signatures.isEmpty else {
      error(
        "wrong-argument-count",
        "“\(spec.name)” does not take \(arguments.count) argument\(arguments.count == 1 ? "" : "s")",
        range, hint: "it is called \(spec.usages.joined(separator: " or "))")
      return nil
    }
    var sound: [Node] = []
    for node in nodes { if let node { sound.append(node) } }
    guard sound.count == arguments.count else { return nil }
    for signature in signatures where misfit(sound, signature) == nil {
      return build(signature, name, arguments, sound, range)
    }
    report(sound, arguments, signatures, spec)
    return nil
  }

  private func takesRaw(_ signatures: [Signature], _ index: Int) -> Bool {
    signatures.contains { signature in
      if case .raw = signature.parameter(index).kind { true } else { false }
    }
  }

  /// An argument; where a declassifier asks for it, the raw text of an identifier's column.
  private mutating func check(_ argument: Syntax, raw: Bool) -> Node? {
    guard raw, case .column(let table, let name) = argument.form else { return check(argument) }
    guard let (input, type) = resolve(table, name, argument.range) else { return nil }
    // A derived column has no raw text: there is nothing of it in the source.
    guard case .identifier = type, let table = input.table else { return read(input, type) }
    return read(Input(table: table, column: input.column, form: .raw), .text)
  }

  /// The first argument that a signature does not take, or `nil`.
  private func misfit(_ nodes: [Node], _ signature: Signature) -> Int? {
    var common = ExpressionType.null
    for (index, node) in nodes.enumerated() {
      let type = node.type
      switch signature.parameter(index).kind {
      case .value(let wanted):
        if ExpressionType.common(type, wanted) != wanted { return index }
      case .number: if !type.isNumber, type != .null { return index }
      case .literal:
        if node.constant?.type != .text || node.constant?.nullCount != 0 { return index }
      case .key: if !type.isKey { return index }
      case .raw: if type != .text, type != .null { return index }
      case .any, .ordered:
        if case .ordered = signature.parameter(index).kind, type.isKey || type == .partialDate {
          return index
        }
        guard let wider = ExpressionType.common(common, type) else { return index }
        common = wider
      }
    }
    return nil
  }

  /// The call, with its arguments widened to what the signature takes.
  private mutating func build(
    _ signature: Signature, _ name: Word, _ arguments: [Syntax], _ nodes: [Node],
    _ range: Range<Int>
  ) -> Node? {
    let common = nodes.reduce(ExpressionType.null) {
      ExpressionType.common($0, $1.type) ?? $0
    }
    var widened: [Node] = []
    for (index, node) in nodes.enumerated() {
      let type: ExpressionType
      switch signature.parameter(index).kind {
      case .value(let wanted): type = wanted
      case .number: type = node.type == .null ? .integer : node.type
      case .any, .ordered: type = common
      case .raw: type = .text
      case .literal, .key: type = node.type
      }
      guard let node = widen(node, type, arguments[index].range) else { return nil }
      widened.append(node)
    }
    return signature.build(
      &self, Signature.Call(name: name, syntaxes: arguments, nodes: widened, range: range))
  }

  /// Says which argument no signature takes.
  private mutating func report(
    _ nodes: [Node], _ arguments: [Syntax], _ signatures: [Signature], _ spec: FunctionSpec
  ) {
    var best = (index: -1, signature: signatures[0])
    for signature in signatures {
      if let index = misfit(nodes, signature), index > best.index { best = (index, signature) }
    }
    let index = max(0, best.index)
    let type = nodes[index].type
    let range = arguments[index].range
    let parameter = best.signature.parameter(index)
    if case .literal = parameter.kind {
      error("constant-needed", "“\(spec.name)” wants a text in quotes here", range)
    } else if case .any = parameter.kind,
      let other = nodes[..<index].last(where: { $0.type != .null })
    {
      incomparable(other.type, type, "stand together with", range)
    } else if type.isKey {
      if case .raw = parameter.kind, case .identifier = type {
        error(
          "identifier-leak", "“\(spec.name)” reads the text of a column of an extract table only",
          range, hint: "give it the column itself")
      } else {
        leak(type, "be given to \(spec.name)()", range)
      }
    } else {
      let usages = signatures.map { $0.usage(spec.name) }.joined(separator: " or ")
      mismatch(
        "“\(spec.name)” does not take \(type) here", range, hint: "it is called \(usages)")
    }
  }
}
