internal import Columnar
internal import CommonDataModel
internal import Engine

/// Days during which a person was observed.
struct ObservedTime: Equatable {
  var person: Int32
  var start: Int64
  var end: Int64
  /// The type concept of the period.
  var type: Int64

  /// The order in which times are united: the start, the longer, the type.
  static func precede(_ left: ObservedTime, _ right: ObservedTime) -> Bool {
    if left.person != right.person { return left.person < right.person }
    if left.start != right.start { return left.start < right.start }
    if left.end != right.end { return left.end > right.end }
    return left.type < right.type
  }
}

/// The time during which a person was observed.
///
/// Each source tells by its own method when it saw a person; the periods of a person are the union.
///
/// Source: https://ohdsi.github.io/CommonDataModel/cdm54.html#observation_period and
/// https://ohdsi.github.io/CommonDataModel/ehrObsPeriods.html
enum ObservationPeriods {
  /// The tables whose rows show that a person was seen, with their first and last day.
  static let evidence: [(table: CDMTable, start: String, end: String?)] = [
    (.visitOccurrence, "visit_start_date", "visit_end_date"),
    (.visitDetail, "visit_detail_start_date", "visit_detail_end_date"),
    (.conditionOccurrence, "condition_start_date", "condition_end_date"),
    (.drugExposure, "drug_exposure_start_date", "drug_exposure_end_date"),
    (.procedureOccurrence, "procedure_date", "procedure_end_date"),
    (.deviceExposure, "device_exposure_start_date", "device_exposure_end_date"),
    (.measurement, "measurement_date", nil),
    (.observation, "observation_date", nil),
    (.specimen, "specimen_date", nil),
    (.note, "note_date", nil),
  ]

  /// The table whose rows are enrolments.
  static let enrolment = (
    table: CDMTable.payerPlanPeriod, start: "payer_plan_period_start_date",
    end: "payer_plan_period_end_date"
  )

  /// Unites times that overlap or of which one begins on the day after another ends.
  ///
  /// - Parameter times: in any order.
  /// - Returns: the periods, in order; each has the type of its first time.
  /// - Complexity: O(*n* log *n*).
  static func unite(_ times: [ObservedTime]) -> [ObservedTime] {
    join(times, gap: 1)
  }

  /// Joins times of one person between which no more than `gap` days lie.
  static func join(_ times: [ObservedTime], gap: Int64) -> [ObservedTime] {
    var periods: [ObservedTime] = []
    for time in times.sorted(by: ObservedTime.precede) {
      if let last = periods.last, last.person == time.person, time.start <= last.end + gap {
        periods[periods.count - 1].end = max(last.end, time.end)
      } else {
        periods.append(time)
      }
    }
    return periods
  }

  /// Cuts off what lies outside of a span of days; nothing may be left.
  static func clip(_ time: ObservedTime, from first: Int64?, to last: Int64?) -> ObservedTime? {
    var time = time
    if let first { time.start = max(time.start, first) }
    if let last { time.end = min(time.end, last) }
    return time.start <= time.end ? time : nil
  }
}

extension PartitionWork {
  /// Notes when each source saw persons, from the rows of the tables.
  mutating func lookForTimes() {
    for source in plan.sources.indices { look(by: source) }
  }

  /// Notes when a source saw persons, as little of it as its method needs.
  private mutating func look(by source: Int) {
    var times = observed[source]
    observed[source] = []
    switch plan.sources[source].periods.method {
    case .enrolment:
      let table = ObservationPeriods.enrolment
      see(by: source, in: [(table.table, table.start, table.end)]) { times.append($0) }
    case .events:
      var spans = [ObservedTime?](repeating: nil, count: persons.count)
      for time in times { spans[Int(time.person)] = time }
      see(by: source, in: ObservationPeriods.evidence) { time in
        let person = Int(time.person)
        let span = spans[person] ?? time
        spans[person] = ObservedTime(
          person: time.person, start: min(span.start, time.start), end: max(span.end, time.end),
          type: time.type)
      }
      times = spans.compactMap(\.self)
    case .gap(let days):
      see(by: source, in: ObservationPeriods.evidence) { times.append($0) }
      times = ObservationPeriods.join(times, gap: days)
    }
    observed[source] = times
  }

