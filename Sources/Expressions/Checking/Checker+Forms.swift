import Columnar
import Diagnostics

extension Checker {
  mutating func check(_ syntax: Syntax) -> Node? {
    let range = syntax.range
    switch syntax.form {
    case .null: return null(.null)
    case .boolean(let value): return constant(value ? 1 : 0, .boolean)
    case .text(let text): return constant(text)
    case .number(let digits): return number(digits, range)
    case .moment(let type, let text): return moment(type, text, range)
    case .interval:
      error(
        "misplaced-interval", "an interval stands only after + or − of a date or a timestamp",
        range)
      return nil
    case .column(let table, let name): return column(table, name, range)
    case .plus(let operand):
      guard let node = check(operand) else { return nil }
      return numeric(node, "+", operand)
    case .minus(let operand):
      if case .number(let digits) = operand.form { return number("-" + digits, range) }
      guard let node = check(operand), let node = numeric(node, "-", operand) else { return nil }
      return call(node.type, .negate(node.type), [node], range)
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, left, right, range)
    case .comparison(let comparison, let left, let right):
      return self.comparison(comparison, left, right, range)
    case .concatenation(let terms): return concatenation(terms, range)
    case .and(let terms): return logical(isAnd: true, terms, range)
    case .or(let terms): return logical(isAnd: false, terms, range)
    case .not(let operand):
      guard let node = boolean(operand, "not") else { return nil }
      return call(.boolean, .not, [node], range)
    case .isNull(let operand, let negated):
      guard let node = check(operand) else { return nil }
      return call(.boolean, .isNull(negated: negated), [node], range)
    case .isTruth(let operand, let truth, let negated):
      guard let node = boolean(operand, "is \(truth)") else { return nil }
      return call(.boolean, .isTruth(truth, negated: negated), [node], range)
    case .isDistinct(let left, let right, let negated):
      return distinct(left, right, negated, range)
    case .inList(let operand, let items, let negated):
      return inList(operand, items, negated, range)
    case .between(let operand, let low, let high, let negated):
      return between(operand, low, high, negated, range)
    case .like(let operand, let pattern, let escape, let negated):
      return like(operand, pattern, escape, negated, range)
    case .caseWhen(let operand, let branches, let otherwise):
      return caseWhen(operand, branches, otherwise, range)
    case .cast(let operand, let type, let trying):
      guard let node = check(operand) else { return nil }
      return cast(node, type, trying, operand, range)
    case .extract(let unit, let operand): return extract(unit, operand, range)
    case .call(let name, let arguments): return function(name, arguments, range)
    }
  }

  private mutating func number(_ digits: String, _ range: Range<Int>) -> Node? {
    if digits.contains(where: { $0 == "e" || $0 == "E" }) {
      guard let value = Double(digits), value.isFinite else { return tooLarge(range) }
      return Node(.double, .constant(Column(.double, .doubles([value]))))
    }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let scale = parts.count > 1 ? parts[1].count : 0
    guard scale <= ExpressionLanguage.maximumScale else {
      error(
        "number-too-precise",
        "a decimal has at most \(ExpressionLanguage.maximumScale) fraction digits", range)
      return nil
    }
    guard let value = Int64(parts.joined()) else { return tooLarge(range) }
    return constant(value, parts.count > 1 && scale > 0 ? .decimal(scale: scale) : .integer)
  }

  private mutating func tooLarge(_ range: Range<Int>) -> Node? {
    error("number-too-large", "the number does not fit into 64 bits", range)
    return nil
  }

  private mutating func moment(
    _ type: ExpressionType, _ text: String, _ range: Range<Int>
  ) -> Node? {
    let bytes = Array(text.utf8)
    let lane =
      type == .date
      ? IsoFormat.date(bytes.span) : IsoFormat.timestamp(bytes.span)
    guard let lane else {
      error(
        "bad-literal", "“\(text)” is no \(type)", range,
        hint: type == .date ? "as in date '2024-01-31'" : "as in timestamp '2024-01-31 14:05:00'")
      return nil
    }
    return constant(lane, type)
  }
}
