/// The boxes into which the accepted rows of a table fall for one rule, each row into exactly one.
package enum Box: String, CaseIterable, Sendable {
  /// At least one row came of it.
  case emitted
  /// `where:` was not true.
  case filtered
  /// A required join found nothing.
  case unmatched
  /// Merged, duplicate or superseded: another row of its key stands for it.
  case collapsed
  case quarantined
}

/// The account of one extract table.
package struct TableAccount: Hashable, Sendable {
  package var read = 0
  package var accepted = 0
  package var quarantined = 0
  package var rejectedCells = 0
  /// Things seen that cost nothing: blank lines, stray quotes, sentinels.
  package var notes: [String: Int] = [:]

  package init() {}
}

/// The account of one rule over the tables that drive it.
package struct RuleAccount: Hashable, Sendable {
  package var tables: Set<String> = []
  package var boxes: [Box: Int] = [:]
  /// Rows quarantined or unmatched, by reason.
  package var reasons: [ReasonCode: Int] = [:]
  /// Rows more than one for a source row, because a join found several.
  package var joinFanOut = 0
  /// Rows more than one for a source row, because its code maps to several concepts.
  package var mappingFanOut = 0
  /// Rows more than one for a source row, because several of its columns make rows.
  package var unpivotFanOut = 0
  /// Rows that left the rule, by CDM table.
  package var rows: [String: Int] = [:]
  /// Cells that became NULL on the way, by field and reason.
  package var rejectedCells: [String: Int] = [:]
  /// Defaults applied, values a table cannot hold, links not found: by name.
  package var notes: [String: Int] = [:]
  /// Codes without a mapping: rows, by vocabulary or mapping file.
  package var unmapped = 0

  package init() {}

  package init(table: String) { tables = [table] }

  package subscript(_ box: Box) -> Int { boxes[box, default: 0] }
}

/// The account of one table of the CDM.
package struct TargetAccount: Hashable, Sendable {
  /// Rows that rules emitted.
  package var emitted = 0
  /// Rows that the engine derived: periods, eras, the description of the source.
  package var derived = 0
  /// Emitted rows that were merged into others.
  package var collapsed = 0
  /// Rows counted in the target after the load.
  package var loaded: Int?

  package init() {}
}

/// The account of the persons whom rows name.
package struct PersonAccount: Hashable, Sendable {
  /// Persons named by any row.
  package var met = 0
  package var written = 0
  /// Persons left out, by reason.
  package var reasons: [ReasonCode: Int] = [:]
  /// Persons written although nothing says when they were observed.
  package var unobserved = 0

  package init() {}
}

/// The accounts of a run.
///
/// They add up, so that workers keep their own and the run has the sum.
package struct Books: Hashable, Sendable {
  package var tables: [String: TableAccount] = [:]
  package var rules: [String: RuleAccount] = [:]
  package var targets: [String: TargetAccount] = [:]
  package var persons = PersonAccount()

  package init() {}

  /// Adds another set of books to this one.
  package mutating func add(_ other: Books) {
    for (name, account) in other.tables {
      var sum = tables[name] ?? TableAccount()
      sum.read += account.read
      sum.accepted += account.accepted
      sum.quarantined += account.quarantined
      sum.rejectedCells += account.rejectedCells
      sum.notes.merge(account.notes, uniquingKeysWith: +)
      tables[name] = sum
    }
    for (name, account) in other.rules {
      var sum = rules[name] ?? RuleAccount()
      // Finishing knows a rule's rows, not its tables.
      sum.tables.formUnion(account.tables)
      sum.boxes.merge(account.boxes, uniquingKeysWith: +)
      sum.reasons.merge(account.reasons, uniquingKeysWith: +)
      sum.joinFanOut += account.joinFanOut
      sum.mappingFanOut += account.mappingFanOut
      sum.unpivotFanOut += account.unpivotFanOut
      sum.rows.merge(account.rows, uniquingKeysWith: +)
      sum.rejectedCells.merge(account.rejectedCells, uniquingKeysWith: +)
      sum.notes.merge(account.notes, uniquingKeysWith: +)
      sum.unmapped += account.unmapped
      rules[name] = sum
    }
    for (name, account) in other.targets {
      var sum = targets[name] ?? TargetAccount()
      sum.emitted += account.emitted
      sum.derived += account.derived
      sum.collapsed += account.collapsed
      if let loaded = account.loaded { sum.loaded = (sum.loaded ?? 0) + loaded }
      targets[name] = sum
    }
    persons.met += other.persons.met
    persons.written += other.persons.written
    persons.reasons.merge(other.persons.reasons, uniquingKeysWith: +)
    persons.unobserved += other.persons.unobserved
  }
}

extension Books {
  /// The rows of a rule's tables.
  func accepted(_ account: RuleAccount) -> Int {
    account.tables.reduce(0) { $0 + (tables[$1]?.accepted ?? 0) }
  }

  /// The equations that do not hold, as sentences; empty when the books balance.
  package var imbalances: [String] {
    var found: [String] = []
    for (name, account) in tables.sorted(by: { $0.key < $1.key })
    where account.read != account.accepted + account.quarantined {
      found.append(
        "\(name): \(account.read) read ≠ \(account.accepted) accepted"
          + " + \(account.quarantined) quarantined")
    }
    for (name, account) in rules.sorted(by: { $0.key < $1.key }) {
      let boxed = Box.allCases.reduce(0) { $0 + account[$1] }
      let accepted = accepted(account)
      for (box, count) in account.boxes.sorted(by: { $0.key.rawValue < $1.key.rawValue })
      where count < 0 {
        found.append("\(name): \(count) rows in the box \(box)")
      }
      if boxed != accepted {
        found.append("\(name): \(accepted) accepted ≠ \(boxed) in its boxes")
      }
      let out = account.rows.values.reduce(0, +)
      let fanned =
        account[.emitted] + account.joinFanOut + account.mappingFanOut + account.unpivotFanOut
      if out != fanned {
        found.append("\(name): \(out) rows emitted ≠ \(fanned) by fan-out")
      }
    }
    let left = persons.reasons.values.reduce(0, +)
    if persons.met != persons.written + left {
      found.append("persons: \(persons.met) met ≠ \(persons.written) written + \(left) left out")
    }
    let people = rules.values.reduce(0) { $0 + $1.rows["person", default: 0] }
    if persons.met > 0, people != persons.written {
      found.append("persons: \(persons.written) written ≠ \(people) rows of rules")
    }
    for (name, account) in targets.sorted(by: { $0.key < $1.key }) {
      let ruled = rules.values.reduce(0) { $0 + $1.rows[name, default: 0] }
      if ruled != account.emitted {
        found.append("\(name): \(ruled) rows of rules ≠ \(account.emitted) rows emitted")
      }
      let expected = account.emitted + account.derived - account.collapsed
      guard let loaded = account.loaded else {
        if expected != 0 { found.append("\(name): \(expected) rows sent were never counted") }
        continue
      }
      if loaded != expected {
        found.append("\(name): \(expected) rows sent ≠ \(loaded) rows in the target")
      }
    }
    return found
  }
}
