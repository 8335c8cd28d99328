internal import CommonDataModel
internal import Engine

/// The books of one rule within one partition: plain counters, folded into accounts at the end.
struct RuleTally {
  /// The box of each source row.
  var emitted = 0
  var collapsed = 0
  var quarantined = 0
  /// Rows beside the first of their source row.
  var joinFanOut = 0
  var mappingFanOut = 0
  var unpivotFanOut = 0
  /// The rows written, by the position of their table.
  var rows: [Int]
  var reasons: [ReasonCode: Int] = [:]
  var notes: [String: Int] = [:]
  var rejectedCells: [String: Int] = [:]

  init(tables: Int) { rows = [Int](repeating: 0, count: tables) }

  /// Counts a row that is written.
  mutating func write(table: Int, cause: Int64) {
    rows[table] += 1
    switch RowCause(rawValue: cause) {
    case .join: joinFanOut += 1
    case .mapping: mappingFanOut += 1
    case .unpivot: unpivotFanOut += 1
    case .first, nil: emitted += 1
    }
  }

  /// Counts a refusal; says whether the source row goes to the quarantine with it: one more row of a
  /// source row is a lost part of it.
  mutating func refuse(_ reason: ReasonCode, cause: Int64) -> Bool {
    guard cause == RowCause.first.rawValue else {
      notes["fan_out_refused:\(reason)", default: 0] += 1
      return false
    }
    quarantined += 1
    reasons[reason, default: 0] += 1
    return true
  }

  /// The account, and the rows of each table; `nil` where nothing was counted.
  func account(tables: [String]) -> RuleAccount? {
    var account = RuleAccount()
    for (box, count) in [
      (Box.emitted, emitted), (.collapsed, collapsed), (.quarantined, quarantined),
    ] where count != 0 { account.boxes[box] = count }
    account.joinFanOut = joinFanOut
    account.mappingFanOut = mappingFanOut
    account.unpivotFanOut = unpivotFanOut
    for (index, count) in rows.enumerated() where count != 0 { account.rows[tables[index]] = count }
    account.reasons = reasons
    account.notes = notes
    account.rejectedCells = rejectedCells
    return account == RuleAccount() ? nil : account
  }
}

extension FinishedPartition {
  /// Puts the tallies of all rules into the books.
  mutating func close(_ tallies: [RuleTally], rules: [FinishRule], tables names: [String]) {
    for (rule, tally) in tallies.enumerated() {
      guard let account = tally.account(tables: names) else { continue }
      books.rules[rules[rule].name] = account
      for (name, count) in account.rows {
        books.targets[name, default: TargetAccount()].emitted += count
      }
    }
  }
}
