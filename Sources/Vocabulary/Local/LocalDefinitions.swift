import Diagnostics

/// What people say of local concepts: `local_concepts.csv`.
struct LocalDefinitions {
  struct Definition {
    var key: LocalKey
    /// All but the id.
    var concept: Concept
    var mapsTo: [Target] = []
    var mapsToValue: [Target] = []
    var replacedBy: [Target] = []
    /// Where the code stands.
    var position: Position
    var domainPlace: Place
    /// `nil` where the file does not say the class.
    var classPlace: Place?
  }

  /// Where a cell stands, and how long it is.
  struct Place {
    var position: Position
    var length: Int
  }

  /// A concept that a local one maps to, or gives way to.
  struct Target {
    var concept: Int64
    /// Where the cell stands in which it does.
    var position: Position
    var length: Int
    /// Whether it must be a standard concept.
    var isStandard: Bool
  }

  let path: String
  /// In the order of the file, each once.
  private(set) var all: [Definition] = []
  private let table: MappingTable

  /// The most characters that the CDM has room for, by column.
  private static let lengths = [
    "vocabulary_id": 20, "concept_code": 50, "concept_name": 255, "domain_id": 20,
    "concept_class_id": 20,
  ]

  init(path: String, _ list: inout DiagnosticList) {
    self.path = path
    table = MappingTable(path: path, &list)
    let columns = MappingColumns(
      table,
      required: [["vocabulary_id"], ["concept_code"], ["concept_name"], ["domain_id"]],
      optional: [
        "concept_class_id", "standard_concept", "valid_start_date", "valid_end_date",
        "invalid_reason", "maps_to", "maps_to_value", "replaced_by", "comment",
      ], &list)
    guard let code = columns.place("concept_code") else { return }
    var lines: [LocalKey: Int] = [:]
    for cells in table.rows {
      guard let found = definition(cells, columns, at: table.position(cells[code]), &list) else {
        continue
      }
      if let first = lines[found.key] {
        list.add(
          Diagnostic(
            .error, "duplicate-concept", "the local concept \(found.key) stands twice",
            at: found.position, length: max(1, found.key.code.count),
            hint: "its first row is on line \(first)"))
        continue
      }
      lines[found.key] = found.position.line
      all.append(found)
    }
  }

  private func definition(
    _ cells: [MappingTable.Cell], _ columns: MappingColumns, at position: Position,
    _ list: inout DiagnosticList
  ) -> Definition? {
    var texts: [String: String] = [:]
    for (name, most) in Self.lengths.sorted(by: { $0.key < $1.key }) {
      guard let place = columns.place(name) else {
        if name == "concept_class_id" { continue }
        return nil
      }
      let text = cells[place].text
      guard !text.isEmpty || name == "concept_class_id", text.count <= most else {
        list.add(
          Diagnostic(
            .error, text.isEmpty ? "missing-text" : "text-too-long",
            text.isEmpty ? "\(name) is empty" : "\(name) has at most \(most) characters",
            at: table.position(cells[place]), length: max(1, text.count)))
        return nil
      }
      texts[name] = text
    }
    func text(_ name: String) -> String { texts[name] ?? "" }
    let key = LocalKey(vocabulary: text("vocabulary_id"), code: text("concept_code"))
    let conceptClass = text("concept_class_id")
    var concept = Concept(
      id: 0, code: key.code, vocabulary: key.vocabulary, domain: text("domain_id"),
      name: text("concept_name"), conceptClass: conceptClass.isEmpty ? "Undefined" : conceptClass)
    guard let standard = letter(cells, columns.place("standard_concept"), ["S", "C"], &list),
      let reason = letter(cells, columns.place("invalid_reason"), ["D", "U"], &list)
    else { return nil }
    concept.standard = standard
    concept.invalidReason = reason
    if let place = columns.place("valid_start_date") {
      concept.validStart = cells[place].date(table, &list) ?? concept.validStart
    }
    if let place = columns.place("valid_end_date") {
      concept.validEnd = cells[place].date(table, &list) ?? concept.validEnd
    }
    func place(_ name: String) -> Place? {
      columns.place(name).map {
        Place(position: table.position(cells[$0]), length: cells[$0].text.count)
      }
    }
    var found = Definition(
      key: key, concept: concept, position: position,
      domainPlace: place("domain_id") ?? Place(position: position, length: 1),
      classPlace: conceptClass.isEmpty ? nil : place("concept_class_id"))
    found.mapsTo = targets(cells, columns.place("maps_to"), &list)
    found.mapsToValue = targets(cells, columns.place("maps_to_value"), &list)
    found.replacedBy = targets(cells, columns.place("replaced_by"), isStandard: false, &list)
    return found
  }

  /// One of some letters, or nothing; `nil` with a diagnostic for anything else.
  private func letter(
    _ cells: [MappingTable.Cell], _ place: Int?, _ letters: [String],
    _ list: inout DiagnosticList
  ) -> String? {
    guard let place else { return "" }
    let text = String(cells[place].trimmed)
    if text.isEmpty || letters.contains(text) { return text }
    list.add(
      Diagnostic(
        .error, "bad-flag", "\(text) is none of \(letters.joined(separator: ", "))",
        at: table.position(cells[place]), length: max(1, cells[place].text.count)))
    return nil
  }

  /// Concept ids with blanks or semicolons between them.
  private func targets(
    _ cells: [MappingTable.Cell], _ place: Int?, isStandard: Bool = true,
    _ list: inout DiagnosticList
  ) -> [Target] {
    guard let place else { return [] }
    let parts = cells[place].text.split { $0 == " " || $0 == ";" }
    let ids = parts.compactMap { Int64($0) }.filter { $0 > 0 && $0 <= Int64(Int32.max) }
    if ids.count < parts.count {
      list.add(
        Diagnostic(
          .error, "bad-concept-id", "these are not concept ids",
          at: table.position(cells[place]), length: max(1, cells[place].text.count),
          hint: "write whole numbers with semicolons between them"))
    }
    return ids.map {
      Target(
        concept: $0, position: table.position(cells[place]), length: cells[place].text.count,
        isStandard: isStandard)
    }
  }
}
