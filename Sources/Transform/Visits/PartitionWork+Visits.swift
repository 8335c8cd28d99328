internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// A visit row that waits for the others of its source.
  struct PendingVisit {
    var row: RowKey
    var rule: Int32
    var ordinal: Int64
  }

  /// The fields that say how a visit began, and those that say how it ended: each set is that of one
  /// row.
  private static let beginning: Set<String> = [
    "visit_start_date", "visit_start_datetime", "admitted_from_concept_id",
    "admitted_from_source_value",
  ]
  private static let ending: Set<String> = [
    "visit_end_date", "visit_end_datetime", "discharged_to_concept_id",
    "discharged_to_source_value",
  ]

  /// Makes visits of the rows of a source, once all of them are known.
  mutating func makeVisits(of source: Int) {
    guard let plan = plan.sources[source].visits, !hasVisits[source] else { return }
    hasVisits[source] = true
    let pending = pendingVisits[source]
    guard let table = pending.first.map({ Int($0.row.table) }) else { return }
    var spans = spans(of: pending, table)
    if let merging = plan.merging {
      for index in spans.indices { spans[index].rank = merging.rank(spans[index].concept) }
    }
    spans.sort(by: VisitSpan.precede)
    var made = [Int32](repeating: -1, count: pending.count)
    var visits: [VisitSpan] = []
    var start = 0
    while start < spans.count {
      var end = start + 1
      while end < spans.count, spans[end].person == spans[start].person { end += 1 }
      let own = spans[start..<end]
      let merged =
        plan.merging?.merge(own)
        ?? own.indices.map {
          MergedVisit(members: [$0], founders: 1, concept: own[$0].concept)
        }
      for visit in merged { visits.append(make(visit, spans, pending, table, &made)) }
      start = end
    }
    for (waiting, number) in zip(pending, made) where self.plan.isLinked[Int(waiting.rule)] {
      // Of several rows of a key the one with the first slot and ordinal is found.
      let key = LinkKey(rule: waiting.rule, person: waiting.row.person, key: waiting.row.key)
      if case .emitted = links[key] {} else { links.set(key, .emitted(number)) }
    }
    visits.sort(by: VisitSpan.precede)
    let calendar = VisitCalendar(visits, persons: persons.count)
    if plan.namesPreceding {
      for (before, visit) in zip(visits, visits.dropFirst()) where before.person == visit.person {
        preceding[visit.number] = before.number
      }
    }
    if plan.linksByDate { calendars[source] = calendar }
  }

  /// Emits a visit, and says what became of its rows.
  ///
  /// - Returns: the time of the visit, with its number.
  private mutating func make(
    _ visit: MergedVisit, _ spans: [VisitSpan], _ pending: [PendingVisit], _ table: Int,
    _ made: inout [Int32]
  ) -> VisitSpan {
    let number = Int32(emitted.count)
    let lead = pending[Int(spans[visit.members[0]].number)]
    emitted.append(
      Emitted(
        person: lead.row.person, table: lead.row.table, row: lead.row.row, rule: lead.rule,
        visit: -1, ordinal: lead.ordinal, booked: lead.row.row))
    for member in visit.members { made[Int(spans[member].number)] = number }
    var span = spans[visit.members[0]]
    span.number = number
    guard visit.members.count > 1 else { return span }
    for member in visit.members.dropFirst() {
      let other = pending[Int(spans[member].number)]
      collapse(table: table, row: Int(other.row.row), rule: Int(other.rule))
    }
    for founder in visit.members[..<visit.founders].dropFirst() {
      span.end = max(span.end, spans[founder].end)
      span.endTime = max(span.endTime, spans[founder].endTime)
    }
    span.concept = visit.concept
    span.rank = visit.members.map { spans[$0].rank }.min() ?? span.rank
    mergedSources[number] = sources(visit, spans, pending, table)
    mergedConcepts[number] = visit.concept
    if self.plan.isTracing {
      mergedMembers[number] = visit.members.map { pending[Int(spans[$0].number)].row.row }
    }
    return span
  }

  /// The row that gives each column of a merged visit: the beginning is that of its first row, the
  /// end that of the row that ends last, all else that of the strongest row that has it.
  private func sources(
    _ visit: MergedVisit, _ spans: [VisitSpan], _ pending: [PendingVisit], _ table: Int
  ) -> [Int32] {
    func row(_ member: Int) -> Int32 { pending[Int(spans[member].number)].row.row }
    let first = visit.members[0]
    var last = first
    for member in visit.members[..<visit.founders] where spans[member].endTime > spans[last].endTime
    {
      last = member
    }
    let strongest = visit.members.sorted {
      (spans[$0].rank, $0) < (spans[$1].rank, $1)
    }.map(row)
    let merge = RowMerge(tables[table])
    return merge.names.indices.map { column in
      let name = merge.names[column]
      if Self.beginning.contains(name) { return row(first) }
      if Self.ending.contains(name) { return row(last) }
      return merge.first(of: strongest, column: column)
    }
  }

  /// The times of visit rows, by their position.
  private func spans(of pending: [PendingVisit], _ table: Int) -> [VisitSpan] {
    let columns = tables[table].columns
    func value(_ name: String) -> (Int32) -> Int64? {
      guard let column = columns[name] else { return { _ in nil } }
      let lanes = column.lanes
      return { row in column.isValid(Int(row)) ? lanes[Int(row)] : nil }
    }
    let start = value("visit_start_date")
    let startTime = value("visit_start_datetime")
    let end = value("visit_end_date")
    let endTime = value("visit_end_datetime")
    let concept = value("visit_concept_id")
    return pending.enumerated().map { number, visit in
      let row = visit.row.row
      let first = start(row) ?? 0
      return VisitSpan(
        person: visit.row.person, start: first, startTime: startTime(row), end: end(row) ?? first,
        endTime: endTime(row), concept: concept(row) ?? 0, key: visit.row.key,
        number: Int32(number))
    }
  }
}
