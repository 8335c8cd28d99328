import Columnar
import TestSupport
import Testing

@testable import Transform

/// Visits beside slow and obvious ways to merge and to find them.
struct VisitPropertyTests {
  private static let merging = VisitMerging(
    stays: [1], overnight: [2, 3], touching: [3], within: [2, 4], gap: 1, emergencies: [3],
    emergencyStay: 262)

  /// Visits of one person, in their order.
  private static func visits(_ random: inout SeededGenerator, _ merging: VisitMerging)
    -> [VisitSpan]
  {
    (0..<Int.random(in: 0...14, using: &random)).map { number -> VisitSpan in
      let start = Int64.random(in: 0...30, using: &random)
      let end = start + [0, 0, 1, 5][Int.random(in: 0...3, using: &random)]
      let isTimed = Bool.random(using: &random)
      let hour: Int64 = 3_600_000_000
      var visit = VisitSpan(
        person: 0, start: start,
        startTime: isTimed
          ? start * VisitSpan.day + hour * .random(in: 0...11, using: &random) : nil,
        end: end,
        endTime: isTimed ? end * VisitSpan.day + hour * .random(in: 12...23, using: &random) : nil,
        concept: .random(in: 1...5, using: &random), key: Digest(0, 0, 0, UInt64(number % 3)),
        number: Int32(number))
      visit.rank = merging.rank(visit.concept)
      return visit
    }.sorted(by: VisitSpan.precede)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
  func `random visits are merged as an obvious implementation merges them`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Effort.rounds(200) {
      var merging = Self.merging
      merging.gap = .random(in: 0...3, using: &random)
      let visits = Self.visits(&random, merging)
      let merged = merging.merge(visits[...])
      #expect(merged.flatMap(\.members).sorted() == Array(visits.indices))
      #expect(
        Set(merged.map { Group(members: Set($0.members), concept: $0.concept) })
          == obvious(visits, merging))
      for visit in merged {
        #expect(
          visit.members[..<visit.founders].elementsEqual(visit.members[..<visit.founders].sorted()))
      }
    }
  }

  private struct Group: Hashable {
    var members: Set<Int>
    var concept: Int64
  }

  /// Puts two near visits together until nothing changes, dissolves what holds no stay, then looks for
  /// a stay around each visit that may lie in one.
  private func obvious(_ visits: [VisitSpan], _ merging: VisitMerging) -> Set<Group> {
    func isStay(_ visit: VisitSpan) -> Bool {
      visit.concept == 1 || [2, 3].contains(visit.concept) && visit.end > visit.start
    }
    let chained = visits.indices.filter { isStay(visits[$0]) || visits[$0].concept == 3 }
    var sets = chained.map { Set([$0]) }
    func near(_ left: Int, _ right: Int) -> Bool {
      visits[left].start <= visits[right].end + merging.gap
        && visits[right].start <= visits[left].end + merging.gap
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      search: for first in sets.indices {
        for second in sets.indices.dropFirst(first + 1)
        where sets[first].contains(where: { left in sets[second].contains { near(left, $0) } }) {
          sets[first].formUnion(sets.remove(at: second))
          isChanged = true
          break search
        }
      }
    }
    var stays = sets.filter { $0.contains { isStay(visits[$0]) } }
    var lone = sets.filter { set in !set.contains { isStay(visits[$0]) } }.flatMap(\.self)
    let days = stays.map { set in
      (set.map { visits[$0].start }.min() ?? 0, set.map { visits[$0].end }.max() ?? 0)
    }
    for index in visits.indices where !chained.contains(index) {
      let visit = visits[index]
      let around = days.firstIndex { $0.0 <= visit.start && visit.end <= $0.1 }
      if [2, 4].contains(visit.concept), let around {
        stays[around].insert(index)
      } else {
        lone.append(index)
      }
    }
    let strongest: [Int64] = [1, 2, 3, 4]
    var groups = Set(lone.map { Group(members: [$0], concept: visits[$0].concept) })
    for (set, days) in zip(stays, days) {
      let concepts = Set(set.map { visits[$0].concept })
      let hasEmergency = set.contains {
        visits[$0].concept == 3 && visits[$0].start == days.0
      }
      let concept =
        concepts.contains(1) && hasEmergency
        ? 262 : strongest.first { concepts.contains($0) } ?? 0
      groups.insert(Group(members: set, concept: concept))
    }
    return groups
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `a moment finds the first visit around it, by its time before its day`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Effort.rounds(100) {
      let visits = Self.visits(&random, Self.merging)
      let calendar = VisitCalendar(visits, persons: 1)
      for _ in 0..<20 {
        let day = Int64.random(in: -1...36, using: &random)
        let time =
          Bool.random(using: &random)
          ? day * VisitSpan.day + .random(in: 0..<VisitSpan.day, using: &random) : nil
        let timely = visits.first { visit in
          time.map { visit.startTime <= $0 && $0 <= visit.endTime } ?? false
        }
        let daily = visits.first { $0.start <= day && day <= $0.end }
        #expect(calendar.visit(of: 0, day: day, time: time) == (timely ?? daily)?.number)
      }
    }
  }
}
