import Columnar
import Diagnostics

/// Gives names and types to a form and turns it into nodes; a part with a mistake is `nil`, and its
/// neighbours are still checked.
struct Checker {
  let source: SourceText
  let scope: Scope
  let environment: ExpressionEnvironment
  var diagnostics = DiagnosticList()
  private(set) var inputs: [Input] = []
  private(set) var inputSlots: [Int] = []
  private(set) var slotCount = 0
  private(set) var valueMaps: [String] = []
  /// The calls of `map()`, with the texts that they look up.
  private var lookups: [(call: Node, map: String, text: Node)] = []

  init(_ source: SourceText, _ scope: Scope, _ environment: ExpressionEnvironment) {
    self.source = source
    self.scope = scope
    self.environment = environment
  }

  /// Whether an expression has so many mistakes that no more are told.
  private var isFull: Bool { diagnostics.all.count >= 50 }

  /// The hint on the candidate that was probably meant by a name.
  ///
  /// A candidate may be written in another way than it is named.
  func suggestion(
    for name: String, in candidates: [String], spelled: [String: String] = [:]
  ) -> String? {
    if isFull { return nil }
    guard let near = nearestName(to: name, in: candidates) else { return nil }
    return "did you mean “\(spelled[near] ?? near)”?"
  }

  mutating func error(
    _ code: String, _ message: String, _ range: Range<Int>, hint: String? = nil
  ) {
    if isFull { return }
    diagnostics.add(
      Diagnostic(
        .error, code, message, at: source.position(range.lowerBound),
        length: source.characterCount(range), hint: hint))
  }

  /// The whole text, read and checked.
  mutating func root(expecting expected: ExpressionType?) -> Node? {
    guard source.bytes.count <= ExpressionLanguage.maximumLength else {
      error(
        "expression-too-long",
        "an expression has at most \(ExpressionLanguage.maximumLength) bytes", 0..<1,
        hint: "split it into derived columns, or use a mapping file")
      return nil
    }
    var lexer = Lexer(source)
    var parser = Parser(lexer.tokens())
    for mistake in lexer.mistakes {
      error(mistake.code, mistake.message, mistake.range, hint: mistake.hint)
    }
    // A quote that is never closed swallows what follows: to read on would only confuse.
    if lexer.mistakes.contains(where: { $0.code.hasPrefix("unclosed") }) { return nil }
    let syntax: Syntax
    do throws(Parser.Mistake) {
      syntax = try parser.parse()
    } catch {
      // After a mistake of the lexer the rest would only repeat it.
      if lexer.mistakes.isEmpty {
        self.error(error.code, error.message, error.range, hint: error.hint)
      }
      return nil
    }
    guard let node = check(syntax) else { return nil }
    return expected.map { convert(node, $0, syntax) } ?? node
  }

  /// A new slot for a value that is computed once.
  mutating func newSlot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  /// The node that reads a column.
  mutating func read(_ input: Input, _ type: ExpressionType) -> Node {
    if let index = inputs.firstIndex(of: input) { return Node(type, .input(inputSlots[index])) }
    inputs.append(input)
    inputSlots.append(newSlot())
    return Node(type, .input(slotCount - 1))
  }

  mutating func note(valueMap name: String) {
    if !valueMaps.contains(name) { valueMaps.append(name) }
  }

  /// Remembers a call of `map()`.
  mutating func note(lookup call: Node, map: String, text: Node) {
    lookups.append((call, map, text))
  }

  /// What an expression looks up when it is a call of `map()` and nothing else.
  func lookup(_ root: Node) -> (map: String, text: Node)? {
    lookups.first { $0.call === root }.map { ($0.map, $0.text) }
  }

  /// A node, computed now when it reads nothing of a row.
  mutating func fold(
    _ type: ExpressionType, _ operation: Node.Operation, _ range: Range<Int>
  ) -> Node? {
    let node = Node(type, operation)
    guard node.isConstant, node.constant == nil else { return node }
    let unused = Operand(scalar: .constant(0, count: 1))
    var evaluator = Evaluator(inputs: [Operand](repeating: unused, count: slotCount), count: 1)
    let column = evaluator.evaluate(node).column(count: 1)
    if let failure = evaluator.firstFailures.first {
      error("always-fails", "this always fails: \(failure.reason.rawValue)", range)
      return nil
    }
    return Node(type, .constant(column))
  }

  /// A call of a kernel.
  mutating func call(
    _ type: ExpressionType, _ kernel: Kernel, _ operands: [Node], _ range: Range<Int>
  ) -> Node? {
    fold(type, .call(kernel, operands), range)
  }

  /// A constant of type text.
  func constant(_ text: String) -> Node {
    Node(.text, .constant(Column(.text, .text(TextArray([text])))))
  }

  /// A constant whose value is a lane.
  func constant(_ lane: Int64, _ type: ExpressionType) -> Node {
    Node(type, .constant(.constant(lane, type: type.columnType, count: 1)))
  }

  func null(_ type: ExpressionType) -> Node {
    Node(type, .constant(.nulls(type.columnType, count: 1)))
  }
}
