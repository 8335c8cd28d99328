package import Expressions

/// Rows that are seen together: one row for each group, or each row beside its neighbours.
package struct GroupPlan: Sendable {
  /// What is computed of the rows of a group.
  package enum Function: String, Sendable, CaseIterable {
    case sum, count, min, max, first, last, any
    case lag, lead
    case rowNumber = "row_number"

    /// Whether the function gives a value for each row of the group, not one for all.
    package var isWindow: Bool { [.lag, .lead, .rowNumber].contains(self) }
    /// Whether the function depends on the order of the rows.
    package var needsOrder: Bool { isWindow || self == .first || self == .last }
  }

  package struct Key: Sendable {
    package var value: CompiledExpression
    /// Under which name the key is read afterwards.
    package var input: Input

    package init(value: CompiledExpression, input: Input) {
      self.value = value
      self.input = input
    }
  }

  package struct Value: Sendable {
    package var name: String
    package var function: Function
    /// `nil` for `count()` and `row_number()`.
    package var argument: CompiledExpression?

    package init(name: String, function: Function, argument: CompiledExpression?) {
      self.name = name
      self.function = function
      self.argument = argument
    }
  }

  package var keys: [Key]
  package var order: [(value: CompiledExpression, isDescending: Bool)]
  package var values: [Value]
  /// Groups, or rows, for which it is not true are filtered.
  package var having: CompiledExpression?
  /// Whether every row stays, with the values of its neighbours beside it.
  package var isWindow: Bool

  package init(
    keys: [Key], order: [(value: CompiledExpression, isDescending: Bool)], values: [Value],
    having: CompiledExpression?, isWindow: Bool
  ) {
    self.keys = keys
    self.order = order
    self.values = values
    self.having = having
    self.isWindow = isWindow
  }
}
