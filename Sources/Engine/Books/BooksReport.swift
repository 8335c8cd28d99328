/// The books of a run in the form in which they are written and printed: names and counts alone.
package struct BooksReport: Codable, Hashable, Sendable {
  package struct Table: Codable, Hashable, Sendable {
    package var table: String
    package var read: Int
    package var accepted: Int
    package var quarantined: Int
    package var rejectedCells: Int
    package var notes: [String: Int]
  }

  package struct Rule: Codable, Hashable, Sendable {
    package var rule: String
    /// The extract tables whose rows drive the rule.
    package var tables: [String]
    package var accepted: Int
    package var emitted: Int
    package var filtered: Int
    package var unmatched: Int
    package var collapsed: Int
    package var quarantined: Int
    package var joinFanOut: Int
    package var mappingFanOut: Int
    package var unpivotFanOut: Int
    package var unmapped: Int
    package var reasons: [String: Int]
    package var rows: [String: Int]
    package var rejectedCells: [String: Int]
    package var notes: [String: Int]
  }

  package struct Target: Codable, Hashable, Sendable {
    package var table: String
    package var emitted: Int
    package var derived: Int
    package var collapsed: Int
    package var loaded: Int
  }

  /// The persons whom rows name.
  package struct Persons: Codable, Hashable, Sendable {
    package var met: Int
    package var written: Int
    /// Persons left out, by reason.
    package var reasons: [String: Int]
    /// Persons written although nothing says when they were observed.
    package var unobserved: Int
  }

  /// `nil` in reports of runs that did not count them.
  package var persons: Persons?
  package var tables: [Table]
  package var rules: [Rule]
  /// The CDM tables that have rows.
  package var targets: [Target]
  package var imbalances: [String]

  /// Puts the accounts in the order of their names.
  package init(_ books: Books) {
    persons = Persons(
      met: books.persons.met, written: books.persons.written,
      reasons: Dictionary(
        uniqueKeysWithValues: books.persons.reasons.map { ($0.key.rawValue, $0.value) }),
      unobserved: books.persons.unobserved)
    tables = books.tables.sorted { $0.key < $1.key }.map { name, account in
      Table(
        table: name, read: account.read, accepted: account.accepted,
        quarantined: account.quarantined, rejectedCells: account.rejectedCells,
        notes: account.notes)
    }
    rules = books.rules.sorted { $0.key < $1.key }.map { name, account in
      Rule(
        rule: name, tables: account.tables.sorted(), accepted: books.accepted(account),
        emitted: account[.emitted], filtered: account[.filtered],
        unmatched: account[.unmatched], collapsed: account[.collapsed],
        quarantined: account[.quarantined], joinFanOut: account.joinFanOut,
        mappingFanOut: account.mappingFanOut, unpivotFanOut: account.unpivotFanOut,
        unmapped: account.unmapped,
        reasons: Dictionary(
          uniqueKeysWithValues: account.reasons.map { ($0.key.rawValue, $0.value) }),
        rows: account.rows, rejectedCells: account.rejectedCells, notes: account.notes)
    }
    targets = books.targets.sorted { $0.key < $1.key }.compactMap { name, account in
      let target = Target(
        table: name, emitted: account.emitted, derived: account.derived,
        collapsed: account.collapsed, loaded: account.loaded ?? 0)
      return target.emitted + target.derived + target.loaded == 0 ? nil : target
    }
    imbalances = books.imbalances
  }
}
