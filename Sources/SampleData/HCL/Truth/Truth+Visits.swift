extension Truth {
  /// The stays of a person as other rows see them, by number.
  struct Visits {
    /// Every accepted row: what a join finds.
    var rows: [String: [StayRow]] = [:]
    /// Stays that come out.
    var kept: Set<String> = []
    /// The first quarantined row of the stays that do not.
    var quarantined: [String: SourcePosition] = [:]
  }

  /// What a person's surviving rows cover.
  struct Span {
    var first: Day?
    var last: Day?

    mutating func cover(_ start: Day, _ end: Day) {
      first = min(first ?? start, start)
      last = max(last ?? end, end)
    }
  }

  /// Works out the visits of a person and of strangers among the same rows.
  mutating func addVisits(
    of history: PersonHistory, standing: Standing, span: inout Span
  ) -> Visits {
    let rows = extract(history.stays, "stays")
    var visits = Visits()
    for row in rows { visits.rows[row.number, default: []].append(row) }
    var surviving: [StayRow] = []
    for row in rows {
      if row.entry == nil {
        quarantine(row.state, "stays", "stay", "required_missing")
      } else if let (reason, parent) = refusal(row.ipp, history, standing) {
        quarantine(row.state, "stays", "stay", reason, parent: parent)
      } else {
        surviving.append(row)
        continue
      }
      note(row, in: &visits)
    }
    for (row, fate) in resolve(surviving, key: { $0.number }) {
      switch fate {
      case .conflict:
        quarantine(row.state, "stays", "stay", "conflicting_rows")
        note(row, in: &visits)
      case .duplicate: book("stay", \.collapsed)
      case .kept:
        visits.kept.insert(row.number)
        add(row, span: &span)
      }
    }
    return visits
  }

  private func note(_ row: StayRow, in visits: inout Visits) {
    let known = visits.quarantined[row.number] ?? row.state.position
    visits.quarantined[row.number] = min(known, row.state.position)
  }

  private mutating func add(_ row: StayRow, span: inout Span) {
    guard let entry = row.entry else { return }
    let end = row.exit?.day ?? PersonHistory.delivered
    let admitted = row.entryMode.isEmpty ? "" : row.entryMode + row.origin
    let discharged = row.exitMode.isEmpty ? "" : row.exitMode + row.destination
    let unit = HospitalUnit.all.contains { $0.code == row.unit } ? row.unit : ""
    book("stay", \.emittedFrom)
    book("stay", \.emitted)
    span.cover(entry.day, end)
    add(
      [
        row.ipp, row.number, String(row.kind?.concept ?? 0), entry.day.iso, entry.iso, end.iso,
        row.exit?.iso ?? "", "32827", unit,
        admitted.isEmpty ? "" : String(PlaceCode.concept(of: admitted, in: PlaceCode.entry)),
        admitted,
        dischargedConcept(discharged, isOpen: row.exit == nil),
        discharged,
      ], to: .visit)
  }

  /// The concept of where a stay ended; a stay that has not ended is discharged to 'still patient'.
  private func dischargedConcept(_ code: String, isOpen: Bool) -> String {
    if !code.isEmpty { return String(PlaceCode.concept(of: code, in: PlaceCode.exit)) }
    return isOpen ? "32220" : ""
  }

  /// Why a row of an IPP cannot be loaded; `nil` when it can.
  func refusal(
    _ ipp: String, _ history: PersonHistory, _ standing: Standing
  ) -> (reason: String, parent: SourcePosition?)? {
    guard ipp == history.ipp else { return ("person_unknown", nil) }
    switch standing {
    case .known: return nil
    case .unknown: return ("person_unknown", nil)
    case .quarantined(let position): return ("parent_quarantined", position)
    }
  }

  /// What becomes of one of several rows of a declared key.
  enum Fate {
    case kept
    case duplicate
    case conflict
  }

  /// Equal rows of a key are kept once; rows that differ are all refused.
  func resolve<Row: ExportRow>(_ rows: [Row], key: (Row) -> String) -> [(row: Row, fate: Fate)] {
    var first: [String: [String]] = [:]
    var conflicts: Set<String> = []
    for row in rows {
      let key = key(row)
      if let cells = first[key] {
        if cells != row.cells { conflicts.insert(key) }
      } else {
        first[key] = row.cells
      }
    }
    var seen: Set<String> = []
    return rows.map { row in
      let key = key(row)
      guard !conflicts.contains(key) else { return (row, .conflict) }
      return (row, seen.insert(key).inserted ? .kept : .duplicate)
    }
  }
}
