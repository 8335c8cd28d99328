import Columnar
import CommonDataModel
import Diagnostics
import Expressions

extension PipelineChecker {
  /// The fields of a rule: `unknown-field`, `engine-field`, `double-field`, `reference-needed`,
  /// `unexpected-reference`, `type-mismatch`, and what references and concepts add.
  mutating func fields(_ head: RuleHead) -> [CheckedField] {
    var fields: [CheckedField] = []
    for definition in head.definition.fields {
      guard let target = target(of: definition, head) else {
        // The field is unknown; its value is checked all the same.
        _ = value(definition, images: [], head)
        continue
      }
      guard let value = value(definition, images: target.images, head) else { continue }
      fields.append(
        CheckedField(
          definition: definition, field: target, value: value,
          truncates: head.definition.truncate.contains { $0.value == definition.name.value }))
    }
    return fields
  }

  private mutating func target(
    of definition: FieldDefinition, _ head: RuleHead
  ) -> CheckedField.Target? {
    let name = definition.name
    let hasConcept = head.definition.concept != nil
    switch head.target {
    case nil: return nil
    case .event:
      guard let field = EventImage.field(name.value) else {
        unknownEventField(name)
        return nil
      }
      if name.value == "visit_occurrence_id", head.definition.visit != nil {
        double(name, "visit")
      }
      if hasConcept, ["concept_id", "source_concept_id"].contains(name.value) {
        double(name, "concept")
      }
      return .event(field)
    case .table(let table):
      guard let field = table.field(name.value) else {
        diagnostics.unknown(
          "field", name, among: table.fields.map(\.name),
          hint: nearestName(to: name.value, in: table.fields.map(\.name)) == nil
            ? "fields of `\(table.name)`: \(table.fields.map(\.name).joined(separator: ", "))" : nil
        )
        return nil
      }
      if field.isPrimaryKey || field.name == "person_id" {
        diagnostics.error(
          "engine-field", "`\(field.name)` is given by the program", at: name,
          hint: field.name == "person_id"
            ? "say in `person:` whose row it is" : "say in `key:` what names the row")
        return nil
      }
      if name.value == "visit_occurrence_id", head.definition.visit != nil {
        double(name, "visit")
      }
      if hasConcept, let fields = table.conceptFields,
        [fields.concept, fields.sourceConcept].contains(name.value)
      {
        double(name, "concept")
      }
      return .field(field)
    }
  }

  private mutating func double(_ name: Located<String>, _ key: String) {
    diagnostics.error(
      "double-field", "`\(name.value)` is given by `\(key):` already", at: name,
      hint: "leave out one of the two")
  }

  private mutating func unknownEventField(_ name: Located<String>) {
    let meant = EventImage.fields.first { field in
      field.tables.contains { field.image(in: $0) == name.value }
    }
    diagnostics.unknown(
      "event field", name, among: EventImage.fields.map(\.name), code: "unknown-field",
      hint: meant.map { "in every table that has it the event field is `\($0.name)`" })
  }

  /// The value of a field; `images` are the fields of the CDM that it can go to.
  private mutating func value(
    _ definition: FieldDefinition, images: [CDMField], _ head: RuleHead
  ) -> CheckedField.Value? {
    let referred = images.compactMap { $0.idTable }.first
    switch definition.value {
    case .concept(let concept, let isSource):
      if let image = images.first, !images.allSatisfy(\.isConcept) {
        diagnostics.error(
          "unexpected-concept", "`\(definition.name.value)` is \(image.datatype), not a concept",
          at: definition.name, hint: "write an expression")
        return nil
      }
      guard head.table != nil else { return nil }
      let domains = isSource ? nil : images.wantedDomains
      return checked(concept, head, domains: domains).map { .concept($0, isSource: isSource) }
    case .reference(let reference):
      let isID =
        referred != nil
        || images.contains { $0.name.hasSuffix("event_id") || $0.name.hasPrefix("fact_id") }
      if let image = images.first, !isID {
        diagnostics.error(
          "unexpected-reference",
          "`\(definition.name.value)` is \(image.datatype), not the id of a row",
          at: definition.name, hint: "write an expression")
        return nil
      }
      return self.reference(reference, to: referred, in: head).map { .reference($0) }
    case .expression(let source):
      guard head.table != nil else { return nil }
      if let referred {
        diagnostics.error(
          "reference-needed", "`\(definition.name.value)` is the id of a row of `\(referred)`",
          at: source.place, hint: "write { rule: …, key: … } with the rule that makes that row")
        return nil
      }
      guard let image = images.first else {
        _ = compile(source, in: head)
        return nil
      }
      guard let expression = compile(source, in: head, expecting: image.expectedType) else {
        return nil
      }
      let type = expression.compiled.type
      if image.datatype == .numeric, !type.isNumber, type != .null {
        diagnostics.error(
          type.isKey ? "identifier-leak" : "type-mismatch",
          "the field `\(definition.name.value)` is numeric, the expression \(type)",
          at: source.place)
        return nil
      }
      if images.allSatisfy(\.isConcept) {
        checkConcepts(definition, expression, images.wantedDomains)
      }
      return .expression(expression)
    }
  }

  /// `unknown-field`, `not-a-text`.
  mutating func checkTruncation(_ head: RuleHead) {
    for name in head.definition.truncate {
      let images: [CDMField]
      switch head.target {
      case nil: return
      case .event:
        guard let field = EventImage.field(name.value) else {
          unknownEventField(name)
          continue
        }
        images = CheckedField.Target.event(field).images
      case .table(let table):
        guard let field = table.field(name.value) else {
          diagnostics.unknown("field", name, among: table.fields.map(\.name))
          continue
        }
        images = [field]
      }
      if images.allSatisfy({ $0.maximumLength == nil }) {
        diagnostics.error(
          "not-a-text", "`\(name.value)` has no greatest length to which it could be cut", at: name)
      }
    }
  }
}

extension CheckedField.Target {
  /// The fields of the CDM to which the value can go.
  var images: [CDMField] {
    switch self {
    case .field(let field): [field]
    case .event(let field):
      field.tables.compactMap { table in field.image(in: table).flatMap { table.table.field($0) } }
    }
  }
}

extension CDMField {
  /// The table of whose row the field is the id, vocabulary tables aside: such ids are given by the
  /// program.
  var idTable: String? {
    guard let table = reference?.table, !isConcept, datatype == .bigint else { return nil }
    return table
  }

  /// The type that an expression for the field must have; `nil` when several do.
  var expectedType: ExpressionType? {
    switch datatype {
    case .integer, .bigint: .integer
    case .numeric: nil
    case .varchar, .text: .text
    case .date: .date
    case .datetime: .timestamp
    }
  }
}

extension [CDMField] {
  /// The domains of which the concepts of some of the fields must be; `nil` when any will do.
  var wantedDomains: Set<String>? {
    var domains: Set<String> = []
    for field in self {
      guard let domain = field.domain else { return nil }
      for name in domain.split(separator: ",") {
        domains.insert(String(name.drop { $0 == " " }))
      }
    }
    return domains
  }
}
