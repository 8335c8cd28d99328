import TestSupport
import Testing

@testable import Transform

/// Observation periods beside a slow and obvious way to make them.
struct PeriodPropertyTests {
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `random times are united day by day`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Effort.rounds(200) {
      let times = (0..<Int.random(in: 0...12, using: &random)).map { _ -> ObservedTime in
        let start = Int64.random(in: 0...60, using: &random)
        return ObservedTime(
          person: .random(in: 0...1, using: &random), start: start,
          end: start + .random(in: 0...9, using: &random), type: .random(in: 1...2, using: &random))
      }
      let gap = Int64.random(in: 1...5, using: &random)
      let periods = ObservationPeriods.join(times.shuffled(using: &random), gap: gap)
      #expect(periods == obvious(times, gap: gap))
      for (before, next) in zip(periods, periods.dropFirst()) where before.person == next.person {
        #expect(next.start > before.end + gap)
      }
    }
  }

  /// The days that someone saw, cut where more than the gap lies between two of them.
  private func obvious(_ times: [ObservedTime], gap: Int64) -> [ObservedTime] {
    (Int32(0)...1).flatMap { person -> [ObservedTime] in
      let own = times.filter { $0.person == person }
      let days = Set(own.flatMap { Array($0.start...$0.end) }).sorted()
      var periods: [ObservedTime] = []
      for day in days {
        if let last = periods.last, day <= last.end + gap {
          periods[periods.count - 1].end = day
        } else {
          // The type is that of the time that begins first, the longer before the shorter.
          let first = own.filter { $0.start == day }.max {
            ($0.end, -$0.type) < ($1.end, -$1.type)
          }
          periods.append(
            ObservedTime(person: person, start: day, end: day, type: first?.type ?? 0))
        }
      }
      return periods
    }
  }

  @Test func `what lies outside is cut off, and nothing may be left`() {
    let time = ObservedTime(person: 0, start: 10, end: 20, type: 1)
    #expect(ObservationPeriods.clip(time, from: 12, to: 15)?.start == 12)
    #expect(ObservationPeriods.clip(time, from: 12, to: 15)?.end == 15)
    #expect(ObservationPeriods.clip(time, from: nil, to: nil) == time)
    #expect(ObservationPeriods.clip(time, from: 21, to: nil) == nil)
    #expect(ObservationPeriods.clip(time, from: nil, to: 9) == nil)
  }
}
