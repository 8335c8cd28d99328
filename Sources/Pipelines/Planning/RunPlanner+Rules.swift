internal import CommonDataModel
internal import Engine
internal import Expressions
internal import Privacy
internal import Transform
internal import Vocabulary

extension RunPlanner {
  /// The plan of a rule.
  ///
  /// - Parameters:
  ///   - rule: the rule.
  ///   - pipeline: the pipeline in which it stands.
  ///   - joinedColumns: the columns that any rule reads from each joined table.
  ///   - hasher: digests the parts of keys.
  /// - Returns: all that mapping a batch needs.
  func rulePlan(
    _ rule: CheckedRule, of pipeline: PipelineDefinition, joinedColumns: [String: Set<String>],
    hasher: KeyHasher
  ) -> RulePlan {
    let name = pipeline.name.value
    let table = rule.table
    let declared = Set(table.key.map(\.value))
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
    return RulePlan(
      name: "\(name)/\(rule.definition.id.value)",
      identity: "\(name)/\(rule.definition.was?.value ?? rule.definition.id.value)",
      source: "\(name)/\(table.name.value)", alias: table.name.value, target: target,
      joins: rule.joins.map { join in
        let keys = join.keys.map(\.theirs)
        return JoinPlan(
          alias: join.table.name.value,
          request: BroadcastRequest(
            table: "\(name)/\(join.table.name.value)", keys: keys,
            isDeclaredKey: !keys.isEmpty && Set(keys) == Set(join.table.key.map(\.value)),
            columns: joinedColumns[join.table.name.value]),
          columns: join.keys.map(\.mine), isRequired: join.isRequired)
      },
      derived: rule.derived.map { ($0.name, $0.expression.compiled) },
      filter: rule.filter?.compiled, person: rule.person?.compiled,
      key: keyPlan(rule.key),
      isKeyUnique: !declared.isEmpty && declared.isSubset(of: keyColumns),
      visit: rule.visit.map { ("\(name)/\($0.rule)", keyPlan($0.key)) },
      preference: rule.prefer.map { ($0.expression.compiled, $0.isDescending) },
      concept: rule.concept.map(conceptPlan),
      fields: rule.fields.map { field in
        let value: Transform.FieldValue =
          switch field.value {
          case .expression(let expression): .expression(expression.compiled)
          case .reference(let other):
            .reference(rule: "\(name)/\(other.rule)", keyPlan(other.key))
          }
        return (field.name, value)
      },
      truncated: Set(rule.fields.filter(\.truncates).map(\.name)),
      delivered: pipeline.source.delivered?.value, hasher: hasher)
  }

  private func keyPlan(_ parts: [CheckedExpression]) -> KeyPlan { KeyPlan(parts.map(\.compiled)) }

  private func conceptPlan(_ concept: CheckedConcept) -> ConceptPlan {
    let map = concept.map.flatMap { mappings?.sourceToConceptMap($0)?.value }
    return ConceptPlan(
      code: concept.code.compiled,
      resolver: ConceptResolver(
        map: map, vocabulary: vocabulary, vocabularyName: concept.vocabulary,
        defaultTable: EventImage.table(forDomain: concept.defaultDomain), slots: slots,
        hasher: KeyHasher(
          key: key, namespace: "#code/\(concept.map ?? "")/\(concept.vocabulary ?? "")")))
  }
}
