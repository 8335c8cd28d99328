/// A place in a file that a person wrote.
package struct Position: Hashable, Comparable, Sendable {
  /// The path as the person named it.
  package var file: String
  /// The line, from 1.
  package var line: Int
  /// The column in characters, from 1.
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  package static func < (left: Position, right: Position) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

extension Position: CustomStringConvertible {
  package var description: String { "\(file):\(line):\(column)" }
}

/// One thing wrong, or worth knowing, in what a person wrote.
///
/// A diagnostic quotes pipelines and mapping files; it never quotes a value of a patient's row.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable {
    case error
    case warning
    case note
  }

  package var severity: Severity
  /// A stable name in kebab-case, such as `unknown-column`, for programs and for searching.
  package var code: String
  /// What is wrong, in one sentence without a full stop.
  package var message: String
  package var position: Position?
  /// The number of characters that the caret underlines, from 1.
  package var length: Int
  /// How to mend it, in one sentence without a full stop.
  package var hint: String?

  package init(
    _ severity: Severity = .error, _ code: String, _ message: String, at position: Position?,
    length: Int = 1, hint: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.position = position
    self.length = max(1, length)
    self.hint = hint
  }
}

/// Diagnostics in the order of their discovery; collected, never thrown one by one.
package struct DiagnosticList: Sendable {
  package private(set) var all: [Diagnostic] = []
  private var known: Set<Diagnostic> = []

  package init() {}

  package var hasErrors: Bool { all.contains { $0.severity == .error } }

  package var isEmpty: Bool { all.isEmpty }

  /// The errors among them.
  package var errors: DiagnosticList {
    var list = DiagnosticList()
    for diagnostic in all where diagnostic.severity == .error { list.add(diagnostic) }
    return list
  }

  /// Adds a diagnostic unless the very same one is there already.
  ///
  /// - Complexity: O(1) expected.
  package mutating func add(_ diagnostic: Diagnostic) {
    if known.insert(diagnostic).inserted { all.append(diagnostic) }
  }

  package mutating func add(_ others: DiagnosticList) {
    for diagnostic in others.all { add(diagnostic) }
  }

  /// The diagnostics by file, line and column; those without a position come first.
  package var sorted: [Diagnostic] {
    all.enumerated().sorted { left, right in
      switch (left.element.position, right.element.position) {
      case (nil, nil): left.offset < right.offset
      case (nil, _): true
      case (_, nil): false
      case (let first?, let second?):
        first == second ? left.offset < right.offset : first < second
      }
    }.map(\.element)
  }
}
