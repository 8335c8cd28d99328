import Columnar

/// Which words of targets stand for which words of sources, learnt from pairs of names.
///
/// It learns translations (`fracture du fémur`, Fracture of femur), abbreviations and other words
/// for one thing. Probabilities are those of the first model of IBM for translations: each word of a
/// target comes from one word of its source, whichever explains it best over all pairs (Brown and
/// others 1993, The mathematics of statistical machine translation).
struct WordRelations: Hashable, Sendable {
  struct Relation: Hashable, Sendable {
    var word: String
    /// How likely the word of the source becomes this one.
    var probability: Double
  }

  /// By the folded word of a source, the most likely first.
  private(set) var relations: [String: [Relation]] = [:]

  private static let rounds = 5
  private static let leastProbability = 0.08
  private static let mostRelations = 6

  /// No relations.
  init() {}

  /// Takes relations as they are: of each word of a source the most likely first.
  init(relations: [(source: String, target: String, probability: Double)]) {
    for (source, target, probability) in relations {
      self.relations[source, default: []].append(
        Relation(word: target, probability: probability))
    }
  }

  /// Learns from pairs of a source's name and a target's name.
  ///
  /// - Complexity: O(*n*) in the pairs of words of all pairs of names.
  init(_ pairs: [(source: String, target: String)]) {
    var words = KeyIndex()
    var names: [(source: [Int], target: [Int])] = []
    for pair in pairs {
      let source = Set(FoldedText(pair.source).terms).sorted().map { words.insert($0) }
      let target = Set(FoldedText(pair.target).terms).sorted().map { words.insert($0) }
      if !source.isEmpty && !target.isEmpty { names.append((source, target)) }
    }
    let table = Self.train(names)
    for (pair, entry) in table where entry.count >= 2 && pair >> 32 != pair & 0xFFFF_FFFF {
      guard entry.probability >= Self.leastProbability else { continue }
      relations[words.keys[Int(pair >> 32)], default: []].append(
        Relation(word: words.keys[Int(pair & 0xFFFF_FFFF)], probability: entry.probability))
    }
    for (word, list) in relations {
      let sorted = list.sorted { left, right in
        left.probability != right.probability
          ? left.probability > right.probability : left.word < right.word
      }
      relations[word] = Array(sorted.prefix(Self.mostRelations))
    }
  }

  private struct Entry {
    var probability: Double
    var expected = 0.0
    /// The number of pairs of names that have both words.
    var count = 0
  }

  /// The probability of each pair of words: the source's in the high half, the target's in the low.
  private static func train(_ names: [(source: [Int], target: [Int])]) -> [UInt64: Entry] {
    var places: [UInt64: Int] = [:]
    var entries: [Entry] = []
    // For each pair of names its places in `entries`, target by target.
    var cells: [[Int]] = []
    for (source, target) in names {
      var own: [Int] = []
      for to in target {
        for from in source {
          let key = UInt64(from) << 32 | UInt64(to)
          let place = places[key] ?? entries.count
          if place == entries.count {
            places[key] = place
            // What is spelt alike is a better guess than any other word.
            entries.append(Entry(probability: from == to ? 1 : 0.1))
          }
          entries[place].count += 1
          own.append(place)
        }
      }
      cells.append(own)
    }
    var sources = [Double](repeating: 0, count: 1 + (names.flatMap(\.source).max() ?? 0))
    for _ in 0..<rounds {
      for index in sources.indices { sources[index] = 0 }
      for index in entries.indices { entries[index].expected = 0 }
      for (number, pair) in names.enumerated() {
        for (row, _) in pair.target.enumerated() {
          let first = row * pair.source.count
          let sum = pair.source.indices.reduce(1e-9) {
            $0 + entries[cells[number][first + $1]].probability
          }
          for column in pair.source.indices {
            let place = cells[number][first + column]
            let share = entries[place].probability / sum
            entries[place].expected += share
            sources[pair.source[column]] += share
          }
        }
      }
      for (key, place) in places {
        // A little doubt keeps what was seen a few times from being certain.
        entries[place].probability =
          entries[place].expected / (sources[Int(key >> 32)] + 0.5)
      }
    }
    return places.mapValues { entries[$0] }
  }

  /// The terms of an index that stand for a word.
  func variants(of word: Span<UInt8>, in index: TextIndex) -> [TermVariant] {
    guard !relations.isEmpty else { return [] }
    let key = String(
      decoding: [UInt8](capacity: word.count) { out in
        for place in word.indices { out.append(word[place]) }
      }, as: UTF8.self)
    return (relations[key] ?? []).compactMap { relation in
      let bytes = Array(relation.word.utf8)
      return index.term(bytes.span).map {
        // Two words for one thing share the probability of that thing.
        TermVariant(term: $0, fit: min(0.95, 0.35 + 0.65 * relation.probability))
      }
    }
  }
}
