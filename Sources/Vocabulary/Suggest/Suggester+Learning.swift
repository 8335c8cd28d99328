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

  mutating func learn(_ terms: KnownTerms, workers: Int) {
    let index = index
    model = SuggestionModel()
    model.relations = WordRelations(
      terms[.relations].flatMap { known in
        known.targets.prefix(3).map { (known.term.name, index.name($0)) }
      })
    let examples = ranked(terms[.weights], workers: workers).flatMap { known, candidates in
      candidates.map { ($0.features, known.targets.contains($0.position)) }
    }
    model.weights = LogisticModel(examples, from: Features.usual)
    let shown = ranked(terms[.calibration], workers: workers).flatMap { known, candidates in
      candidates.prefix(5).map { ($0.raw, known.targets.contains($0.position)) }
    }
    model.calibration = Calibration(shown)
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
