import Diagnostics

/// A mapping file as Usagi saves it: one row for each target of a code, with the state of its
/// review.
///
/// Columns and words are those of Usagi's `WriteCodeMappingsToFile` and `CodeMapping`
/// (https://github.com/OHDSI/Usagi); Rabbit-in-a-Blender writes SEMI-APPROVED besides.
extension SourceToConceptMap {
  /// The states whose rows are used.
  private static let used: Set<String> = ["APPROVED", "SEMI-APPROVED"]
  private static let states = [
    "APPROVED", "SEMI-APPROVED", "UNCHECKED", "AUTO_MAPPED", "AUTO_MAPPED_TO_1", "INVALID_TARGET",
    "FLAGGED", "IGNORED",
  ]
  /// What a target is to its code; older files say EVENT, VALUE and UNIT.
  private static let types = [
    "MAPS_TO", "MAPS_TO_VALUE", "MAPS_TO_UNIT", "MAPS_TO_OPERATOR", "MAPS_TO_TYPE",
    "MAPS_TO_NUMBER", "EVENT", "VALUE", "UNIT",
  ]
  private static let concepts: Set<String> = ["MAPS_TO", "EVENT"]

  private static let optional = [
    "sourcename", "sourcefrequency", "sourceautoassignedconceptids", "matchscore", "equivalence",
    "statussetby", "statusseton", "conceptname", "domainid", "mappingtype", "comment", "createdby",
    "createdon", "assignedreviewer",
  ]

  static func isUsagi(_ table: MappingTable) -> Bool {
    let names = Set(table.header.map { $0.text.lowercased() })
    return names.isSuperset(of: ["sourcecode", "mappingstatus"])
  }

  /// Adds the targets of the codes whose review is done.
  ///
  /// An approved row with the concept 0 is a code reviewed without a target. Codes that nobody
  /// approved are left out, as if they were not in the file, and counted in a note.
  mutating func addUsagi(_ table: MappingTable, _ list: inout DiagnosticList) {
    let further = table.header.map { $0.text.lowercased() }.filter { $0.hasPrefix("add_info:") }
    let columns = MappingColumns(
      table, required: [["sourcecode"], ["mappingstatus"], ["conceptid"]],
      optional: SourceToConceptMap.optional + further, &list)
    guard let code = columns.place("sourcecode"), let status = columns.place("mappingstatus"),
      let concept = columns.place("conceptid")
    else { return }
    let type = columns.place("mappingtype")
    var waiting: (codes: Set<String>, first: MappingTable.Cell?) = ([], nil)
    var others: (count: Int, first: MappingTable.Cell?) = (0, nil)
    for row in table.rows
    where isWord(row[status], among: Self.states, "unknown-status", table, &list) {
      if let type, !row[type].trimmed.isEmpty,
        !isWord(row[type], among: Self.types, "unknown-mapping-type", table, &list)
      {
        continue
      }
      guard Self.used.contains(String(row[status].trimmed)) else {
        waiting.codes.insert(row[code].text)
        waiting.first = waiting.first ?? row[status]
        continue
      }
      if let type, !row[type].trimmed.isEmpty, !Self.concepts.contains(String(row[type].trimmed)) {
        others.count += 1
        others.first = others.first ?? row[type]
        continue
      }
      add(code: row[code], target: row[concept], table, &list)
    }
    if let first = waiting.first {
      list.add(
        Diagnostic(
          .note, "not-approved",
          "\(waiting.codes.count) codes of the file are not approved and are not used",
          at: table.position(first), length: first.text.count,
          hint: "states that count: \(Self.used.sorted().joined(separator: ", "))"))
    }
    if let first = others.first {
      list.add(
        Diagnostic(
          .warning, "unused-mapping-type",
          "\(others.count) rows map to a value, a unit, an operator, a type or a number: they are not used",
          at: table.position(first), length: first.text.count,
          hint: "write `value_as_concept_id:` or `unit_concept_id:` in the rule"))
    }
  }

  private func isWord(
    _ cell: MappingTable.Cell, among words: [String], _ code: String, _ table: MappingTable,
    _ list: inout DiagnosticList
  ) -> Bool {
    let word = String(cell.trimmed)
    if words.contains(word) { return true }
    list.add(
      Diagnostic(
        .error, code, "`\(word)` is no word of Usagi here", at: table.position(cell),
        length: max(1, cell.text.count),
        hint: nearestName(to: word, in: words).map { "did you mean `\($0)`?" }
          ?? "words: \(words.joined(separator: ", "))"))
    return false
  }
}
