internal import Columnar
internal import CommonDataModel

/// The visits of all persons of a partition by their time.
struct VisitCalendar {
  /// The first visit of each person; one more than there are persons.
  private var offsets: [Int]
  private var starts: [Int64] = []
  private var startTimes: [Int64] = []
  /// The latest end among the visits of the person up to each one.
  private var ends: [Int64] = []
  private var endTimes: [Int64] = []
  /// The number of each visit.
  private(set) var numbers: [Int32] = []

  /// Orders visits.
  ///
  /// - Parameters:
  ///   - visits: in the order of `VisitSpan.precede`.
  ///   - persons: the number of persons.
  init(_ visits: [VisitSpan], persons: Int) {
    offsets = [Int](repeating: 0, count: persons + 1)
    for visit in visits { offsets[Int(visit.person) + 1] += 1 }
    for person in 0..<persons { offsets[person + 1] += offsets[person] }
    for (index, visit) in visits.enumerated() {
      let isFirst = index == offsets[Int(visit.person)]
      starts.append(visit.start)
      startTimes.append(visit.startTime)
      ends.append(isFirst ? visit.end : max(ends[index - 1], visit.end))
      endTimes.append(isFirst ? visit.endTime : max(endTimes[index - 1], visit.endTime))
      numbers.append(visit.number)
    }
  }

  /// The visits of a person, in their order.
  func visits(of person: Int32) -> ArraySlice<Int32> {
    numbers[offsets[Int(person)]..<offsets[Int(person) + 1]]
  }

  /// The visit during which something happened: the first in the order of visits whose times hold
  /// the time, else the first whose days hold the day.
  ///
  /// - Parameters:
  ///   - person: the number of the person.
  ///   - day: the day.
  ///   - time: the time, where it is known.
  /// - Returns: the number of the visit; `nil` when there is none.
  /// - Complexity: O(log *n*) for *n* visits of the person.
  func visit(of person: Int32, day: Int64, time: Int64?) -> Int32? {
    time.flatMap { find(person, $0, startTimes, endTimes) } ?? find(person, day, starts, ends)
  }

  /// The first visit that has begun and not ended at a moment.
  ///
  /// Since latest ends never fall, the first visit whose latest end is not before the moment is the
  /// first that has not ended; all behind it begin no earlier.
  private func find(
    _ person: Int32, _ moment: Int64, _ starts: [Int64], _ ends: [Int64]
  ) -> Int32? {
    var low = offsets[Int(person)]
    let bound = offsets[Int(person) + 1]
    var high = bound
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] < moment { low = middle + 1 } else { high = middle }
    }
    return low < bound && starts[low] <= moment ? numbers[low] : nil
  }
}

/// Finds the visits of a table's rows by their date.
struct VisitsByDate {
  private let calendar: VisitCalendar
  private let days: Column
  private let dayLanes: [Int64]
  private let times: Column?
  private let timeLanes: [Int64]

  /// Fails for rows without a date.
  init?(_ calendar: VisitCalendar, _ rows: TableRows) {
    guard let field = rows.table.firstDay, let days = rows.columns[field] else { return nil }
    self.calendar = calendar
    self.days = days
    dayLanes = days.lanes
    times = rows.columns[field.replacing("_date", with: "_datetime")]
    timeLanes = times?.lanes ?? []
  }

  /// The number of the visit during which a row happened.
  func visit(of person: Int32, row: Int) -> Int32? {
    guard days.isValid(row) else { return nil }
    let time = times.flatMap { $0.isValid(row) ? timeLanes[row] : nil }
    return calendar.visit(of: person, day: dayLanes[row], time: time)
  }
}

extension CDMTable {
  /// The field with the first day of a row of clinical events.
  var firstDay: String? {
    ObservationPeriods.evidence.first { $0.table == self }?.start
  }
}
