internal import Columnar
internal import CommonDataModel
internal import Engine
internal import Expressions
internal import Privacy
internal import Transform
internal import Vocabulary

extension RunPlanner {
  /// The plan of a rule over one of its tables.
  ///
  /// - Parameters:
  ///   - rule: the rule.
  ///   - source: the extract table whose rows are read.
  ///   - pipeline: the pipeline in which it stands.
  ///   - joinedColumns: the columns that any rule reads from each joined table.
  ///   - isLarge: whether a table is too large to be held whole.
  ///   - hasher: digests the parts of keys.
  /// - Returns: all that mapping a batch needs.
  func rulePlan(
    _ rule: CheckedRule, over source: TableDefinition, of pipeline: PipelineDefinition,
    joinedColumns: [String: Set<String>], isLarge: (TableDefinition) -> Bool, hasher: KeyHasher
  ) -> RulePlan {
    let name = pipeline.name.value
    let table = rule.table
    let declared = Set(source.key.map(\.value))
    let keyColumns = Set(
      rule.key.compactMap { part -> String? in
        guard let column = part.compiled.columnReference, column.table == table.name.value else {
          return nil
        }
        return column.column
      })
    let target: Transform.RuleTarget =
      switch rule.target {
      case .table(let table): .table(table)
      case .event:
        .event(
          defaultTable: EventImage.table(forDomain: rule.concept?.defaultDomain ?? "Observation"))
      }
    var plan = RulePlan(
      name: "\(name)/\(rule.definition.id.value)",
      identity: "\(name)/\(rule.definition.was?.value ?? rule.definition.id.value)",
      source: "\(name)/\(source.name.value)", alias: table.name.value, target: target,
      joins: joins(of: rule, of: name, joinedColumns, isLarge),
      derived: rule.derived.map { ($0.name, $0.expression.compiled) },
      filter: rule.filter?.compiled, person: rule.person?.compiled,
      key: keyPlan(rule.key),
      isKeyUnique: rule.group == nil && !declared.isEmpty && declared.isSubset(of: keyColumns),
      visit: rule.visit.map { ("\(name)/\($0.rule)", keyPlan($0.key)) },
      preference: rule.prefer.map { ($0.expression.compiled, $0.isDescending) },
      concept: rule.concept.map { conceptPlan($0, pipeline) },
      fields: rule.fields.map { field in
        let value: Transform.FieldValue =
          switch field.value {
          case .expression(let expression): .expression(expression.compiled)
          case .concept(let concept, let isSource):
            .concept(conceptPlan(concept, pipeline), isSource: isSource)
          case .reference(let other):
            .reference(rule: "\(name)/\(other.rule)", keyPlan(other.key))
          }
        return (field.name, value)
      },
      truncated: Set(rule.fields.filter(\.truncates).map(\.name)),
      delivered: pipeline.source.delivered?.value, hasher: hasher)
    plan.unpivot = rule.unpivot.map { unpivot in
      UnpivotPlan(
        columns: unpivot.columns.map { Input(table: table.name.value, column: $0) },
        value: unpivot.value, name: unpivot.name)
    }
    plan.group = rule.group.map(groupPlan)
    plan.types = rule.columnTypes
    plan.codes = codes
    if codes != nil { plan.values = valueBooks(of: rule) }
    return plan
  }

  /// The joins of a rule: the rows of a large table are brought to those that ask for them, other
  /// tables are held whole.
  ///
  /// A row that waits stands for its source row, so that no join that may find several rows stands
  /// before a wait. Raw texts of identifiers are never let wait, since what waits may be written to
  /// a scratch file.
  private func joins(
    of rule: CheckedRule, of pipeline: String, _ columns: [String: Set<String>],
    _ isLarge: (TableDefinition) -> Bool
  ) -> [JoinPlan] {
    var joins: [JoinPlan] = []
    var fansOut = rule.unpivot != nil
    let readsRaw = rule.inputs.contains { $0.form == .raw }
    for join in rule.joins {
      let keys = join.keys.map(\.theirs)
      let isShuffled = !fansOut && !readsRaw && isLarge(join.table)
      // The columns are those of all rules that join the table, so that it is held once; of those
      // that wait, texts that other rules read are none.
      let read = columns[join.table.name.value]
      let request = BroadcastRequest(
        table: "\(pipeline)/\(join.table.name.value)", keys: keys,
        isDeclaredKey: !keys.isEmpty && Set(keys) == Set(join.table.key.map(\.value)),
        columns: isShuffled ? read?.filter { !$0.hasSuffix(Input.rawSuffix) } : read)
      joins.append(
        JoinPlan(
          alias: join.table.name.value, request: request, columns: join.keys.map(\.mine),
          isRequired: join.isRequired, isShuffled: isShuffled))
      if !request.isDeclaredKey { fansOut = true }
    }
    return joins
  }

