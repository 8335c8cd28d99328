import TestSupport
import Testing

@testable import Transform

/// Eras beside a slow and obvious way to make them.
struct EraPropertyTests {
  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
  func `random rows make the eras of an obvious implementation`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Effort.rounds(100) {
      let gap = Int64.random(in: 0...30, using: &random)
      let intervals = (0..<Int.random(in: 0...40, using: &random)).map { _ -> EraInterval in
        let start = Int64.random(in: 0...200, using: &random)
        return EraInterval(
          person: Int32.random(in: 0...2, using: &random),
          concept: Int64.random(in: 1...3, using: &random), start: start,
          end: start + Int64.random(in: 0...20, using: &random))
      }
      let conditions = Eras.conditions(intervals, gap: gap).map(line)
      #expect(conditions == obvious(intervals, gap: gap, exposed: false).map(line))
      #expect(Eras.conditions(intervals.shuffled(using: &random), gap: gap).map(line) == conditions)
      let drugs = Eras.drugs(intervals, gap: gap).map(line)
      #expect(drugs == obvious(intervals, gap: gap, exposed: true).map(line))
    }
  }

  private func line(_ era: EraInterval) -> String {
    "\(era.person) \(era.concept) \(era.start)-\(era.end) ×\(era.count) \(era.exposed)"
  }

  /// Puts two rows together whenever they are near, until nothing changes; exposure is the number of
  /// days that some row covers with the day before it.
  private func obvious(
    _ intervals: [EraInterval], gap: Int64, exposed: Bool
  ) -> [EraInterval] {
    var sets = intervals.map { [$0] }
    func near(_ left: EraInterval, _ right: EraInterval) -> Bool {
      left.person == right.person && left.concept == right.concept
        && left.start <= right.end + gap && right.start <= left.end + gap
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      search: for first in sets.indices {
        for second in sets.indices.dropFirst(first + 1)
        where sets[first].contains(where: { left in sets[second].contains { near(left, $0) } }) {
          sets[first] += sets.remove(at: second)
          isChanged = true
          break search
        }
      }
    }
    return sets.map { rows in
      let days = Set(rows.flatMap { $0.start < $0.end ? Array($0.start + 1...$0.end) : [] })
      return EraInterval(
        person: rows[0].person, concept: rows[0].concept, start: rows.map(\.start).min() ?? 0,
        end: rows.map(\.end).max() ?? 0, count: Int64(rows.count),
        exposed: exposed ? Int64(days.count) : 0)
    }.sorted(by: EraInterval.precede)
  }
}
