/// A function of the language: how it is called, what it does, and an example that is tested.
package struct FunctionSpec: Sendable {
  /// A chapter of the reference page.
  package enum Chapter: String, Sendable, CaseIterable {
    case text = "Text"
    case number = "Numbers"
    case date = "Dates and timestamps"
    case partialDate = "Partial dates"
    case unit = "Units"
    case choice = "Choice"
    case mapping = "Codes and mapping"
    case key = "Identifiers and local keys"

    /// What the reference says below the functions of the chapter.
    var notes: String? { self == .unit ? ExpressionLanguage.unitNotes : nil }
  }

  /// An expression and what it gives.
  package struct Example: Sendable {
    /// A column that the example reads: its name, type and value as the physical form has it.
    package struct Given: Sendable {
      package let name: String
      package let type: ExpressionType
      package let value: String
    }

    package let expression: String
    /// The result written as a text, `null` when there is none.
    package let result: String
    package let given: [Given]

    init(_ expression: String, _ result: String, given: [Given] = []) {
      self.expression = expression
      self.result = result
      self.given = given
    }
  }

  package let name: String
  package let chapter: Chapter
  /// What it does, in one sentence without a full stop.
  package let summary: String
  package let examples: [Example]
  let signatures: [Signature]

  init(
    _ name: String, _ chapter: Chapter, _ summary: String, _ signatures: [Signature],
    _ examples: [Example]
  ) {
    self.name = name
    self.chapter = chapter
    self.summary = summary
    self.signatures = signatures
    self.examples = examples
  }

  /// How it is called, as the reference writes it: `left(text, count integer) → text`.
  package var usages: [String] { signatures.map { $0.usage(name) } }
}

/// One way to call a function.
struct Signature: Sendable {
  /// What an argument may be.
  enum Kind: Sendable {
    case value(ExpressionType)
    /// Any number; it keeps its type.
    case number
    /// A text written out in quotes.
    case literal
    /// Any value that has an order; all such arguments widen to one type.
    case ordered
    /// Any value; all such arguments widen to one type.
    case any
    case key
    /// The raw text of an identifier's column; a text is taken as well.
    case raw
  }

  struct Parameter: Sendable {
    let name: String
    let kind: Kind
    var isOptional = false
    /// Whether more arguments of the kind may follow.
    var isRepeated = false

    init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }

    static func text(_ name: String) -> Parameter { Parameter(name, .value(.text)) }
    static func integer(_ name: String) -> Parameter { Parameter(name, .value(.integer)) }
    static func double(_ name: String) -> Parameter { Parameter(name, .value(.double)) }
    static func date(_ name: String) -> Parameter { Parameter(name, .value(.date)) }
    static func timestamp(_ name: String) -> Parameter { Parameter(name, .value(.timestamp)) }

    var optional: Parameter {
      var copy = self
      copy.isOptional = true
      return copy
    }

    var repeated: Parameter {
      var copy = self
      copy.isRepeated = true
      return copy
    }
  }

  /// The arguments of one call, as they are written and as they were checked and widened.
  struct Call {
    let name: Word
    let syntaxes: [Syntax]
    let nodes: [Node]
    let range: Range<Int>
  }

  let parameters: [Parameter]
  /// The type of the result, as the reference writes it.
  let result: String
  let build: @Sendable (inout Checker, Call) -> Node?

  /// A function that is one kernel.
  init(_ parameters: [Parameter], _ result: ExpressionType, _ kernel: Kernel) {
    self.parameters = parameters
    self.result = result.description
    build = { checker, call in checker.call(result, kernel, call.nodes, call.range) }
  }

  /// A function that must look at its arguments first.
  init(
    _ parameters: [Parameter], result: String,
    build: @escaping @Sendable (inout Checker, Call) -> Node?
  ) {
    self.parameters = parameters
    self.result = result
    self.build = build
  }

  /// How many arguments it takes.
  var counts: ClosedRange<Int> {
    let least = parameters.count { !$0.isOptional }
    return least...(parameters.contains(where: \.isRepeated) ? .max : parameters.count)
  }

  func parameter(_ index: Int) -> Parameter { parameters[min(index, parameters.count - 1)] }

  func usage(_ name: String) -> String {
    var text = "\(name)("
    for (index, parameter) in parameters.enumerated() {
      let comma = index == 0 ? "" : ", "
      let written = "\(parameter.name) \(parameter.kind)"
      text += parameter.isOptional ? "[\(comma)\(written)]" : comma + written
      if parameter.isRepeated { text += ", …" }
    }
    return text + ") → \(result)"
  }
}

extension Signature.Kind: CustomStringConvertible {
  var description: String {
    switch self {
    case .value(let type): type.description
    case .number: "number"
    case .literal: "'text'"
    case .ordered, .any: "value"
    case .key: "identifier or local_key"
    case .raw: "identifier"
    }
  }
}
