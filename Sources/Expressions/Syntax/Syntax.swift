/// An expression as it is written, before its names and types are known.
indirect enum Form: Sendable {
  case number(String)
  case text(String)
  case boolean(Bool)
  case null
  /// `date '…'` or `timestamp '…'`.
  case moment(ExpressionType, String)
  /// `interval '3' month`.
  case interval(String, unit: Word)
  case column(table: Word?, name: Word)
  case minus(Syntax)
  case plus(Syntax)
  case arithmetic(Arithmetic, Syntax, Syntax)
  case comparison(Comparison, Syntax, Syntax)
  case concatenation([Syntax])
  case and([Syntax])
  case or([Syntax])
  case not(Syntax)
  case isNull(Syntax, negated: Bool)
  case isTruth(Syntax, Bool, negated: Bool)
  case isDistinct(Syntax, Syntax, negated: Bool)
  case inList(Syntax, [Syntax], negated: Bool)
  case between(Syntax, Syntax, Syntax, negated: Bool)
  case like(Syntax, pattern: Syntax, escape: Syntax?, negated: Bool)
  case caseWhen(operand: Syntax?, branches: [Branch], otherwise: Syntax?)
  case cast(Syntax, to: ExpressionType, trying: Bool)
  case extract(Word, from: Syntax)
  case call(Word, [Syntax])

  struct Branch: Sendable {
    var when: Syntax
    var then: Syntax
  }
}

/// A form and the bytes of the text that it covers.
struct Syntax: Sendable {
  let form: Form
  let range: Range<Int>
  /// The number of forms on the longest way down, which bounds every recursion over it.
  let depth: Int
}

/// A name and where it stands.
struct Word: Hashable, Sendable {
  var text: String
  var range: Range<Int>
}

enum Arithmetic: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
}

enum Comparison: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  init?(symbol: String) {
    if symbol == "!=" { self = .notEqual } else { self.init(rawValue: symbol) }
  }
}
