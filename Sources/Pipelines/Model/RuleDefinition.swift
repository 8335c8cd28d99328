/// A rule as it is written.
package struct RuleDefinition: Sendable {
  package var id: Located<String>
  /// The id that the rule had before.
  package var was: Located<String>?
  /// A CDM table, or `event`.
  package var into: Located<String>
  /// The extract table whose rows are read.
  package var from: Located<String>
  /// Further extract tables with the columns that the rule reads of the first.
  package var also: [Located<String>]
  package var unpivot: UnpivotDefinition?
  package var joins: [JoinDefinition]
  /// Rows for which it is not true are filtered.
  package var filter: SourceExpression?
  /// Named values, each of which may use those before it.
  package var derived: [DerivedDefinition]
  package var group: GroupDefinition?
  package var person: SourceExpression?
  /// The parts of the source key; empty when the table's key holds.
  package var key: [SourceExpression]
  package var visit: ReferenceDefinition?
  package var prefer: OrderingDefinition?
  package var concept: ConceptDefinition?
  package var truncate: [Located<String>]
  package var fields: [FieldDefinition]
}

/// Columns that make rows.
package struct UnpivotDefinition: Sendable {
  package var columns: [Located<String>]
  package var value: Located<String>
  package var name: Located<String>?
}

/// Rows that are seen together.
package struct GroupDefinition: Sendable {
  /// `group`, or `window`: every row stays.
  package var place: Located<String>
  package var keys: [SourceExpression]
  package var order: [OrderingDefinition]
  package var values: [DerivedDefinition]
  package var having: SourceExpression?

  package var isWindow: Bool { place.value == "window" }
}

/// A table that is looked up by key.
package struct JoinDefinition: Sendable {
  package var table: Located<String>
  /// Pairs of columns that must be equal.
  package var columns: [Pair]
  /// Whether a row without a match is left out.
  package var isRequired: Bool

  /// A column of the rule's table, or `table.COLUMN` of a table joined before, and a column of the
  /// joined table.
  package struct Pair: Sendable {
    package var mine: Located<String>
    package var theirs: Located<String>
  }
}

/// A named value.
package struct DerivedDefinition: Sendable {
  package var name: Located<String>
  package var expression: SourceExpression
}

/// The row that another rule makes.
package struct ReferenceDefinition: Sendable {
  package var rule: Located<String>
  package var key: [SourceExpression]
}

/// An order.
package struct OrderingDefinition: Sendable {
  package var expression: SourceExpression
  package var isDescending: Bool
}

/// The code of a row.
package struct ConceptDefinition: Sendable {
  package var code: SourceExpression
  package var vocabulary: Located<String>?
  /// A source_to_concept_map file.
  package var map: Located<String>?
  package var defaultDomain: Located<String>?
  /// Where the section stands.
  package var place: Located<String>
}

/// A field and its value.
package struct FieldDefinition: Sendable {
  package var name: Located<String>
  package var value: Value

  package enum Value: Sendable {
    case expression(SourceExpression)
    case reference(ReferenceDefinition)
    /// The concept of a code; of the code itself where `isSource`.
    case concept(ConceptDefinition, isSource: Bool)
  }
}
