internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// Tells when each person was observed, lists those who never were, and counts what is written.
  mutating func observe() {
    number(emitted.indices)
    lookForTimes()
    let periods = periods()
    derived = periods.map { period in
      DerivedRow(
        kind: .observationPeriod,
        era: EraInterval(
          person: period.person, concept: 0, start: period.start, end: period.end),
        detail: period.type)
    }
    var isObserved = [Bool](repeating: false, count: persons.count)
    for period in periods { isObserved[Int(period.person)] = true }
    let unobserved = mergedPersons.filter { !isObserved[Int($0.person)] }
    if plan.derivation.dropsUnobserved { drop(unobserved.map(\.person)) }
    bookPersons()
    if !plan.derivation.dropsUnobserved { list(unobserved.map(\.lead)) }
    bookEmitted()
  }

  /// Sorts rows that will be written by their table; those that lie elsewhere are in none.
  mutating func number(_ range: Range<Int>) {
    numbers = .init(repeating: [], count: tables.count)
    for number in range where emitted[number].row >= 0 {
      numbers[Int(emitted[number].table)].append(Int32(number))
    }
  }

  /// Leaves persons out, with all their rows.
  private mutating func drop(_ unobserved: [Int32]) {
    guard !unobserved.isEmpty else { return }
    let leads = Dictionary(
      mergedPersons.map { ($0.person, $0.lead) }, uniquingKeysWith: { first, _ in first })
    let table = tables.firstIndex { $0.table == .person } ?? 0
    for person in unobserved {
      isRefused[Int(person)] = true
      refusals[Int(person)] = Refusal(
        reason: .noObservationPeriod,
        parent: leads[person].map { tables[table].position[Int($0)] })
    }
    for (key, link) in links.entries where isRefused[Int(key.person)] {
      if case .refused = link { continue }
      links.set(key, .refused(refusals[Int(key.person)]?.parent ?? 0))
    }
    let waiting = crossing
    crossing = []
    for row in waiting {
      guard isRefused[Int(row.person)] else {
        crossing.append(row)
        continue
      }
      let rule = Int(tables[Int(row.table)].rules[Int(row.row)])
      refuse(
        table: Int(row.table), row: Int(row.row), rule: rule, .parentQuarantined,
        parent: refusals[Int(row.person)]?.parent)
    }
  }

  /// Lists persons who are written although nothing says when they were observed.
  private mutating func list(_ leads: [Int32]) {
    guard let table = tables.first(where: { $0.table == .person }) else { return }
    for lead in leads {
      result.books.persons.unobserved += 1
      result.quarantine.append(
        QuarantineEntry(
          .person, at: SourcePosition(packed: table.position[Int(lead)]),
          rule: plan.rules[Int(table.rules[Int(lead)])].name, reason: .noObservationPeriod))
    }
  }

  /// Counts the persons of the partition by what became of them, and the rows of those written.
  private mutating func bookPersons() {
    result.books.persons.met += persons.count
    for refusal in refusals {
      if let refusal {
        result.books.persons.reasons[refusal.reason, default: 0] += 1
      } else {
        result.books.persons.written += 1
      }
    }
    guard let index = tables.firstIndex(where: { $0.table == .person }) else { return }
    for person in mergedPersons {
      let row = Int(person.booked)
      let rule = Int(tables[index].rules[row])
      if isRefused[Int(person.person)] {
        refuse(table: index, row: row, rule: rule, .noObservationPeriod)
      } else {
        tallies[rule].write(table: index, cause: tables[index].cause[row])
      }
    }
  }

  /// Counts the rows that are written, and refuses those of persons who are not.
  private mutating func bookEmitted() {
    for row in emitted where row.row >= 0 {
      let table = Int(row.table)
      let booked = Int(row.booked)
      let rule = Int(tables[table].rules[booked])
      if isRefused[Int(row.person)] {
        refuse(
          table: table, row: booked, rule: rule, .parentQuarantined,
          parent: refusals[Int(row.person)]?.parent)
      } else {
        tallies[rule].write(table: table, cause: tables[table].cause[booked])
      }
    }
  }
}
