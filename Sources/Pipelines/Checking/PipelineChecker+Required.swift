import CommonDataModel
import Diagnostics
import Transform
import Vocabulary

extension PipelineChecker {
  /// `missing-field`: fields that every row needs and that neither the rule nor the program gives.
  mutating func checkRequired(_ head: RuleHead) {
    let given = Set(head.definition.fields.map(\.name.value))
    var missing: [String] = []
    switch head.target {
    case nil: return
    case .event:
      missing = Self.requiredEventFields.filter { name in
        !given.contains(name) && !(name == "start_date" && given.contains("start_datetime"))
          && !(name == "type_concept_id" && hasTypes(head))
      }
    case .table(let table):
      missing = table.fields.filter { field in
        field.isRequired && !given.contains(field.name) && !isGiven(field, in: table, head, given)
      }.map(\.name)
    }
    let rule = head.definition
    for name in missing {
      diagnostics.error(
        "missing-field", "`\(rule.into.value)` needs the field `\(name)`", at: rule.id,
        hint: hint(forMissing: name, head))
    }
  }

  /// Fields of an event that every clinical table requires, those of `concept:` aside.
  private static let requiredEventFields: [String] = {
    let clinical: [EventTable] = [
      .condition, .drug, .procedure, .measurement, .observation, .device,
    ]
    let fromConcept = ["concept_id", "source_concept_id", "source_value"]
    return EventImage.fields.filter { field in
      clinical.allSatisfy { field.isRequired(in: $0) } && !fromConcept.contains(field.name)
    }.map(\.name)
  }()

  /// Whether the program gives a field.
  private func isGiven(
    _ field: CDMField, in table: CDMTable, _ head: RuleHead, _ given: Set<String>
  ) -> Bool {
    if field.isPrimaryKey || field.name == "person_id" { return true }
    let references = head.definition.fields.filter { definition in
      if case .reference = definition.value { true } else { false }
    }
    if references.contains(where: { table.companion(of: $0.name.value) == field }) { return true }
    if field.name == "visit_occurrence_id", head.definition.visit != nil { return true }
    // Ends have defaults: the delivery for a visit, the supply or the start for a drug.
    if field.name.hasSuffix("end_date") { return true }
    if table.dateOf.contains(where: { $0.date == field && given.contains($0.datetime.name) }) {
      return true
    }
    if table.name == "person", ["race_concept_id", "ethnicity_concept_id"].contains(field.name) {
      return true
    }
    if let event = EventTable(rawValue: table.name), hasTypes(head),
      MappingType.type.eventField?.image(in: event) == field.name
    {
      return true
    }
    guard head.definition.concept != nil, let fields = table.conceptFields else { return false }
    return [fields.concept, fields.sourceConcept, fields.sourceValue].contains(field.name)
  }

  /// Whether the mapping file of the rule says where records come from.
  private func hasTypes(_ head: RuleHead) -> Bool {
    guard let name = head.definition.concept?.map?.value else { return false }
    return resources.mappings?.sourceToConceptMap(name, states: pipeline.mappingStates)?
      .value.partTypes.contains(.type) ?? false
  }

  private func hint(forMissing name: String, _ head: RuleHead) -> String? {
    if name == "start_date" { return "give `start_date` or `start_datetime`" }
    if name.hasSuffix("type_concept_id") {
      return "the provenance of the row, such as 32817 (EHR)"
    }
    guard case .table(let table) = head.target else { return nil }
    if let pair = table.dateOf.first(where: { $0.date.name == name }) {
      return "give `\(name)` or `\(pair.datetime.name)`"
    }
    if table.conceptFields?.concept == name { return "give it, or write `concept:`" }
    return nil
  }
}
