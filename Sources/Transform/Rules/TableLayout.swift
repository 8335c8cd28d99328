internal import Columnar
internal import CommonDataModel
internal import Engine
internal import Expressions
internal import Vocabulary

/// How the rows that a rule sends to one table are put together.
struct TableLayout: Sendable {
  /// Where the value of a field comes from.
  enum Origin: Sendable {
    /// A field of the rule, by its name there.
    case value(String)
    /// The standard concept of the code.
    case concept
    case sourceConcept
    /// The code as the source has it.
    case code
    /// The day of a datetime field of the same row.
    case dateOf(String)
    /// Nothing but the default.
    case nothing
  }

  let table: CDMTable
  let columns: [(field: CDMField, origin: Origin, type: ColumnType)]
  /// The fields that take what codes say besides their concepts.
  let parts: [(type: MappingType, field: String)]
  /// The fields that hold ids of other rules' rows: the CDM field, the rule, the rule's field.
  let references: [(field: String, rule: String, source: String)]
  /// The fields whose codes are counted.
  let counted: [CountedField]
  /// The fields of the rule that the table cannot hold.
  let dropped: [String]
  let schema: Schema

  /// Lays out a table for a rule.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - rule: the rule that fills it.
  ///   - isRouted: whether the rule's fields are event fields, which have an image in each table.
  init(_ table: CDMTable, for rule: RulePlan, isRouted: Bool) {
    self.table = table
    let event = EventTable(rawValue: table.name)
    func image(_ name: String) -> String? {
      guard isRouted else { return name }
      guard let event else { return nil }
      return EventImage.fields.first { $0.name == name }?.image(in: event)
    }
    var origins: [String: (Origin, ColumnType)] = [:]
    var references: [(field: String, rule: String, source: String)] = []
    var dropped: [String] = []
    for (name, value) in rule.fields {
      guard let target = image(name), let field = table.field(target) else {
        dropped.append(name)
        continue
      }
      switch value {
      case .expression(let expression):
        guard let type = FieldCast.type(of: expression.type.columnType, in: field) else {
          // A bare NULL is an integer column without values and fits everywhere.
          origins[target] = (.nothing, field.columnType)
          continue
        }
        origins[target] = (.value(name), type)
      case .concept: origins[target] = (.value(name), .integer)
      case .reference(let other, _): references.append((target, other, name))
      }
    }
    if rule.concept != nil, let event {
      func fill(_ name: String, _ origin: Origin, _ type: ColumnType) {
        guard let target = EventImage.fields.first(where: { $0.name == name })?.image(in: event),
          origins[target] == nil
        else { return }
        origins[target] = (origin, type)
      }
      fill("concept_id", .concept, .integer)
      fill("source_concept_id", .sourceConcept, .integer)
      fill("source_value", .code, .text)
    }
    for (datetime, date) in table.dateOf
    where origins[date.name] == nil && origins[datetime.name] != nil {
      origins[date.name] = (.dateOf(datetime.name), .date)
    }
    parts = TableLayout.parts(rule.concept?.resolver, table)
    for (_, name) in parts where origins[name] == nil {
      guard let field = table.field(name) else { continue }
      origins[name] = (.nothing, field.columnType)
    }
    let defaulted = RowDefaults.fields(of: table)
    // Ids are given when persons are whole: those of rows referred to, and of the visit.
    let companions = references.compactMap { table.companion(of: $0.field)?.name }
    let linked = Set(references.map(\.field) + companions)
      .union(["person_id", "visit_occurrence_id"])
    for field in table.fields where origins[field.name] == nil {
      let isIdentity = field.isPrimaryKey || linked.contains(field.name)
      if defaulted.contains(field.name) || (field.isRequired && !isIdentity) {
        origins[field.name] = (.nothing, field.columnType)
      }
    }
    self.references = references
    self.dropped = dropped
    columns = table.fields.compactMap { field in
      if field.isPrimaryKey && table.name != "person" || field.name == "person_id" { return nil }
      return origins[field.name].map { (field, $0.0, $0.1) }
    }
    counted = TableLayout.counted(table, for: rule, image: image)
    var fields = RowHeader.fields
    if rule.visit != nil { fields.append(Field(RowHeader.visit, .digest)) }
    if rule.preference != nil { fields.append(Field(RowHeader.preference, .integer)) }
    fields += columns.map { Field($0.field.name, $0.type) }
    fields += counted.map { Field($0.column, .integer) }
    fields += references.map { Field(Reference(field: $0.field, rule: $0.rule).column, .digest) }
    schema = Schema(fields)
  }

  /// The fields of a table that take what the codes of a rule say besides their concepts.
  private static func parts(
    _ resolver: ConceptResolver?, _ table: CDMTable
  ) -> [(type: MappingType, field: String)] {
    guard let resolver else { return [] }
    let event = EventTable(rawValue: table.name)
    return MappingType.allCases.filter(resolver.parts.contains).compactMap { type in
      guard let field = type.eventField,
        let name = event.map({ field.image(in: $0) }) ?? table.field(field.name)?.name
      else { return nil }
      return (type, name)
    }
  }

  /// The concept fields whose codes are counted: those of whole persons, filled from codes.
  private static func counted(
    _ table: CDMTable, for rule: RulePlan, image: (String) -> String?
  ) -> [CountedField] {
    guard let codes = rule.codes, table.isPersonBound, !table.crossesPersons else { return [] }
    var sources: [(source: String?, field: String?, book: CodeBook?)] = []
    if let concept = rule.concept, let event = EventTable(rawValue: table.name) {
      sources.append((nil, EventImage.field("concept_id")?.image(in: event), concept.book))
    }
    for (name, value) in rule.fields {
      switch value {
      case .concept(let plan, isSource: false): sources.append((name, image(name), plan.book))
      case .expression: sources.append((name, image(name), rule.values[name]))
      case .concept, .reference: break
      }
    }
    return sources.compactMap { source, name, book in
      guard let book, let field = name.flatMap(table.field) else { return nil }
      return CountedField(
        source: source,
        place: codes.place(rule: rule.name, table: table, field: field, book: book))
    }
  }
}
