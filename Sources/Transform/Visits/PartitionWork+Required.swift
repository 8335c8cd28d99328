internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// A field without which a row cannot be written and that holds the id of another row.
  struct RequiredReference {
    let field: String
    /// The ways in which rules name the other row: the rule that makes it, and the keys.
    let ways: [(rule: String, keys: Column)]
    /// What a rule gives the field without naming a row.
    let given: Column?
  }

  /// The required references of a table.
  func requiredReferences(of rows: TableRows) -> [RequiredReference] {
    var ways: [String: [(rule: String, keys: Column)]] = [:]
    for name in rows.columns.keys.sorted() {
      guard let reference = Reference(column: name), let keys = rows.columns[name],
        rows.table.field(reference.field)?.isRequired == true
      else { continue }
      ways[reference.field, default: []].append((reference.rule, keys))
    }
    return ways.sorted { $0.key < $1.key }.map { field, ways in
      RequiredReference(field: field, ways: ways, given: rows.columns[field])
    }
  }

  /// The first required reference whose row is not written, and where that row stands if it is in
  /// quarantine.
  func missingReference(
    _ required: [RequiredReference], _ row: Int, _ person: Int32
  ) -> (field: String, position: Int64?)? {
    for one in required {
      if let given = one.given, given.isValid(row) { continue }
      var isFound = false
      var position: Int64?
      for (rule, keys) in one.ways where keys.isValid(row) {
        let key = keys.digests[row]
        if let ids = registry.ids[rule] {
          isFound = isFound || ids[key] != nil
        } else if let number = plan.ruleNumbers[rule] {
          switch links[LinkKey(rule: Int32(number), person: person, key: key)] {
          case .emitted, .person: isFound = true
          case .refused(let place): position = place
          case nil: break
          }
        }
      }
      if !isFound { return (one.field, position) }
    }
    return nil
  }
}
