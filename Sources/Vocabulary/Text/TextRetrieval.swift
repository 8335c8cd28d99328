import Columnar

/// Memory that queries use one after the other: a number for each document.
struct RetrievalScratch: Sendable {
  fileprivate var scores: [Float]
  fileprivate var touched: [UInt32] = []

  init(documentCount: Int) { scores = [Float](repeating: 0, count: documentCount) }
}

extension TextIndex {
  /// The documents that share most with a query, best first by an estimate.
  func retrieve(
    _ query: TextQuery, limit: Int, effort: Int, _ scratch: inout RetrievalScratch,
    where isWanted: (_ concept: Int) -> Bool
  ) -> [Int] {
    retrieve(query, limits: [limit], effort: effort, &scratch) { isWanted($0) ? 0 : nil }[0]
  }

  /// The documents that share most with a query, best first by an estimate, in one list for each
  /// limit: `list` says in which one those of a concept belong.
  ///
  /// The words that say most come first. Once `effort` postings are read, words and variants that say
  /// less no longer count here: those who compare the documents found see them all.
  func retrieve(
    _ query: TextQuery, limits: [Int], effort: Int, _ scratch: inout RetrievalScratch,
    in list: (_ concept: Int) -> Int?
  ) -> [[Int]] {
    let order = query.words.indices.sorted { left, right in
      let weights = (query.words[left].weight, query.words[right].weight)
      return weights.0 != weights.1 ? weights.0 > weights.1 : left < right
    }
    var left = effort
    for place in order where left > 0 {
      let word = query.words[place]
      for variant in word.variants where left > 0 {
        left -= documentCount(ofTerm: variant.term)
        add(Float(variant.fit * word.weight), variant.term, &scratch)
      }
    }
    let average = Float(query.weight / Double(max(1, query.words.count)))
    return best(
      own: Float(query.weight), average: average, limits: limits, &scratch, in: list)
  }

  /// The best of the documents with scores, which are made 0 again.
  private func best(
    own: Float, average: Float, limits: [Int], _ scratch: inout RetrievalScratch,
    in list: (_ concept: Int) -> Int?
  ) -> [[Int]] {
    let lengths = bytes(.documentLengths)
    var rankings = limits.map(Ranking.init(limit:))
    var touched: [UInt32] = []
    swap(&touched, &scratch.touched)
    var scores = scratch.scores.mutableSpan
    // No list takes less than this, whatever else the document says.
    var least: Float = 0
    for document in touched {
      let score = scores[Int(document)]
      scores[Int(document)] = 0
      if score < least { continue }
      // What the document says besides: about an average word for each that is not matched.
      let further = max(0, Float(lengths[Int(document)]) - score / average)
      let entry = Ranking.Entry(
        score: score / (own + 0.4 * average * further), number: document)
      var isAdmitted = false
      for place in rankings.indices where rankings[place].admits(entry) { isAdmitted = true }
      guard isAdmitted, let place = list(concept(Int(document))), rankings[place].admits(entry)
      else { continue }
      rankings[place].add(entry)
      var lowest = rankings[place].least
      for ranking in rankings.indices { lowest = min(lowest, rankings[ranking].least) }
      // A little less, since products of such numbers are rounded.
      least = 0.999 * own * lowest
    }
    touched.removeAll(keepingCapacity: true)
    scratch.touched = touched
    return rankings.map { $0.best().map { Int($0.number) } }
  }

  /// Adds to the scores of the documents of a term.
  private func add(_ gain: Float, _ term: Int, _ scratch: inout RetrievalScratch) {
    let starts = numbers(.postingStarts)
    var touched: [UInt32] = []
    swap(&touched, &scratch.touched)
    var scores = scratch.scores.mutableSpan
    var postings = Postings(
      bytes(.postingBytes), Int(starts[term])..<Int(starts[term + 1]))
    while let document = postings.next() {
      let score = scores[document]
      if score == 0 { touched.append(UInt32(truncatingIfNeeded: document)) }
      scores[document] = score + gain
    }
    scratch.touched = touched
  }
}
