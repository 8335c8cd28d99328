internal import Columnar
internal import CommonDataModel
package import Engine
internal import Expressions
internal import Extract
package import Privacy
package import Transform
package import Vocabulary

/// Turns a checked project into the plan of a run.
package struct RunPlanner: Sendable {
  package let project: CheckedProject
  package let vocabulary: VocabularyIndex?
  package let mappings: MappingCatalog?
  package let key: SecretKey
  /// The day of the run, in days since 1970-01-01.
  package let asOf: Int64
  package let registry: Registry
  package let options: RunOptions
  /// Files in UTF-8 to read in the place of a table's own, by `pipeline/table`: for tests.
  package let replacements: [String: String]
  /// Which target of a code is which, as the ledger knows it.
  package let slots: SlotMemory

  package init(
    project: CheckedProject, vocabulary: VocabularyIndex?, mappings: MappingCatalog?,
    key: SecretKey, asOf: Int64, registry: Registry, options: RunOptions,
    replacements: [String: String] = [:], slots: SlotMemory = SlotMemory()
  ) {
    self.project = project
    self.vocabulary = vocabulary
    self.mappings = mappings
    self.key = key
    self.asOf = asOf
    self.registry = registry
    self.options = options
    self.replacements = replacements
    self.slots = slots
  }

  /// Makes the plan; opens the headers of the source files and nothing more.
  package func plan() throws -> RunPlan {
    var problems: [String] = []
    var transformers: [RuleTransformer] = []
    var tables: [(name: String, extractor: any Extractor, joined: Set<String>, rules: [Int])] = []
    for pipeline in project.pipelines {
      let name = pipeline.definition.name.value
      let hasher = KeyHasher(key: key, namespace: "\(name)/#value")
      let joinedColumns = joinedColumns(pipeline.rules)
      var rulesOf: [String: [Int]] = [:]
      var joined: [String: Set<String>] = [:]
      for rule in pipeline.rules {
        let table = rule.table.name.value
        rulesOf[table, default: []].append(transformers.count)
        joined[table, default: []].formUnion(rule.joins.map { "\(name)/\($0.table.name.value)" })
        transformers.append(
          RuleTransformer(
            rulePlan(
              rule, of: pipeline.definition, joinedColumns: joinedColumns, hasher: hasher)))
      }
      for table in pipeline.definition.tables {
        let own = table.name.value
        let wanted = columns(of: own, wantedBy: pipeline.rules)
        // A table that no rule reads is not read.
        guard rulesOf[own] != nil || !wanted.isEmpty else { continue }
        let settings = try csvSettings(table, of: pipeline.definition, wanted: wanted)
        do {
          let extractor = try registry.extractor(settings)
          tables.append(("\(name)/\(own)", extractor, joined[own] ?? [], rulesOf[own] ?? []))
        } catch {
          problems.append("\(error)")
        }
      }
    }
    guard problems.isEmpty else { throw UnusableSources(problems: problems) }
    var streams: [StreamDefinition] = []
    var rules: [FinishRule] = []
    for transformer in transformers {
      rules.append(transformer.finishRule(firstStream: streams.count))
      streams += transformer.streams
    }
    let closing = ClosingRows(project, vocabularyVersion: vocabulary?.version, asOf: asOf)
    return RunPlan(
      tables: RunPlanner.ordered(tables).map {
        TablePlan(extractor: $0.extractor, transformers: $0.rules)
      },
      transformers: transformers,
      finisher: PersonFinisher(
        streams: streams, rules: rules, derivation: DerivationPlan(),
        slots: slots),
      closing: { closing.rows($0) })
  }

  /// Puts every table behind those that its rules join; the order is otherwise that of the files.
  ///
  /// The checker has refused circles of joins.
  private static func ordered<Table>(
    _ tables: [(name: String, extractor: any Extractor, joined: Set<String>, rules: Table)]
  ) -> [(name: String, extractor: any Extractor, joined: Set<String>, rules: Table)] {
    var left = tables
    var done: Set<String> = []
    var order: [(name: String, extractor: any Extractor, joined: Set<String>, rules: Table)] = []
    while !left.isEmpty {
      let next = left.firstIndex { $0.joined.isSubset(of: done) } ?? 0
      let table = left.remove(at: next)
      done.insert(table.name)
      order.append(table)
    }
    return order
  }

  /// The columns that rules read from each table that they join.
  private func joinedColumns(_ rules: [CheckedRule]) -> [String: Set<String>] {
    var columns: [String: Set<String>] = [:]
    for rule in rules {
      for join in rule.joins {
        let name = join.table.name.value
        let read = rule.inputs.filter { $0.table == name }
        columns[name, default: []].formUnion(
          read.map { $0.form == .raw ? "\($0.column)#raw" : $0.column } + join.keys.map(\.theirs))
      }
    }
    return columns
  }

  /// The columns of a table that rules read, each in the forms in which they read it.
  private func columns(of table: String, wantedBy rules: [CheckedRule]) -> Set<Input> {
    var wanted: Set<Input> = []
    for rule in rules { wanted.formUnion(rule.inputs.filter { $0.table == table }) }
    return wanted
  }
}

/// Sources that are not there or not as declared: all of them at once.
package struct UnusableSources: Error, CustomStringConvertible, Sendable {
  package let problems: [String]

  package var description: String { problems.joined(separator: "\n") }
}
