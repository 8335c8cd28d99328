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
  /// Whether finished rows say where they come from.
  package var isTracing = false
  /// Counts the codes of the rows; `nil` where nobody asks.
  package var codes: CodeCounter?

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

  /// Makes the plan; opens the headers and first blocks of the source files and nothing more.
  package func plan() throws -> RunPlan {
    let extractors = try extractors()
    let large = large(extractors)
    var tables: [(name: String, extractor: any Extractor, joined: Set<String>, rules: [Int])] = []
    var transformers: [RuleTransformer] = []
    var streams: [StreamDefinition] = []
    var rules: [FinishRule] = []
    for (source, pipeline) in project.pipelines.enumerated() {
      let name = pipeline.definition.name.value
      let hasher = KeyHasher(key: key, namespace: "\(name)/#value")
      let joinedColumns = joinedColumns(pipeline.rules)
      var rulesOf: [String: [Int]] = [:]
      var joined: [String: Set<String>] = [:]
      for rule in pipeline.rules {
        var parts: [(transformer: RuleTransformer, firstStream: Int)] = []
        for table in [rule.table] + rule.also {
          let own = table.name.value
          let plan = rulePlan(
            rule, over: table, of: pipeline.definition, joinedColumns: joinedColumns,
            isLarge: { large.contains("\(name)/\($0.name.value)") }, hasher: hasher)
          rulesOf[own, default: []].append(transformers.count)
          joined[own, default: []].formUnion(
            plan.joins.filter { !$0.isShuffled }.map(\.request.table))
          let transformer = RuleTransformer(plan)
          parts.append((transformer, streams.count))
          streams += transformer.streams
          transformers.append(transformer)
        }
        var finishRule = RuleTransformer.finishRule(parts)
        finishRule.source = source
        rules.append(finishRule)
      }
      for table in pipeline.definition.tables {
        let own = table.name.value
        guard let extractor = extractors["\(name)/\(own)"] else { continue }
        tables.append(("\(name)/\(own)", extractor, joined[own] ?? [], rulesOf[own] ?? []))
      }
    }
    let closing = ClosingRows(project, vocabularyVersion: vocabulary?.version, asOf: asOf)
    var finisher = PersonFinisher(
      streams: streams, rules: rules, sources: project.pipelines.map { $0.definition.finishing },
      derivation: derivation, slots: slots)
    finisher.isTracing = isTracing
    finisher.codes = codes
    var plan = RunPlan(
      tables: RunPlanner.ordered(tables).map {
        TablePlan(extractor: $0.extractor, transformers: $0.rules)
      },
      transformers: transformers,
      finisher: finisher,
      closing: { closing.rows($0) })
    let wanted = project.definition.vocabularyTables
    if let vocabulary, wanted != .none {
      let tables = VocabularyTableRows(vocabulary)
      plan.vocabulary = VocabularyRows(isUsedOnly: wanted == .used) { used, sink in
        try tables.load(used, sink)
      }
    }
    return plan
  }

  /// What follows from the rows that rules make.
  private var derivation: DerivationPlan {
    let definition = project.definition
    var plan = DerivationPlan(dropsUnobserved: definition.dropsUnobserved)
    plan.conditionGap = definition.conditionEraGap.map { Int64($0.value) }
    if let gap = definition.drugEraGap, let vocabulary {
      plan.drugEras = .init(gap: Int64(gap.value)) { vocabulary.ingredients(ofConcept: $0) }
    }
    if let gap = definition.doseEraGap, let vocabulary {
      plan.doseEras = .init(gap: Int64(gap.value)) { vocabulary.strengths(ofDrug: $0) }
    }
    return plan
  }

  /// The extractors of the tables that rules read, by `pipeline/table`.
  private func extractors() throws -> [String: any Extractor] {
    var problems: [String] = []
    var extractors: [String: any Extractor] = [:]
    for pipeline in project.pipelines {
      let driving = Set(
        pipeline.rules.flatMap { [$0.table.name.value] + $0.also.map(\.name.value) })
      for table in pipeline.definition.tables {
        let name = table.name.value
        let wanted = columns(of: name, wantedBy: pipeline.rules)
        // A table that no rule reads is not read.
        guard driving.contains(name) || !wanted.isEmpty else { continue }
        do {
          extractors["\(pipeline.definition.name.value)/\(name)"] = try extractor(
            table, of: pipeline.definition, wanted: wanted)
        } catch let error as RunCancelled {
          throw error
        } catch {
          problems.append("\(error)")
        }
      }
    }
    guard problems.isEmpty else { throw UnusableSources(problems: problems) }
    return extractors
  }

  /// The joined tables that are not held whole, by `pipeline/table`: of those that do not fit together
  /// into their share of the budget, the largest.
  private func large(_ extractors: [String: any Extractor]) -> Set<String> {
    var sizes: [(name: String, bytes: Int)] = []
    for pipeline in project.pipelines {
      for (table, columns) in joinedColumns(pipeline.rules) {
        let name = "\(pipeline.definition.name.value)/\(table)"
        guard let extractor = extractors[name] else { continue }
        let held = extractor.schema.fields.filter { columns.contains($0.name) }.map(\.type)
        let bytes =
          extractor.estimatedRows.map { BroadcastTable.bytes(held, rows: $0) }
          ?? extractor.parts.reduce(0) { $0 + Int($1.size) }
        sizes.append((name, bytes))
      }
    }
    var left = options.broadcastBytes
    var large: Set<String> = []
    for table in sizes.sorted(by: { ($0.bytes, $0.name) < ($1.bytes, $1.name) }) {
      left -= table.bytes
      if left < 0 { large.insert(table.name) }
    }
    return large
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
          read.map(\.batchName) + join.keys.map(\.theirs))
      }
    }
    return columns
  }

  /// The columns of a table that rules read, each in the forms in which they read it.
  private func columns(of table: String, wantedBy rules: [CheckedRule]) -> Set<Input> {
    var wanted: Set<Input> = []
    for rule in rules {
      let isDriving = rule.also.contains { $0.name.value == table }
      wanted.formUnion(
        rule.inputs.filter { input in
          input.table == table || isDriving && input.table == rule.table.name.value
        })
    }
    return wanted
  }
}

/// Sources that are not there or not as declared: all of them at once.
package struct UnusableSources: Error, CustomStringConvertible, Sendable {
  package let problems: [String]

  package var description: String { problems.joined(separator: "\n") }
}
