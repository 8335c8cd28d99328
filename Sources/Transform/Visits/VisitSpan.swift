internal import Columnar

/// The time of one visit row, with all that puts it in order.
struct VisitSpan {
  /// The number of the person within the partition.
  var person: Int32
  /// The first and the last day.
  var start: Int64
  var end: Int64
  /// The first and the last instant; those of the days where no time is known.
  var startTime: Int64
  var endTime: Int64
  /// The visit concept.
  var concept: Int64
  /// The place of the class among those that merging knows, the strongest first.
  var rank: Int32 = 0
  var key: Digest
  /// What tells rows of one key apart, in their own order.
  var number: Int32

  /// The total order of visits: the person, the start, the longer, the class, the key.
  static func precede(_ left: VisitSpan, _ right: VisitSpan) -> Bool {
    if left.person != right.person { return left.person < right.person }
    if left.startTime != right.startTime { return left.startTime < right.startTime }
    if left.endTime != right.endTime { return left.endTime > right.endTime }
    if left.rank != right.rank { return left.rank < right.rank }
    if left.concept != right.concept { return left.concept < right.concept }
    if left.key != right.key { return left.key < right.key }
    return left.number < right.number
  }

  /// The microseconds of a day.
  static let day: Int64 = 86_400_000_000

  /// A span of days, and of the times within its first and last day where they are known.
  init(
    person: Int32, start: Int64, startTime: Int64?, end: Int64, endTime: Int64?, concept: Int64,
    key: Digest, number: Int32
  ) {
    self.person = person
    self.start = start
    self.end = max(start, end)
    let first = start * VisitSpan.day
    let last = self.end * VisitSpan.day
    self.startTime = VisitSpan.time(startTime, onDayFrom: first) ?? first
    self.endTime = max(
      self.startTime, VisitSpan.time(endTime, onDayFrom: last) ?? last + VisitSpan.day - 1)
    self.concept = concept
    self.key = key
    self.number = number
  }

  /// A time, if it lies on a day: dates and times that do not agree leave the date.
  private static func time(_ time: Int64?, onDayFrom midnight: Int64) -> Int64? {
    time.flatMap { midnight..<midnight + day ~= $0 ? $0 : nil }
  }
}

/// Visit rows that are one visit.
struct MergedVisit: Equatable {
  /// Positions among the spans given: first those that make the days of the visit, in the order of
  /// visits, then those that lie within it.
  var members: [Int]
  /// How many of them make its days.
  var founders: Int
  /// The class of the visit.
  var concept: Int64
}

extension VisitMerging {
  /// What a visit may be in a chain.
  private enum Role { case stay, touching, within, lone }

  /// The rank of a class, the strongest first.
  func rank(_ concept: Int64) -> Int32 {
    let place = (stays + overnight + touching + within).firstIndex(of: concept)
    return place.map(Int32.init) ?? .max
  }

  private func role(_ visit: VisitSpan) -> Role {
    if stays.contains(visit.concept) { return .stay }
    if overnight.contains(visit.concept), visit.end > visit.start { return .stay }
    if touching.contains(visit.concept) { return .touching }
    return within.contains(visit.concept) ? .within : .lone
  }

  /// Puts visits together.
  ///
  /// A chain begins with any stay or touching visit and takes the next ones as long as they start no
  /// more than `gap` days after the latest end. A chain without a stay comes apart again. What lies
  /// within the days of a chain and may belong to it does, and lengthens nothing.
  ///
  /// - Parameter visits: rows of one person, in the order of `VisitSpan.precede`.
  /// - Returns: the visits, each row in one of them, in the order of their first rows.
  /// - Complexity: O(*n*) for *n* rows and a fixed number of classes.
  func merge(_ visits: ArraySlice<VisitSpan>) -> [MergedVisit] {
    var merged: [MergedVisit] = []
    var inner: [Int] = []
    var chain: [Int] = []
    var end: Int64 = 0
    var hasStay = false
    /// The chains that are stays, with their days.
    var stays: [(visit: Int, start: Int64, end: Int64)] = []
    func alone(_ index: Int) -> MergedVisit {
      MergedVisit(members: [index], founders: 1, concept: visits[index].concept)
    }
    func close() {
      guard let first = chain.first else { return }
      if hasStay {
        stays.append((merged.count, visits[first].start, end))
        merged.append(MergedVisit(members: chain, founders: chain.count, concept: 0))
      } else {
        merged += chain.map(alone)
      }
      chain = []
      hasStay = false
    }
    for index in visits.indices {
      let visit = visits[index]
      switch role(visit) {
      case .lone: merged.append(alone(index))
      case .within: inner.append(index)
      case .stay, .touching:
        if chain.isEmpty || visit.start > end + gap {
          close()
          end = visit.end
        }
        chain.append(index)
        end = max(end, visit.end)
        hasStay = hasStay || role(visit) == .stay
      }
    }
    close()
    var next = 0
    for index in inner {
      // Stays are apart, so that the first that has not ended before the row is the only candidate.
      while next < stays.count, stays[next].end < visits[index].start { next += 1 }
      if next < stays.count, stays[next].start <= visits[index].start,
        visits[index].end <= stays[next].end
      {
        merged[stays[next].visit].members.append(index)
      } else {
        merged.append(alone(index))
      }
    }
    for stay in stays { merged[stay.visit].concept = concept(merged[stay.visit], visits) }
    return merged.sorted { $0.members[0] < $1.members[0] }
  }

  /// The class of a visit: that of its strongest row, unless it began with an emergency.
  private func concept(_ visit: MergedVisit, _ visits: ArraySlice<VisitSpan>) -> Int64 {
    let rows = visit.members.map { visits[$0] }
    let first = rows[0].start
    if let emergencyStay, rows.count > 1, rows.contains(where: { stays.contains($0.concept) }),
      rows.contains(where: { $0.start == first && emergencies.contains($0.concept) })
    {
      return emergencyStay
    }
    return rows.min { ($0.rank, $0.concept) < ($1.rank, $1.concept) }?.concept ?? 0
  }
}
