extension Checker {
  /// Brings a node to a type to which its own widens, or `nil`.
  ///
  /// null → any; integer → decimal → double; decimal → greater scale; date → timestamp.
  mutating func widen(_ node: Node, _ type: ExpressionType, _ range: Range<Int>) -> Node? {
    if node.type == type { return node }
    if node.type == .null { return null(type) }
    guard ExpressionType.common(node.type, type) == type,
      let kernel = Kernel.widening(node.type, type)
    else { return nil }
    return call(type, kernel, [node], range)
  }

  /// Brings a node to the type that its place wants, or says why it cannot be.
  mutating func convert(_ node: Node, _ type: ExpressionType, _ syntax: Syntax) -> Node? {
    if ExpressionType.common(node.type, type) == type { return widen(node, type, syntax.range) }
    if node.type.isKey, !type.isKey {
      leak(node.type, "stand where a value of type \(type) is written", syntax.range)
      return nil
    }
    let text = source.text(syntax.range)
    let hint: String? =
      switch (node.type, type) {
      case (.timestamp, .date): "date(\(text)) gives its day"
      case (.partialDate, .date), (.partialDate, .timestamp):
        "first_day(\(text)) or last_day(\(text)) completes it"
      case (.text, .date): "to_date(\(text), 'yyyy-MM-dd') reads it"
      case (.text, .timestamp): "to_timestamp(\(text), 'yyyy-MM-dd HH:mm:ss') reads it"
      case (.text, .integer): "to_integer(\(text)) reads it"
      case (.text, .decimal), (.text, .double): "to_decimal(\(text)) reads it"
      case (.decimal, .integer), (.double, .integer): "round(\(text)) gives an integer"
      case (.decimal, .decimal(let scale)): "round(\(text), \(scale)) cuts its digits"
      case (_, .text) where !node.type.isKey: "cast(\(text) as text) writes it out"
      default: nil
      }
    mismatch("a value of type \(type) is wanted here, not \(node.type)", syntax.range, hint: hint)
    return nil
  }

  mutating func mismatch(_ message: String, _ range: Range<Int>, hint: String? = nil) {
    error("type-mismatch", message, range, hint: hint)
  }

  /// Reports that a key would leave.
  mutating func leak(_ type: ExpressionType, _ what: String, _ range: Range<Int>) {
    let noun = if case .localKey = type { "a local key" } else { "an identifier" }
    error(
      "identifier-leak", "\(noun) cannot \(what)", range,
      hint: "pseudonym(\(source.text(range))) gives a text that stands for it")
  }

  /// The type to which all nodes widen; reports the first that does not fit with those before it.
  mutating func commonType(_ nodes: [Node], _ syntaxes: [Syntax]) -> ExpressionType? {
    var common = ExpressionType.null
    for (node, syntax) in zip(nodes, syntaxes) {
      guard let wider = ExpressionType.common(common, node.type) else {
        incomparable(common, node.type, "stand together with", syntax.range)
        return nil
      }
      common = wider
    }
    return common
  }

  /// Reports that two types do not go together; the second stands in the range.
  mutating func incomparable(
    _ left: ExpressionType, _ right: ExpressionType, _ verb: String, _ range: Range<Int>
  ) {
    if left.isKey, right.isKey {
      error(
        "namespace-mismatch", "\(right) and \(left) are keys of different namespaces", range,
        hint: "give both columns the same namespace if they hold the same keys")
    } else if left.isKey || right.isKey {
      leak(left.isKey ? left : right, "\(verb) \(left.isKey ? right : left)", range)
    } else {
      let other = left == .text ? right : left
      let hint: String? =
        switch left == .text || right == .text ? other : .null {
        case .integer: "to_integer() reads a text, cast(… as text) writes a number"
        case .decimal, .double: "to_decimal() reads a text, cast(… as text) writes a number"
        case .date: "write a date as date '2024-01-31'"
        case .timestamp: "write a timestamp as timestamp '2024-01-31 14:05:00'"
        case .boolean: "write true or false without quotes"
        case .partialDate: "first_day() or last_day() completes a partial date"
        default: nil
        }
      mismatch("\(right) cannot \(verb) \(left)", range, hint: hint)
    }
  }
}