  /// The periods of all persons, in the order of persons and days.
  func periods() -> [ObservedTime] {
    let times = plan.sources.indices.flatMap { complete(by: $0) }
    let births = births()
    let deaths = deaths()
    return ObservationPeriods.unite(times).compactMap { time in
      ObservationPeriods.clip(
        time, from: births[time.person], to: deaths[time.person])
    }
  }

  /// When a source saw each person, by its own method and up to its delivery.
  private func complete(by source: Int) -> [ObservedTime] {
    let settings = plan.sources[source]
    var times = observed[source]
    if settings.periods.method != .enrolment, settings.periods.persistence > 0 {
      for index in times.indices { times[index].end += settings.periods.persistence }
    }
    return times.compactMap { time in
      ObservationPeriods.clip(time, from: nil, to: settings.delivered)
    }
  }

  /// The days of the rows of a source in some tables.
  private func see(
    by source: Int, in evidence: [(table: CDMTable, start: String, end: String?)],
    _ tell: (ObservedTime) -> Void
  ) {
    let type = plan.sources[source].periods.type
    let isOwn = plan.rules.map { $0.source == source }
    for (table, startName, endName) in evidence {
      guard let index = tables.firstIndex(where: { $0.table == table }),
        let start = tables[index].columns[startName]
      else { continue }
      let end = endName.flatMap { tables[index].columns[$0] }
      let (starts, ends) = (start.lanes, end?.lanes ?? [])
      // A visit that is made of several rows ends with the one that ends last.
      let endColumn =
        table == .visitOccurrence && !mergedConcepts.isEmpty
        ? endName.flatMap { RowMerge(tables[index]).names.firstIndex(of: $0) } : nil
      for number in numbers[index] {
        let row = emitted[Int(number)]
        let place = Int(row.row)
        guard isOwn[Int(row.rule)], start.isValid(place) else { continue }
        var last = place
        if let endColumn, let sources = mergedSources[number] { last = Int(sources[endColumn]) }
        let hasEnd = end?.isValid(last) ?? false
        tell(
          ObservedTime(
            person: row.person, start: starts[place],
            end: hasEnd ? max(starts[place], ends[last]) : starts[place], type: type))
      }
    }
  }

  /// The first day on which each person may have lived.
  private func births() -> [Int32: Int64] {
    guard let index = tables.firstIndex(where: { $0.table == .person }) else { return [:] }
    let merge = RowMerge(tables[index])
    func value(_ name: String) -> ([Int32]) -> Int64? {
      guard let place = merge.names.firstIndex(of: name), let column = tables[index].columns[name]
      else { return { _ in nil } }
      let lanes = column.lanes
      return { sources in
        let row = Int(sources[place])
        return column.isValid(row) ? lanes[row] : nil
      }
    }
    let time = value("birth_datetime")
    let year = value("year_of_birth")
    let month = value("month_of_birth")
    let day = value("day_of_birth")
    var births: [Int32: Int64] = [:]
    for person in mergedPersons {
      if let instant = time(person.sources) {
        births[person.person] = CivilCalendar.days(ofMicroseconds: instant)
      } else if let year = year(person.sources) {
        let first = CivilDate(
          year: year, month: month(person.sources) ?? 1, day: day(person.sources) ?? 1)
        let isDate = CivilCalendar.isDate(year: first.year, month: first.month, day: first.day)
        births[person.person] = CivilCalendar.days(
          isDate ? first : CivilDate(year: year, month: 1, day: 1))
      }
    }
    return births
  }

  /// The day on which each person died.
  private func deaths() -> [Int32: Int64] {
    guard let index = tables.firstIndex(where: { $0.table == .death }),
      let days = tables[index].columns["death_date"]
    else { return [:] }
    let place = RowMerge(tables[index]).names.firstIndex(of: "death_date") ?? 0
    var deaths: [Int32: Int64] = [:]
    for number in numbers[index] {
      let row = emitted[Int(number)]
      let source = Int(mergedSources[number]?[place] ?? row.row)
      if days.isValid(source) { deaths[row.person] = days.lanes[source] }
    }
    return deaths
  }
}
