extension Truth {
  /// Works out the results of a person.
  mutating func addResults(
    of history: PersonHistory, standing: Standing, visits: Visits, span: inout Span
  ) {
    var surviving: [ResultRow] = []
    for row in extract(history.results, "results") {
      let (state, table, rule) = (row.state, "results", "result")
      rejectCells(of: row)
      if row.ipp.isEmpty {
        quarantine(state, table, rule, "person_missing")
      } else if let (reason, parent) = refusal(row.ipp, history, standing) {
        quarantine(state, table, rule, reason, parent: parent)
      } else if let parent = visits.quarantined[row.stay] {
        quarantine(state, table, rule, "parent_quarantined", parent: parent)
      } else {
        surviving.append(row)
      }
    }
    for (row, fate) in resolve(surviving, key: { $0.number }) {
      switch fate {
      case .conflict: quarantine(row.state, "results", "result", "conflicting_rows")
      case .duplicate: book("result", \.collapsed)
      case .kept:
        book("result", \.emittedFrom)
        book("result", \.emitted)
        span.cover(row.time.day, row.time.day)
        add(row, visit: visits.kept.contains(row.stay) ? row.stay : "")
      }
    }
  }

  /// The fields that the rule cannot fill.
  private mutating func rejectCells(of row: ResultRow) {
    if row.type == "N", row.decimal == nil {
      rejectCell(row.state, "results", "result", "value_as_number", "cast_failed")
    }
    if row.value.unicodeScalars.count > 50 {
      rejectCell(row.state, "results", "result", "value_source_value", "text_too_long")
    }
  }

  private mutating func add(_ row: ResultRow, visit: String) {
    let target = row.code.target ?? .measurement(0)
    let number = row.decimal?.plain ?? ""
    let concept: String
    switch row.code.kind {
    case .implied(let value) where row.type.isEmpty: concept = String(value)
    default: concept = row.type == "C" ? String(ResultCode.valueConcept(row.value)) : ""
    }
    let unit = row.unit.isEmpty ? "" : String(ResultCode.unitConcept(row.unit))
    let value = row.value.unicodeScalars.count > 50 ? "" : row.value
    let head = [
      row.ipp, visit, String(target.concept), row.time.day.iso, row.time.iso, "32856",
    ]
    let source = [row.code.code, String(row.code.sourceConcept), row.unit, value]
    if target.table == .observation {
      add(head + [number, concept, unit] + source, to: .observation)
    } else {
      add(
        head + [
          sign(of: row), number, concept, unit, row.low?.plain ?? "", row.high?.plain ?? "",
        ] + source, to: .measurement)
    }
  }

  /// The operator concept of a value such as "<0,5".
  private func sign(of row: ResultRow) -> String {
    guard row.type == "N" else { return "" }
    if row.value.hasPrefix("<=") { return "4171754" }
    if row.value.hasPrefix(">=") { return "4171755" }
    if row.value.hasPrefix("<") { return "4171756" }
    return row.value.hasPrefix(">") ? "4172704" : ""
  }

  /// Works out the administrations of a person.
  mutating func addAdministrations(
    of history: PersonHistory, standing: Standing, visits: Visits, span: inout Span
  ) {
    for row in extract(history.administrations, "administrations") {
      let (state, table, rule) = (row.state, "administrations", "administration")
      guard let start = row.start else {
        quarantine(state, table, rule, "required_missing")
        continue
      }
      if let (reason, parent) = refusal(row.ipp, history, standing) {
        quarantine(state, table, rule, reason, parent: parent)
        continue
      }
      if let parent = visits.quarantined[row.stay] {
        quarantine(state, table, rule, "parent_quarantined", parent: parent)
        continue
      }
      let end = row.end?.day ?? start.day
      book(rule, \.emittedFrom)
      book(rule, \.emitted)
      span.cover(start.day, end)
      add(
        [
          row.ipp, visits.kept.contains(row.stay) ? row.stay : "", String(row.code.target),
          start.day.iso, start.iso, end.iso, row.end?.iso ?? "", "32818", row.dose?.plain ?? "",
          String(DrugCode.routeConcept(row.code.route)), row.code.code,
          String(row.code.sourceConcept), row.code.route, row.code.unit,
        ], to: .drug)
    }
  }

  /// One period a person, over the rows that come out.
  mutating func addObservationPeriod(of history: PersonHistory, span: Span) {
    guard let first = span.first, let last = span.last else { return }
    add([history.ipp, first.iso, last.iso, "32817"], to: .observationPeriod)
  }
}