  private func groupPlan(_ group: CheckedGroup) -> GroupPlan {
    GroupPlan(
      keys: group.keys.compactMap { key in
        key.compiled.columnReference.map { GroupPlan.Key(value: key.compiled, input: $0) }
      },
      order: group.order.map { ($0.expression.compiled, $0.isDescending) },
      values: group.values.compactMap { value in
        GroupPlan.Function(rawValue: value.function).map {
          GroupPlan.Value(
            name: value.name, function: $0, argument: value.argument?.compiled)
        }
      }, having: group.having?.compiled, isWindow: group.definition.isWindow)
  }

  /// The files in which concept fields of whole persons look values up by a call of `map()` and
  /// nothing else.
  private func valueBooks(of rule: CheckedRule) -> [String: CodeBook] {
    if case .table(let table) = rule.target, !table.isPersonBound || table.crossesPersons {
      return [:]
    }
    var books: [String: CodeBook] = [:]
    for field in rule.fields where field.isConcept {
      guard case .expression(let expression) = field.value,
        let map = expression.compiled.mapping?.map,
        let file = mappings?.valueMap(map)?.value
      else { continue }
      books[field.name] = CodeBook(values: file, named: map)
    }
    return books
  }

  private func keyPlan(_ parts: [CheckedExpression]) -> KeyPlan { KeyPlan(parts.map(\.compiled)) }

  private func conceptPlan(
    _ concept: CheckedConcept, _ pipeline: PipelineDefinition
  ) -> ConceptPlan {
    let map = concept.map.flatMap {
      mappings?.sourceToConceptMap($0, states: pipeline.mappingStates)?.value
    }
    let defaultTable = EventImage.table(forDomain: concept.defaultDomain)
    return ConceptPlan(
      code: concept.code.compiled,
      resolver: ConceptResolver(
        map: map, vocabulary: vocabulary, vocabularyName: concept.vocabulary,
        defaultTable: defaultTable, slots: slots,
        hasher: KeyHasher(
          key: key, namespace: "#code/\(concept.map ?? "")/\(concept.vocabulary ?? "")")),
      book: CodeBook(
        map: concept.map.map { ($0, map) }, vocabulary: vocabulary,
        vocabularyName: concept.vocabulary, defaultTable: defaultTable))
  }
}

extension CheckedRule {
  /// The physical type of everything that the rule's expressions may read.
  fileprivate var columnTypes: [Input: ColumnType] {
    var types: [Input: ColumnType] = [:]
    let tables = [table] + joins.map(\.table)
    for input in inputs {
      let column = tables.first { $0.name.value == input.table }?.column(input.column)
      types[input] =
        input.form == .raw ? .text : (column?.type?.expressionType ?? .null).columnType
    }
    func add(_ name: String, _ type: ExpressionType) {
      types[Input(table: nil, column: name)] = type.columnType
    }
    for value in derived { add(value.name, value.expression.compiled.type) }
    if let unpivot {
      add(unpivot.value, unpivot.type)
      if let name = unpivot.name { add(name, .text) }
    }
    return types
  }
}

extension CheckedField {
  /// Whether it takes a standard concept.
  fileprivate var isConcept: Bool {
    let isConcept =
      switch field {
      case .field(let field): field.isConcept
      case .event(let field): field.name.hasSuffix("_concept_id")
      }
    return isConcept && !name.contains("source_concept")
  }
}
