extension Truth {
  /// The parts of an event that every table has.
  struct Event {
    let ipp: String
    let visit: String
    let time: Moment
    let type: Int
    let source: String
    let sourceConcept: Int
  }

  /// Works out the diagnoses of a person.
  mutating func addDiagnoses(
    of history: PersonHistory, standing: Standing, visits: Visits, span: inout Span
  ) {
    var surviving: [(row: DiagnosisRow, ipp: String, entry: Moment)] = []
    for row in extract(history.diagnoses, "diagnoses") {
      let (state, table, rule) = (row.state, "diagnoses", "diagnosis")
      guard let stay = visits.rows[row.stay]?.min(by: { $0.state.position < $1.state.position })
      else {
        quarantineUnmatched(state, table, rule)
        continue
      }
      if row.code == nil {
        book(rule, \.filtered)
      } else if row.rank == nil {
        quarantine(state, table, rule, "key_missing")
      } else if let entry = stay.entry {
        if let (reason, parent) = refusal(stay.ipp, history, standing) {
          quarantine(state, table, rule, reason, parent: parent)
        } else if let parent = visits.quarantined[row.stay] {
          quarantine(state, table, rule, "parent_quarantined", parent: parent)
        } else {
          surviving.append((row, stay.ipp, entry))
        }
      } else {
        quarantine(state, table, rule, "parent_quarantined", parent: stay.state.position)
      }
    }
    let fates = resolve(surviving.map { $0.row }) { "\($0.stay) \($0.rank ?? 0)" }
    for (candidate, (row, fate)) in zip(surviving, fates) {
      switch fate {
      case .conflict: quarantine(row.state, "diagnoses", "diagnosis", "conflicting_rows")
      case .duplicate: book("diagnosis", \.collapsed)
      case .kept:
        guard let code = row.code else { continue }
        let event = Event(
          ipp: candidate.ipp, visit: row.stay, time: candidate.entry, type: 32817,
          source: code.code, sourceConcept: 0)
        let targets = code.targets.isEmpty ? [.condition(0)] : code.targets
        book("diagnosis", \.emittedFrom)
        book("diagnosis", \.emitted, targets.count)
        span.cover(event.time.day, event.time.day)
        for target in targets { add(event, target, conditionType: row.type) }
      }
    }
  }

  /// Works out the acts of a person.
  mutating func addActs(
    of history: PersonHistory, standing: Standing, visits: Visits, span: inout Span
  ) {
    for row in extract(history.acts, "acts") {
      let (state, table, rule) = (row.state, "acts", "act")
      guard let stay = visits.rows[row.stay]?.min(by: { $0.state.position < $1.state.position })
      else {
        quarantineUnmatched(state, table, rule)
        continue
      }
      guard row.activity == "1", ["", "0", "1"].contains(row.phase) else {
        book(rule, \.filtered)
        continue
      }
      guard let time = row.time else {
        quarantine(state, table, rule, "required_missing")
        continue
      }
      if let (reason, parent) = refusal(stay.ipp, history, standing) {
        quarantine(state, table, rule, reason, parent: parent)
        continue
      }
      if let parent = visits.quarantined[row.stay] {
        quarantine(state, table, rule, "parent_quarantined", parent: parent)
        continue
      }
      book(rule, \.emittedFrom)
      book(rule, \.emitted)
      span.cover(time.day, time.day)
      add(
        Event(
          ipp: stay.ipp, visit: row.stay, time: time, type: 32817, source: row.code.code,
          sourceConcept: 0),
        row.code.target ?? .procedure(0))
    }
  }

  private mutating func quarantineUnmatched(_ state: RowState, _ table: String, _ rule: String) {
    quarantine.append(
      QuarantineEntry(
        position: state.position, table: table, rule: rule, reason: "join_unmatched"))
    book(rule, \.unmatched)
  }

  /// Adds the row of an event that has no result.
  private mutating func add(_ event: Event, _ target: Target, conditionType: String = "") {
    let head = [event.ipp, event.visit, String(target.concept), event.time.day.iso, event.time.iso]
    let source = [event.source, String(event.sourceConcept)]
    let type = String(event.type)
    switch target.table {
    case .condition:
      add(
        head + ["", type, conditionType == "DP" ? "32902" : "32908"] + source + [conditionType],
        to: .condition)
    case .procedure: add(head + [type] + source, to: .procedure)
    case .measurement:
      add(head + [type, "", "", "", "", "", ""] + source + ["", ""], to: .measurement)
    case .observation: add(head + [type, "", "", ""] + source + ["", ""], to: .observation)
    case .drug: break
    }
  }
}
