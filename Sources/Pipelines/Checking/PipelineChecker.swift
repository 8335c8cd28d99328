import CommonDataModel
import Diagnostics
import Expressions
import Vocabulary

/// Checks one pipeline: first the head of every rule (table, joins, derived values, person, key),
/// then their bodies, which may refer to the heads of other rules.
struct PipelineChecker {
  let pipeline: PipelineDefinition
  let resources: CheckResources
  var diagnostics = DiagnosticList()
  var heads: [RuleHead] = []
  /// One for each head, in the same order, as they are checked.
  var bodies: [RuleBody] = []
  /// The columns that rules read.
  var reads: Set<Input> = []
  /// Whether an expression could not be compiled.
  var lacksExpressions = false
  /// The mapping files that rules use, each use once.
  var mappingUses: [MappingUse] = []

  init(_ pipeline: PipelineDefinition, _ resources: CheckResources) {
    self.pipeline = pipeline
    self.resources = resources
  }

  /// Checks the tables and the heads of all rules.
  mutating func checkHeads() {
    for table in pipeline.tables { check(table) }
    checkIDs()
    for rule in pipeline.rules { heads.append(head(of: rule)) }
  }

  /// Checks all that remains.
  mutating func check(persons: PersonNamespaces) -> CheckedPipeline {
    var checked = CheckedPipeline(definition: pipeline, rules: [])
    for head in heads {
      check(head, persons)
      if let rule = rule(head) { checked.rules.append(rule) }
    }
    checkCycles()
    checkPersons()
    checkCoverage()
    for test in pipeline.tests { check(test) }
    checkUnused()
    return checked
  }

  private mutating func checkIDs() {
    var places: [String: Located<String>] = [:]
    for rule in pipeline.rules {
      if let first = places[rule.id.value] {
        diagnostics.error(
          "duplicate-id", "the rule `\(rule.id.value)` is declared twice", at: rule.id,
          hint: "the first one is at line \(first.position.line)")
      } else {
        places[rule.id.value] = rule.id
      }
    }
    for rule in pipeline.rules {
      guard let was = rule.was else { continue }
      if let other = places[was.value] {
        diagnostics.error(
          "duplicate-id", "`\(was.value)` is the id of a rule still", at: was,
          hint: "that rule is at line \(other.position.line)")
      } else {
        places[was.value] = was
      }
    }
  }

  /// An expression compiled in a scope; `nil` when there was an error, which is told.
  mutating func compile(
    _ source: SourceExpression, in head: RuleHead, scope: Scope? = nil,
    expecting type: ExpressionType? = nil
  ) -> CheckedExpression? {
    let positions = source.scalar.positions
    var found = DiagnosticList()
    let compiled = ExpressionLanguage.compile(
      source.text, in: scope ?? head.scope, environment: resources.environment, at: positions[0],
      characters: positions, expecting: type, diagnostics: &found)
    // What is missing as a whole was told where it is named: a joined table, the mapping files.
    var known: Set<String> = []
    if head.lacksTables { known.insert("unknown-table") }
    if resources.lacksMappings { known.insert("unknown-value-map") }
    for diagnostic in found.all where !known.contains(diagnostic.code) {
      diagnostics.add(diagnostic)
    }
    guard let compiled else {
      lacksExpressions = true
      return nil
    }
    reads.formUnion(compiled.inputs)
    for name in compiled.valueMaps { use(MappingUse(name: name, kind: .values)) }
    return CheckedExpression(source: source, compiled: compiled)
  }

  mutating func use(_ use: MappingUse) {
    if !mappingUses.contains(use) { mappingUses.append(use) }
  }
}

/// What a rule says before its fields.
struct RuleHead {
  var definition: RuleDefinition
  /// `nil` when the rule names no table of the CDM.
  var target: CheckedTarget?
  /// `nil` when the rule names no extract table.
  var table: TableDefinition?
  var joins: [CheckedJoin] = []
  var unpivot: CheckedUnpivot?
  var group: CheckedGroup?
  var also: [TableDefinition] = []
  var derived: [CheckedDerived] = []
  var person: CheckedExpression?
  /// `nil` when it cannot be told.
  var key: [CheckedExpression]?
  /// What expressions see: of a grouped rule, those that are computed last.
  var scope = Scope()
  /// What `where:` sees.
  var rowScope = Scope()
  /// Whether the rule joins a table that does not exist.
  var lacksTables = false
  /// Whether a mistake was found.
  var isBroken = false

  var isPersonBound: Bool {
    switch target {
    case .event: true
    case .table(let table): table.isPersonBound
    case nil: definition.person != nil
    }
  }
}

extension SourceExpression {
  /// The expression as a place.
  var place: Located<String> { Located(scalar) }
}
