package import CommonDataModel
package import Expressions

/// A project in which no mistake was found, ready to be planned.
///
/// When diagnostics have errors, rules that are wrong are absent.
package struct CheckedProject: Sendable {
  package var definition: ProjectDefinition
  package var pipelines: [CheckedPipeline]
}

/// A pipeline with its checked rules.
package struct CheckedPipeline: Sendable {
  package var definition: PipelineDefinition
  /// The rules in the order of the file.
  package var rules: [CheckedRule]

  /// A rule by its id.
  package func rule(_ id: String) -> CheckedRule? {
    rules.first { $0.definition.id.value == id }
  }
}

/// A rule whose names are resolved and whose expressions are compiled.
package struct CheckedRule: Sendable {
  package var definition: RuleDefinition
  package var target: CheckedTarget
  /// The extract table whose rows are read.
  package var table: TableDefinition
  /// Further tables whose rows are read alike.
  package var also: [TableDefinition]
  package var unpivot: CheckedUnpivot?
  /// The joined tables in the order of the file.
  package var joins: [CheckedJoin]
  /// Of type boolean.
  package var filter: CheckedExpression?
  /// Named values in the order in which they are computed; expressions read them as inputs
  /// without a table.
  package var derived: [CheckedDerived]
  package var group: CheckedGroup?
  /// Of a key type; `nil` for tables without person.
  package var person: CheckedExpression?
  /// The parts of the source key; never empty.
  package var key: [CheckedExpression]
  package var visit: CheckedReference?
  /// Which of several rows wins: the first in this order.
  package var prefer: CheckedOrdering?
  package var concept: CheckedConcept?
  /// The fields in the order of the file.
  package var fields: [CheckedField]

  /// Every column that the rule reads, each once: for the columns that the extractor must keep,
  /// and in which form.
  package var inputs: [Input]
}

/// Columns of the rule's table that make rows.
package struct CheckedUnpivot: Sendable {
  package var columns: [String]
  package var value: String
  package var name: String?
  package var type: ExpressionType
}

/// Rows that are seen together.
package struct CheckedGroup: Sendable {
  package var definition: GroupDefinition
  package var keys: [CheckedExpression]
  package var order: [CheckedOrdering]
  package var values: [Value]
  /// Of type boolean.
  package var having: CheckedExpression?

  /// A function of the rows, and what it is computed of.
  package struct Value: Sendable {
    package var name: String
    package var function: String
    package var argument: CheckedExpression?
  }
}

/// Where the rows of a rule go.
package enum CheckedTarget: Hashable, Sendable {
  case table(CDMTable)
  /// The domain of the concept chooses the table.
  case event
}

/// An expression with its text and place.
package struct CheckedExpression: Sendable {
  package var source: SourceExpression
  package var compiled: CompiledExpression
}

/// A joined table.
package struct CheckedJoin: Sendable {
  package var definition: JoinDefinition
  package var table: TableDefinition
  /// The columns that must be equal.
  package var keys: [Key]

  /// Two columns of one type.
  package struct Key: Sendable {
    /// The column of the rule's table, or of a table joined before.
    package var mine: Input
    /// The name of the column of the joined table.
    package var theirs: String
    package var type: ExpressionType
  }

  /// Whether a row without a match is left out and counted as unmatched.
  package var isRequired: Bool { definition.isRequired }
}

/// A named value.
package struct CheckedDerived: Sendable {
  package var name: String
  package var expression: CheckedExpression
}

/// An order.
package struct CheckedOrdering: Sendable {
  package var expression: CheckedExpression
  package var isDescending: Bool
}

/// The row that another rule of the pipeline makes.
package struct CheckedReference: Sendable {
  package var definition: ReferenceDefinition
  /// The id of the other rule.
  package var rule: String
  /// The CDM table of the other rule; `nil` where its rows may be in several.
  package var table: CDMTable?
  /// As many parts, of the same types, as the key of the other rule.
  package var key: [CheckedExpression]
}

/// The code of a row.
package struct CheckedConcept: Sendable {
  package var definition: ConceptDefinition
  /// Of type text.
  package var code: CheckedExpression
  /// The vocabulary_id of the code.
  package var vocabulary: String?
  /// The source_to_concept_map that is asked first.
  package var map: String?
  package var defaultDomain: String
}

/// A field and its value.
package struct CheckedField: Sendable {
  package var definition: FieldDefinition
  package var field: Target
  package var value: Value
  /// Whether a text may be cut to the length of the CDM.
  package var truncates: Bool

  package var name: String { definition.name.value }

  package enum Target: Sendable {
    case field(CDMField)
    case event(EventField)
  }

  package enum Value: Sendable {
    case expression(CheckedExpression)
    case reference(CheckedReference)
    case concept(CheckedConcept, isSource: Bool)
  }
}
