import Diagnostics

/// Reads the rows of a file that Usagi saved, or that it exported for review.
struct UsagiColumns {
  let code: Int
  let concept: Int
  /// What the code is called; `nil` where the file does not say.
  let name: Int?
  /// `nil` in an export for review that has approved codes alone.
  let status: Int?
  let type: Int?
  private let columns: MappingColumns
  private let table: MappingTable
  private let information: [(name: String, place: Int)]

  private static let prefix = "add_info:"
  private static let optional = [
    "sourcename", "sourcefrequency", "sourceautoassignedconceptids", "matchscore", "equivalence",
    "statussetby", "statusseton", "conceptname", "domainid", "mappingtype", "comment", "createdby",
    "createdon", "assignedreviewer",
  ]
  private static let reviewed = [
    "mappingstatus", "targetconceptname", "targetvocabularyid", "targetdomainid",
    "targetstandardconcept", "targetchildcount", "targetparentcount", "targetconceptclassid",
    "targetconceptcode", "targetvalidstartdate", "targetvalidenddate", "targetinvalidreason",
  ]

  /// Finds the columns; `nil` where one that must be there is not.
  init?(_ table: MappingTable, _ list: inout DiagnosticList) {
    let isReview = table.layout == .usagiReview
    let names = table.header.map { $0.text.lowercased() }
    let columns = MappingColumns(
      table,
      required: isReview
        ? [["sourcecode"], ["targetconceptid"]]
        : [["sourcecode"], ["mappingstatus"], ["conceptid"]],
      optional: Self.optional + (isReview ? Self.reviewed : [])
        + names.filter { $0.hasPrefix(Self.prefix) }, &list)
    guard let code = columns.place("sourcecode"),
      let concept = columns.place("conceptid", "targetconceptid"),
      isReview || columns.place("mappingstatus") != nil
    else { return nil }
    self.code = code
    self.concept = concept
    name = columns.place("sourcename")
    status = columns.place("mappingstatus")
    type = columns.place("mappingtype")
    information = names.indices.filter { names[$0].hasPrefix(Self.prefix) }.map { place in
      (String(table.header[place].text.dropFirst(Self.prefix.count)), place)
    }
    self.columns = columns
    self.table = table
  }

  /// The names of what the file says of codes besides.
  var informationNames: [String] { information.map(\.name) }

  /// The words of a row; `nil` where one is none of Usagi's, which is told.
  func words(
    _ row: [MappingTable.Cell], _ list: inout DiagnosticList
  ) -> (status: MappingStatus, equivalence: MappingEquivalence, type: MappingType)? {
    // Keun leaves the cell empty until somebody decides.
    let state = word(
      row, status, "unknown-status", MappingStatus.allCases.map(\.rawValue),
      absent: status == nil ? .approved : .unchecked, &list, MappingStatus.init)
    guard let state else { return nil }
    let equal = word(
      row, columns.place("equivalence"), "unknown-equivalence",
      MappingEquivalence.allCases.map(\.rawValue), absent: .unreviewed, &list,
      MappingEquivalence.init)
    guard let equal else { return nil }
    let kind = word(
      row, type, "unknown-mapping-type", MappingType.words, absent: .concept, &list,
      MappingType.init(word:))
    return kind.map { (state, equal, $0) }
  }

  private func word<Word>(
    _ row: [MappingTable.Cell], _ place: Int?, _ code: String, _ words: [String], absent: Word,
    _ list: inout DiagnosticList, _ make: (String) -> Word?
  ) -> Word? {
    guard let place else { return absent }
    let text = String(row[place].trimmed)
    if text.isEmpty { return absent }
    if let word = make(text) { return word }
    list.add(
      Diagnostic(
        .error, code, "`\(text)` is no word of Usagi here", at: table.position(row[place]),
        length: max(1, row[place].text.count),
        hint: nearestName(to: text, in: words).map { "did you mean `\($0)`?" }
          ?? "words: \(words.joined(separator: ", "))"))
    return nil
  }

  /// All that a row says; `nil` where it cannot be read, which is told.
  func row(_ cells: [MappingTable.Cell], _ list: inout DiagnosticList) -> UsagiRow? {
    guard let words = words(cells, &list) else { return nil }
    let target = cells[concept].trimmed.isEmpty ? 0 : cells[concept].conceptID(table, &list)
    guard let target else { return nil }
    var row = UsagiRow(code: cells[code].text, status: words.status, concept: target)
    func text(_ names: String...) -> String {
      names.lazy.compactMap { columns.place($0) }.first.map { cells[$0].text } ?? ""
    }
    row.name = text("sourcename")
    row.equivalence = words.equivalence
    row.type = words.type
    row.frequency = number(cells, "sourcefrequency", -1, &list) { Int($0) }
    row.score = number(cells, "matchscore", 0, &list) { text in
      Double(text).flatMap { $0.magnitude < 1e15 ? $0 : nil }
    }
    row.statusSetOn = number(cells, "statusseton", 0, &list) { Int64($0) }
    row.createdOn = number(cells, "createdon", 0, &list) { Int64($0) }
    row.proposed = number(cells, "sourceautoassignedconceptids", [], &list) { text in
      let ids = text.split(separator: ";").map { Int64($0) }
      return ids.contains(nil) ? nil : ids.compactMap(\.self)
    }
    row.information = information.map { .init(name: $0.name, text: cells[$0.place].text) }
    row.statusSetBy = text("statussetby")
    row.conceptName = text("conceptname", "targetconceptname")
    row.domain = text("domainid", "targetdomainid")
    row.comment = text("comment")
    row.createdBy = text("createdby")
    row.reviewer = text("assignedreviewer")
    return row
  }

  /// A number of a column; what is none is told and counts as absent.
  private func number<Number>(
    _ cells: [MappingTable.Cell], _ name: String, _ absent: Number, _ list: inout DiagnosticList,
    _ read: (String) -> Number?
  ) -> Number {
    guard let place = columns.place(name) else { return absent }
    let text = String(cells[place].trimmed)
    if text.isEmpty { return absent }
    if let number = read(text) { return number }
    list.add(
      Diagnostic(
        .warning, "bad-number", "\(text) is no number, and Usagi does not open the file",
        at: table.position(cells[place]), length: max(1, cells[place].text.count)))
    return absent
  }
}
