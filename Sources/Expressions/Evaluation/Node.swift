import Columnar

/// A checked expression, ready to run: every operand has the type that its operation needs.
final class Node: Sendable {
  let type: ExpressionType
  let operation: Operation
  /// Whether running it may fail on some row; one that cannot may run on rows that nobody asks for.
  let canFail: Bool
  /// The input slots that it reads, ascending.
  let slots: [Int]

  indirect enum Operation: Sendable {
    /// The column in a slot.
    case input(Int)
    /// One row that stands for all.
    case constant(Column)
    /// A kernel over operands, each computed on all rows.
    case call(Kernel, [Node])
    /// Three-valued conjunction or disjunction; a later operand is asked only on rows that the
    /// earlier ones leave open.
    case logical(isAnd: Bool, [Node])
    /// The value of the first branch whose condition is true, computed on its rows only.
    case choice([Branch], otherwise: Node)
    /// The first operand that is not null, each computed on the rows that still need it.
    case coalesce([Node])
    /// The value of a node, null on the rows where it fails.
    case attempt(Node)
    /// Computes a value once, puts it in a further slot, and runs the body.
    case bind(Node, slot: Int, body: Node)
  }

  struct Branch: Sendable {
    let when: Node
    let then: Node
  }

  init(_ type: ExpressionType, _ operation: Operation) {
    self.type = type
    self.operation = operation
    var slots: Set<Int> = []
    switch operation {
    case .input(let slot): slots = [slot]
    case .bind(let value, let slot, let body):
      slots = Set(body.slots).subtracting([slot]).union(value.slots)
    default: for child in operation.children { slots.formUnion(child.slots) }
    }
    self.slots = slots.sorted()
    var canFail = operation.children.contains(where: \.canFail)
    if case .call(let kernel, _) = operation { canFail = canFail || kernel.canFail }
    if case .attempt = operation { canFail = false }
    self.canFail = canFail
  }

  /// Whether it reads nothing of a row.
  var isConstant: Bool { slots.isEmpty }

  /// The single row of a constant.
  var constant: Column? {
    if case .constant(let column) = operation { column } else { nil }
  }
}

extension Node.Operation {
  var children: [Node] {
    switch self {
    case .input, .constant: []
    case .call(_, let operands), .logical(_, let operands), .coalesce(let operands): operands
    case .choice(let branches, let otherwise):
      branches.flatMap { [$0.when, $0.then] } + [otherwise]
    case .bind(let value, _, let body): [value, body]
    case .attempt(let node): [node]
    }
  }
}

/// A function over whole columns.
///
/// `run` is called once a batch. A strict kernel finds the validity of its operands combined in the
/// frame, computes over all rows, null ones included, and may take validity away; one that is not
/// strict sets the validity itself.
struct Kernel: Sendable {
  let isStrict: Bool
  let canFail: Bool
  let run: @Sendable (inout KernelFrame) -> Column.Values

  init(
    strict: Bool = true, canFail: Bool = false,
    _ run: @escaping @Sendable (inout KernelFrame) -> Column.Values
  ) {
    isStrict = strict
    self.canFail = canFail
    self.run = run
  }
}
