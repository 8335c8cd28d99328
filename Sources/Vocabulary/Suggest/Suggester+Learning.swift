import Columnar
import Dispatch

extension Suggester {
  /// Learns from known terms: relations of words, then weights, then what scores are worth.
  ///
  /// With fewer than a thousand terms it learns nothing and keeps the usual weights; its scores are
  /// then not calibrated. The result does not depend on the number of threads.
  package mutating func learn(_ known: [KnownTerm], workers: Int) {
    let terms = KnownTerms(known, of: index)
    if terms.isEnough { learn(terms, workers: workers) }
  }

  /// How many terms it takes to calibrate those apart of which more is stated.
  private static var leastCalibrated: Int { 60 }

  mutating func learn(_ terms: KnownTerms, workers: Int) {
    let index = index
    model = SuggestionModel()
    model.relations = WordRelations(
      terms[.relations].flatMap { known in
        known.targets.prefix(3).map { (known.term.name, index.name($0)) }
      })
    let examples = ranked(detailed(terms[.weights]), workers: workers).flatMap {
      known, candidates in
      candidates.map { ($0.features, known.targets.contains($0.position)) }
    }
    model.weights = LogisticModel(examples, from: Features.usual)
    let asked = detailed(terms[.calibration])
    let shown = ranked(asked, workers: workers).map { known, candidates in
      candidates.prefix(5).map { (raw: $0.raw, isRight: known.targets.contains($0.position)) }
    }
    let (plain, detailed) = (
      zip(asked, shown).filter { !$0.0.term.isDetailed }.map(\.1),
      zip(asked, shown).filter { $0.0.term.isDetailed }.map(\.1)
    )
    let isApart = plain.count >= Self.leastCalibrated && detailed.count >= Self.leastCalibrated
    let others = isApart ? plain : shown
    model.calibration = Calibration(others.flatMap { $0.prefix(1) })
    model.others = Calibration(others.flatMap { $0.dropFirst() })
    if isApart {
      model.detailedCalibration = Calibration(detailed.flatMap { $0.prefix(1) })
      model.detailedOthers = Calibration(detailed.flatMap { $0.dropFirst() })
    }
  }

  /// The terms, every second one with what a source may state of it besides: the ATC class of its
  /// drug; the specimen, the unit and the method of its test.
  ///
  /// The concepts of a vocabulary do not state such things of themselves, so they are taken from what
  /// is right; one in twelve is of another term, since sources are wrong too. What the index has no
  /// relationships for is not stated.
  func detailed(_ terms: [KnownTerm]) -> [KnownTerm] {
    terms.enumerated().map { number, known in
      let dice = KeyIndex.mix(UInt64(number) ^ 0x5374_6174)
      guard dice & 1 == 0, !known.term.isDetailed else { return known }
      let other = terms[(number + 1) % terms.count]
      guard let target = (dice >> 1 % 12 == 0 ? other : known).targets.first else { return known }
      var stated = known
      stated.term.atc = narrowestClass(of: target).map {
        String($0.prefix(dice >> 8 & 3 == 0 ? 5 : 7))
      }
      relations.each(of: target, in: index) { role, part in
        let names = [index.name(part)] + index.synonyms(at: part).map(\.name)
        switch role {
        case .system: stated.term.specimen = names[Int(dice >> 16) & 0xFF % names.count]
        case .method: if dice >> 24 & 1 == 0 { stated.term.method = names[0] }
        case .property:
          stated.term.unit = UnitProperty.unit(ofPart: Set(names.map { $0.lowercased() }))
        default: break
        }
      }
      return stated
    }
  }

  /// The code of the narrowest ATC class of a drug, the first in their order.
  private func narrowestClass(of position: Int) -> String? {
    guard let atc = relations.atc else { return nil }
    let codes = index.ancestors(at: position).map(\.position).filter {
      index.vocabulary($0) == atc
    }.map(index.code)
    return codes.min { ($1.count, $0) < ($0.count, $1) }
  }

  /// The candidates of many terms, in their order.
  func ranked(
    _ terms: [KnownTerm], workers: Int
  ) -> [(known: KnownTerm, candidates: [Candidate])] {
    concurrently(terms, workers: workers) { suggester, known in
      (known, suggester.ranked(known.term, hidden: known.concept))
    }
  }

  /// Calls the body for each item, with a suggester for each thread; the results in the items' order.
  package func concurrently<Item: Sendable, Result: Sendable>(
    _ items: [Item], workers: Int, _ body: @escaping @Sendable (inout Suggester, Item) -> Result
  ) -> [Result] {
    let slices = max(1, min(workers, items.count))
    let results = Guarded([[Result]](repeating: [], count: slices))
    let work: @Sendable (Int) -> Void = { slice in
      var own = self
      let range = items.count * slice / slices..<items.count * (slice + 1) / slices
      let part = items[range].map { body(&own, $0) }
      results.withLock { $0[slice] = part }
    }
    if slices == 1 {
      work(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: slices, execute: work)
    }
    return results.withLock { $0 }.flatMap(\.self)
  }
}
