package import Diagnostics

/// The language of expressions: ANSI SQL scalar expressions over the columns of a row.
package enum ExpressionLanguage {
  /// The scale of `cast(x as decimal)`, `to_decimal(x)` and, at least, of a quotient.
  package static let defaultScale = 6
  /// The greatest scale that can be written, and to which products are cut.
  package static let maximumScale = 9
  /// The greatest length of an expression in bytes of UTF-8.
  package static let maximumLength = 65_536

  /// Checks an expression and compiles it to kernels over columns.
  ///
  /// All mistakes are reported at once: those of the text together, and, when the text can be read,
  /// those of names and types together.
  ///
  /// - Parameters:
  ///   - text: the expression as it is written.
  ///   - scope: what its names mean.
  ///   - environment: the value maps and the day of the run.
  ///   - position: where its first character stands in the file.
  ///   - characters: where each of its characters stands, when it is not one run on one line (a
  ///     folded scalar, a quoted one with escapes); one more may say where it ends.
  ///   - expected: the type that the place wants; integer widens to decimal and double, a decimal to
  ///     a greater scale and to double, a date to a timestamp (midnight), and nothing else is
  ///     converted without being asked. `nil` takes any.
  ///   - diagnostics: takes what is wrong.
  /// - Returns: `nil` when there was an error.
  package static func compile(
    _ text: String, in scope: Scope, environment: ExpressionEnvironment, at position: Position,
    characters: [Position] = [], expecting expected: ExpressionType? = nil,
    diagnostics: inout DiagnosticList
  ) -> CompiledExpression? {
    let source = SourceText(text, at: position, characters: characters)
    var checker = Checker(source, scope, environment)
    let root = checker.root(expecting: expected)
    diagnostics.add(checker.diagnostics)
    guard let root, !checker.diagnostics.hasErrors else { return nil }
    return CompiledExpression(
      type: root.type, inputs: checker.inputs, valueMaps: checker.valueMaps, root: root,
      slots: checker.inputSlots, slotCount: checker.slotCount, lookup: checker.lookup(root))
  }
}
