/// How good suggestions are on terms that nothing was learnt from.
package struct SuggestionReport: Codable, Hashable, Sendable {
  /// How often the right concept was found, as a share of the terms.
  package struct Recall: Codable, Hashable, Sendable {
    /// Among one suggestion.
    package var at1: Double
    /// Among five.
    package var at5: Double
  }

  /// Suggestions of about the same score.
  package struct Bin: Codable, Hashable, Sendable {
    /// The mean of their scores.
    package var score: Double
    /// The share of them that is right.
    package var right: Double
    package var count: Int
  }

  /// The terms that were asked, whose names differ from those of their concepts.
  package var terms: Int
  /// The terms that were learnt from.
  package var learnt: Int
  package var suggestions: Recall
  /// Suggestions for the names of the same terms alone, without their codes, units, classes, specimens
  /// and methods; `nil` where they state nothing but names and codes.
  package var names: Recall?
  /// The nearest names and synonyms by cosine, which is what Usagi takes.
  package var cosine: Recall
  /// The same with the names of concepts that map to a standard one as further names of it.
  package var cosineOfSources: Recall
  /// First suggestions by tenths of their score, the lowest first; empty tenths are left out.
  package var bins: [Bin]
  /// The mean distance of score and share, each tenth weighted by its count.
  package var calibrationError: Double
}

/// What suggestions are made with when they are evaluated.
package enum Evaluation: Sendable {
  /// With what they learn from a part of the terms; the others are asked.
  case learning
  /// With what the index has learnt when it was built, from the same part of its own terms.
  case built
  /// With what the index has learnt; the terms are not its own, so that all of them are asked.
  case foreign
}

extension Suggester {
  /// Asks for known terms that nothing was learnt from; `nil` when there are too few.
  ///
  /// No two terms of one concept are on different sides. Fewer than a thousand terms in all cannot
  /// be evaluated. `least` is another bound, as a test may want.
  package mutating func evaluate(
    _ known: [KnownTerm], _ evaluation: Evaluation = .learning, workers: Int, least: Int = 1_000
  ) -> SuggestionReport? {
    let terms = KnownTerms(known, of: index)
    let held =
      evaluation == .foreign
      ? KnownTerms.chosen(known, KnownTerms.limit(.held, concepts: index.count)) : terms[.held]
    guard known.count >= least, evaluation == .foreign || terms.isEnough, !held.isEmpty else {
      return nil
    }
    if evaluation == .learning { learn(terms, workers: workers) }
    let asked = ranked(held, workers: workers)
    let alone = held.contains { $0.term.isDetailed } ? held.map(\.nameAlone) : []
    let first = asked.compactMap { known, candidates in
      candidates.first.map {
        (
          model.share($0.raw, rank: 0, isDetailed: known.term.isDetailed),
          known.targets.contains($0.position)
        )
      }
    }
    let bins = Self.bins(first)
    let count = max(1, bins.reduce(0) { $0 + $1.count })
    return SuggestionReport(
      terms: held.count,
      learnt: evaluation == .foreign
        ? 0 : KnownTerms.Part.allCases.reduce(0) { $0 + terms[$1].count } - held.count,
      suggestions: Self.recall(asked),
      names: alone.isEmpty ? nil : Self.recall(ranked(alone, workers: workers)),
      cosine: cosine(held, takesSources: false, workers),
      cosineOfSources: cosine(held, takesSources: true, workers), bins: bins,
      calibrationError: bins.reduce(0) { $0 + abs($1.score - $1.right) * Double($1.count) }
        / Double(count))
  }

  private func cosine(
    _ held: [KnownTerm], takesSources: Bool, _ workers: Int
  ) -> SuggestionReport.Recall {
    let baseline = CosineBaseline(index, text, filter: filter, takesSources: takesSources)
    return Self.recall(
      concurrently(held, workers: workers) { _, known in
        baseline.suggest(known.term, limit: 5, hidden: known.concept)
          .firstIndex { known.targets.contains($0) }
      })
  }

  private static func recall(
    _ asked: [(known: KnownTerm, candidates: [Candidate])]
  ) -> SuggestionReport.Recall {
    recall(
      asked.map { known, candidates in
        candidates.prefix(5).firstIndex { known.targets.contains($0.position) }
      })
  }

  private static func recall(_ places: [Int?]) -> SuggestionReport.Recall {
    let total = Double(max(1, places.count))
    return SuggestionReport.Recall(
      at1: Double(places.count { $0 == 0 }) / total,
      at5: Double(places.count { $0 != nil }) / total)
  }

  private static func bins(_ scored: [(score: Double, isRight: Bool)]) -> [SuggestionReport.Bin] {
    (0..<10).compactMap { tenth in
      let own = scored.filter { min(9, Int($0.score * 10)) == tenth }
      guard !own.isEmpty else { return nil }
      let count = Double(own.count)
      return SuggestionReport.Bin(
        score: own.reduce(0) { $0 + $1.score } / count,
        right: Double(own.count { $0.isRight }) / count, count: own.count)
    }
  }
}
