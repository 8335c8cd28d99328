/// What must come out of a block of persons, gathered person by person.
///
/// It is worked out from what was planted, by the words of the pipeline and of the engine's rules,
/// and shares no code with the engine.
struct Truth {
  /// Lines of the tables of persons, sorted.
  var rows: [TruthTable: [String]] = [:]
  /// Sorted within a file, once `sort()` has been called.
  var quarantine: [QuarantineEntry] = []
  var cellRejects: [CellRejectEntry] = []
  /// By rule.
  var books: [String: RuleBook] = [:]
  /// Records by extract table.
  var read: [String: Int] = [:]
  var accepted: [String: Int] = [:]
  /// The departments seen so far in the whole export.
  var departments: Set<String> = []
  var counts: [TruthTable: Int] = [:]

  /// The rules, with the table that each reads.
  static let rules: [(rule: String, table: String)] = [
    ("unit", "units"), ("department", "patients"), ("patient", "patients"), ("death", "patients"),
    ("stay", "stays"), ("diagnosis", "diagnoses"), ("act", "acts"), ("result", "results"),
    ("administration", "administrations"),
  ]
  static let tables = [
    "units", "patients", "stays", "diagnoses", "acts", "results", "administrations",
  ]

  /// Forgets the lines of the last block and keeps the counts.
  mutating func beginBlock() {
    rows.removeAll(keepingCapacity: true)
    quarantine.removeAll(keepingCapacity: true)
    cellRejects.removeAll(keepingCapacity: true)
  }

  mutating func add(_ line: [String], to table: TruthTable) {
    rows[table, default: []].append(truthLine(line))
    counts[table, default: 0] += 1
  }

  /// Counts what becomes of a row of a rule.
  mutating func book(_ rule: String, _ box: WritableKeyPath<RuleBook, Int>, _ count: Int = 1) {
    books[rule, default: RuleBook()][keyPath: box] += count
  }

  mutating func quarantine(
    _ state: RowState, _ table: String, _ rule: String, _ reason: String,
    parent: SourcePosition? = nil
  ) {
    quarantine.append(
      QuarantineEntry(
        position: state.position, table: table, rule: rule, reason: reason, parent: parent))
    book(rule, \.quarantined)
  }

  /// The rows of a table that the extractor accepts; the others are listed.
  mutating func extract<Row: ExportRow>(_ rows: [Row], _ table: String) -> [Row] {
    read[table, default: 0] += rows.count
    let kept = rows.filter { row in
      guard let damage = row.state.damage else { return true }
      quarantine.append(
        QuarantineEntry(
          position: row.state.position, table: table, rule: "", reason: damage.reason))
      return false
    }
    accepted[table, default: 0] += kept.count
    for row in kept {
      for cell in row.state.dirty {
        guard let reason = cell.reason else { continue }
        cellRejects.append(
          CellRejectEntry(
            position: row.state.position, table: table, rule: "", column: cell.column,
            reason: reason))
      }
    }
    for (rule, source) in Self.rules where source == table { book(rule, \.accepted, kept.count) }
    return kept
  }

  mutating func rejectCell(
    _ state: RowState, _ table: String, _ rule: String, _ field: String, _ reason: String
  ) {
    cellRejects.append(
      CellRejectEntry(
        position: state.position, table: table, rule: rule, column: field, reason: reason))
  }

  /// Puts everything of the block in the order in which it is written.
  ///
  /// Lines of persons are in the
  /// order of persons already, because those are numbered in the order of their IPP.
  mutating func sort() {
    quarantine.sort { left, right in
      left.position == right.position
        ? left.rule.utf8.lexicographicallyPrecedes(right.rule.utf8) : left.position < right.position
    }
    cellRejects.sort { left, right in
      left.position == right.position
        ? left.column.utf8.lexicographicallyPrecedes(right.column.utf8)
        : left.position < right.position
    }
    for table in rows.keys {
      rows[table]?.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }
}
