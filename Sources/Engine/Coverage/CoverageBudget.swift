/// What coverage a domain must have, and how much it may lose from one run to the next.
///
/// Coverage is the share of rows with a standard concept among those that have one or whose code
/// nobody has looked at; a code that was reviewed and has no target counts on neither side.
package struct CoverageBudget: Hashable, Sendable {
  /// `nil` for every pipeline that has codes of the domain.
  package var pipeline: String?
  package var domain: String
  /// In hundredths of a percent; `nil` where any coverage will do.
  package var least: Int?
  /// In hundredths of a point; `nil` where any loss will do.
  package var drop: Int?

  package init(pipeline: String? = nil, domain: String, least: Int? = nil, drop: Int? = nil) {
    self.pipeline = pipeline
    self.domain = domain
    self.least = least
    self.drop = drop
  }

  /// The hundredths of a percentage that is written as `98%` or `98.25 %`; `nil` where it is none.
  package static func hundredths(_ text: String) -> Int? {
    guard text.last == "%" else { return nil }
    var number = text.dropLast()
    while number.last == " " { number.removeLast() }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...3).contains(parts[0].utf8.count),
      parts.allSatisfy({ part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    var value = (Int(parts[0]) ?? 0) * 100
    if parts.count == 2 {
      guard (1...2).contains(parts[1].utf8.count), let digits = Int(parts[1]) else { return nil }
      value += parts[1].utf8.count == 1 ? digits * 10 : digits
    }
    return value <= 10_000 ? value : nil
  }

  /// What does not hold of some budgets, as sentences; empty when all hold.
  ///
  /// - Parameters:
  ///   - budgets: the budgets.
  ///   - counts: the counts of the run.
  ///   - before: those of the published run before it; without them nothing has dropped.
  /// - Returns: a sentence for each pipeline and domain that falls below or drops too far; with the
  ///   share itself only where no code of few persons has a part in it.
  package static func shortfalls(
    of budgets: [CoverageBudget], in counts: CodeCounts, before: CodeCounts?
  ) -> [String] {
    let now = CoverageShare.byDomain(counts)
    let earlier = before.map(CoverageShare.byDomain) ?? [:]
    var found: [String] = []
    for budget in budgets {
      let places = now.keys.filter {
        $0.domain == budget.domain && (budget.pipeline ?? $0.pipeline) == $0.pipeline
      }
      for place in places.sorted(by: { $0.pipeline.comesBefore($1.pipeline) }) {
        guard let share = now[place], share.total > 0 else { continue }
        let name = "\(place.pipeline): \(place.domain)"
        if let least = budget.least, !share.isAtLeast(least) {
          let asked = CoverageShare.text(least)
          found.append(
            share.hasFew
              ? "\(name): fewer than the \(asked) of the rows that are asked for have a concept"
              : "\(name): \(share.text) of the rows have a concept, at least \(asked) is asked for")
        }
        if let drop = budget.drop, let old = earlier[place], old.total > 0,
          share.hasDropped(from: old, by: drop)
        {
          let points = "\(CoverageShare.number(drop)) points"
          found.append(
            share.hasFew || old.hasFew
              ? "\(name): the share of the rows with a concept lost more than the \(points) allowed"
              : "\(name): \(share.text) of the rows have a concept, \(old.text) in the run before: "
                + "it may lose \(points)")
        }
      }
    }
    return found
  }
}

/// The rows with a concept among those that should have one.
struct CoverageShare: Hashable {
  struct Place: Hashable {
    var pipeline: String
    var domain: String
  }

  var mapped = 0
  var total = 0
  /// Whether codes of few persons have a part in it, so that the share would tell of them.
  var hasFew = false

  static func byDomain(_ counts: CodeCounts) -> [Place: CoverageShare] {
    var shares: [Place: CoverageShare] = [:]
    for code in counts.codes where code.outcome.isMapped || code.outcome.isUnmapped {
      let place = Place(pipeline: code.pipeline, domain: code.domain)
      shares[place, default: CoverageShare()].total += code.records
      if code.outcome.isMapped { shares[place]?.mapped += code.records }
      if code.persons < CodeCounts.leastPersons { shares[place]?.hasFew = true }
    }
    return shares
  }

  func isAtLeast(_ hundredths: Int) -> Bool {
    Int128(mapped) * 10_000 >= Int128(hundredths) * Int128(total)
  }

  /// Whether the share is lower than another by more than some hundredths of a point.
  func hasDropped(from old: CoverageShare, by hundredths: Int) -> Bool {
    let loss = Int128(old.mapped) * Int128(total) - Int128(mapped) * Int128(old.total)
    return loss * 10_000 > Int128(hundredths) * Int128(old.total) * Int128(total)
  }

  /// The share, rounded down: what is below 98 % never reads as 98 %.
  var text: String { CoverageShare.text(Int(Int128(mapped) * 10_000 / Int128(total))) }

  static func text(_ hundredths: Int) -> String { "\(number(hundredths)) %" }

  static func number(_ hundredths: Int) -> String {
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// The coverage of a run is below its budget: the run fails and nothing is published.
package struct CoverageTooLow: Error, CustomStringConvertible, Sendable {
  package let shortfalls: [String]

  package init(shortfalls: [String]) { self.shortfalls = shortfalls }

  package var description: String {
    "the mapping coverage is below its budget; nothing was published\n  "
      + shortfalls.joined(separator: "\n  ")
      + "\n  `vocabulary unmapped` lists what to map first"
  }
}
