import Columnar

/// Memory that queries use one after the other: a number for each document.
struct RetrievalScratch: Sendable {
  fileprivate var scores: [Float]
  fileprivate var touched: [UInt32] = []

  init(documentCount: Int) { scores = [Float](repeating: 0, count: documentCount) }
}

extension TextIndex {
  /// The documents that share most with a query, best first by an estimate.
  ///
  /// The words that say most come first. Once `effort` postings are read, words that say less no
  /// longer count here: those who compare the documents found see them all.
  func retrieve(
    _ query: TextQuery, limit: Int, effort: Int, _ scratch: inout RetrievalScratch,
    where isWanted: (_ concept: Int) -> Bool
  ) -> [Int] {
    let order = query.words.indices.sorted { left, right in
      let weights = (query.words[left].weight, query.words[right].weight)
      return weights.0 != weights.1 ? weights.0 > weights.1 : left < right
    }
    var left = effort
    for place in order where left > 0 {
      let word = query.words[place]
      for variant in word.variants {
        left -= documentCount(ofTerm: variant.term)
        add(Float(variant.fit * word.weight), variant.term, &scratch)
      }
    }
    let lengths = bytes(.documentLengths)
    let average = Float(query.weight / Double(max(1, query.words.count)))
    let own = Float(query.weight)
    var ranking = Ranking(limit: limit)
    for document in scratch.touched {
      let score = scratch.scores[Int(document)]
      scratch.scores[Int(document)] = 0
      // What the document says besides: about an average word for each that is not matched.
      let further = max(0, Float(lengths[Int(document)]) - score / average)
      let entry = Ranking.Entry(
        score: score / (own + 0.4 * average * further), number: document)
      if ranking.admits(entry), isWanted(concept(Int(document))) { ranking.add(entry) }
    }
    scratch.touched.removeAll(keepingCapacity: true)
    return ranking.best().map { Int($0.number) }
  }

  private func add(_ gain: Float, _ term: Int, _ scratch: inout RetrievalScratch) {
    var scores = scratch.scores.mutableSpan
    var touched: [UInt32] = []
    eachDocument(ofTerm: term) { document in
      if scores[document] == 0 { touched.append(UInt32(document)) }
      scores[document] += gain
    }
    scratch.touched += touched
  }
}
