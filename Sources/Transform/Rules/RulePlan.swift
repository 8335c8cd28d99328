package import Columnar
package import CommonDataModel
package import Engine
package import Expressions
package import Privacy

/// Where the rows of a rule go.
package enum RuleTarget: Sendable {
  case table(CDMTable)
  /// The domain of the concept chooses the table; the default serves codes without a concept.
  case event(defaultTable: EventTable)

  /// The one table to which all rows go.
  var table: CDMTable? {
    if case .table(let table) = self { table } else { nil }
  }
}

/// A join to another table.
package struct JoinPlan: Sendable {
  /// The name by which the rule's expressions know the joined table.
  package var alias: String
  package var request: BroadcastRequest
  /// The columns of the rule's own table, one for each key column of the joined one.
  package var columns: [Input]
  /// Whether a row without a match is left out.
  package var isRequired: Bool
  /// Whether the rows of both sides are brought together by their keys, since the table is too large
  /// to be held whole.
  package var isShuffled: Bool

  package init(
    alias: String, request: BroadcastRequest, columns: [Input], isRequired: Bool,
    isShuffled: Bool = false
  ) {
    self.alias = alias
    self.request = request
    self.columns = columns
    self.isRequired = isRequired
    self.isShuffled = isShuffled
  }
}

/// Columns of a row each of which makes a row of its own.
package struct UnpivotPlan: Sendable {
  /// Columns of the rule's table, of one type.
  package var columns: [Input]
  /// The name of the value.
  package var value: String
  /// The name of the text that says which column the value comes from.
  package var name: String?

  package init(columns: [Input], value: String, name: String?) {
    self.columns = columns
    self.value = value
    self.name = name
  }
}

/// A key as written: the digests of its parts, joined.
package struct KeyPlan: Sendable {
  package var parts: [CompiledExpression]

  package init(_ parts: [CompiledExpression]) { self.parts = parts }
}

/// The code of a row and the way to its concepts.
package struct ConceptPlan: Sendable {
  package var code: CompiledExpression
  package var resolver: ConceptResolver
  /// What is known of the codes; `nil` where they are not to be counted.
  package var book: CodeBook?

  package init(code: CompiledExpression, resolver: ConceptResolver, book: CodeBook? = nil) {
    self.code = code
    self.resolver = resolver
    self.book = book
  }
}

/// What fills a field.
package enum FieldValue: Sendable {
  case expression(CompiledExpression)
  /// The concept of a code: its first standard one, or the code's own.
  case concept(ConceptPlan, isSource: Bool)
  /// The id of the row of another rule, by its name in full.
  case reference(rule: String, KeyPlan)
}

/// A rule, checked and compiled: everything that mapping a batch needs.
package struct RulePlan: Sendable {
  /// `pipeline/id`.
  package var name: String
  /// The name that ids are made of: `name`, or the one the rule was first known by.
  package var identity: String
  /// The extract table, `pipeline/table`.
  package var source: String
  /// The name by which the rule's expressions know that table.
  package var alias: String
  package var target: RuleTarget
  package var joins: [JoinPlan]
  package var unpivot: UnpivotPlan?
  /// The rows that are seen together.
  package var group: GroupPlan?
  /// The type of every column that the rule reads of a table.
  package var types: [Input: ColumnType] = [:]
  package var derived: [(name: String, value: CompiledExpression)]
  package var filter: CompiledExpression?
  package var person: CompiledExpression?
  package var key: KeyPlan
  /// Whether the key contains the declared unique key of the source table.
  package var isKeyUnique: Bool
  package var visit: (rule: String, key: KeyPlan)?
  package var preference: (value: CompiledExpression, isDescending: Bool)?
  package var concept: ConceptPlan?
  /// CDM fields, or event fields for an event.
  package var fields: [(name: String, value: FieldValue)]
  /// The fields that may be cut to the length of the CDM.
  package var truncated: Set<String>
  /// The day that ends visits which are still open: the day of the delivery.
  package var delivered: Int64?
  /// Counts the codes of the rows; `nil` where nobody asks.
  package var codes: CodeCounter?
  /// Where the values of fields are looked up that are a call of `map()` and nothing else, by the
  /// rule's fields: those that are counted.
  package var values: [String: CodeBook] = [:]
  /// Digests the parts of keys that are no digests already, and joins parts.
  package var hasher: KeyHasher

  package init(
    name: String, identity: String, source: String, alias: String, target: RuleTarget,
    joins: [JoinPlan],
    derived: [(name: String, value: CompiledExpression)], filter: CompiledExpression?,
    person: CompiledExpression?, key: KeyPlan, isKeyUnique: Bool,
    visit: (rule: String, key: KeyPlan)?,
    preference: (value: CompiledExpression, isDescending: Bool)?, concept: ConceptPlan?,
    fields: [(name: String, value: FieldValue)], truncated: Set<String>, delivered: Int64?,
    hasher: KeyHasher
  ) {
    self.name = name
    self.identity = identity
    self.source = source
    self.alias = alias
    self.target = target
    self.joins = joins
    self.derived = derived
    self.filter = filter
    self.person = person
    self.key = key
    self.isKeyUnique = isKeyUnique
    self.visit = visit
    self.preference = preference
    self.concept = concept
    self.fields = fields
    self.truncated = truncated
    self.delivered = delivered
    self.hasher = hasher
  }

  /// What decides between rows of one key.
  package var policy: KeyPolicy {
    if case .table(let table) = target,
      !table.isPersonBound || table.name == "person" || table.name == "death"
    {
      return .merge
    }
    return isKeyUnique ? .unique : .multiple
  }

  /// All expressions of the rule.
  package var expressions: [CompiledExpression] {
    var all = derived.map(\.value)
    if let filter { all.append(filter) }
    if let group {
      all +=
        group.keys.map(\.value) + group.order.map(\.value) + group.values.compactMap(\.argument)
    }
    return all + finalExpressions
  }

  /// The expressions that are computed last, of the rows as they are then.
  package var finalExpressions: [CompiledExpression] {
    var all = key.parts
    if let having = group?.having { all.append(having) }
    if let person { all.append(person) }
    if let visit { all += visit.key.parts }
    if let preference { all.append(preference.value) }
    if let concept { all.append(concept.code) }
    for field in fields {
      switch field.value {
      case .expression(let expression): all.append(expression)
      case .concept(let concept, _): all.append(concept.code)
      case .reference(_, let key): all += key.parts
      }
    }
    return all
  }

  /// The columns of extract tables that the rule reads, with the forms in which it reads them.
  package var inputs: Set<Input> {
    var inputs = Set(expressions.flatMap(\.inputs).filter { $0.table != nil })
    inputs.formUnion(unpivot?.columns ?? [])
    for join in joins {
      inputs.formUnion(join.columns)
      for key in join.request.keys {
        inputs.insert(Input(table: join.alias, column: key))
      }
    }
    return inputs
  }
}
