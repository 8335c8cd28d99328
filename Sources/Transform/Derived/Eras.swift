/// Days of one person under one concept.
struct EraInterval {
  let person: Int32
  let concept: Int64
  let start: Int64
  let end: Int64
  /// The rows that were joined.
  var count: Int64 = 1
  /// The days on which there was something, first to last without the first.
  var exposed: Int64 = 0

  /// The order in which intervals are joined; equal ones are alike.
  static func precede(_ left: EraInterval, _ right: EraInterval) -> Bool {
    if left.person != right.person { return left.person < right.person }
    if left.concept != right.concept { return left.concept < right.concept }
    if left.start != right.start { return left.start < right.start }
    return left.end < right.end
  }
}

/// Intervals joined where few days lie between them.
enum Eras {
  /// Joins intervals of one person and concept where no more than `gap` days lie between the end of one
  /// and the start of the next.
  ///
  /// Counts and days of exposure are those of the parts together.
  ///
  /// - Parameters:
  ///   - intervals: in the order of `EraInterval.precede`.
  ///   - gap: the days that may lie between.
  /// - Returns: the eras, in the same order.
  /// - Complexity: O(*n*).
  static func join(_ intervals: [EraInterval], gap: Int64) -> [EraInterval] {
    var eras: [EraInterval] = []
    var open: EraInterval?
    for next in intervals {
      if let era = open, era.person == next.person, era.concept == next.concept,
        next.start <= era.end + gap
      {
        open = EraInterval(
          person: era.person, concept: era.concept, start: era.start,
          end: max(era.end, next.end), count: era.count + next.count,
          exposed: era.exposed + next.exposed)
      } else {
        if let open { eras.append(open) }
        open = next
      }
    }
    if let open { eras.append(open) }
    return eras
  }

  /// The eras of conditions.
  ///
  /// Source: https://ohdsi.github.io/CommonDataModel/sqlScripts.html#Condition_Eras
  static func conditions(_ occurrences: [EraInterval], gap: Int64) -> [EraInterval] {
    join(occurrences.sorted(by: EraInterval.precede), gap: gap)
  }

  /// The eras of ingredients of drugs: exposures that touch are one time of exposure, and times of
  /// exposure with a gap between them one era.
  ///
  /// Source: https://ohdsi.github.io/CommonDataModel/sqlScripts.html#Drug_Eras
  static func drugs(_ exposures: [EraInterval], gap: Int64) -> [EraInterval] {
    let times = join(exposures.sorted(by: EraInterval.precede), gap: 0).map { time in
      var time = time
      time.exposed = time.end - time.start
      return time
    }
    return join(times, gap: gap)
  }
}
