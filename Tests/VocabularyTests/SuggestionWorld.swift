import TestSupport

@testable import Vocabulary

/// A vocabulary made up for suggestions: standard concepts of three or four invented words, and
/// source concepts that say the same with other words, in another order, mistyped or cut short.
struct SuggestionWorld {
  private(set) var concepts: [Concept] = []
  private(set) var mapsTo: [(Int64, Int64)] = []

  private static let syllables = [
    "ba", "cor", "dul", "fen", "gri", "hos", "ka", "lim", "mor", "nax", "pel", "quo", "ras", "sti",
    "tum", "ver", "zol",
  ]

  init(concepts count: Int, sources: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func word() -> String {
      (0..<Int.random(in: 2...4, using: &random)).map { _ in
        Self.syllables.randomElement(using: &random) ?? ""
      }.joined()
    }
    let words = (0..<160).map { _ in word() }
    let synonyms = Dictionary(
      words.filter { _ in Int.random(in: 0..<10, using: &random) < 6 }.map { ($0, word()) },
      uniquingKeysWith: { first, _ in first })
    for number in 0..<count {
      let own = (0..<Int.random(in: 3...4, using: &random)).map { _ in
        words.randomElement(using: &random) ?? ""
      }
      let id = Int64(1_000 + number)
      concepts.append(
        SmallVocabulary.standard(
          id, "S\(number)", "SNOMED", "Condition", own.joined(separator: " ")))
      for source in 0..<sources {
        var said = own.map { word in
          Bool.random(using: &random) ? synonyms[word] ?? word : word
        }
        if Bool.random(using: &random) { said.shuffle(using: &random) }
        if Int.random(in: 0..<10, using: &random) == 0 { said.removeLast() }
        said = said.map { word in
          Int.random(in: 0..<10, using: &random) < 3 ? Self.mistyped(word, &random) : word
        }
        let sourceID = Int64(100_000 + number * sources + source)
        concepts.append(
          SmallVocabulary.source(
            sourceID, "Q\(sourceID)", "Local", name: said.joined(separator: " ")))
        mapsTo.append((sourceID, id))
      }
    }
  }

  /// A word with one letter lost, doubled, changed or exchanged with the next.
  static func mistyped(_ word: String, _ random: inout SeededGenerator) -> String {
    var letters = Array(word)
    guard letters.count >= 4 else { return word }
    let place = Int.random(in: 1..<letters.count - 1, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: letters.remove(at: place)
    case 1: letters.insert(letters[place], at: place)
    case 2: letters[place] = "y"
    default: letters.swapAt(place, place + 1)
    }
    return String(letters)
  }

  func suggester(approved: [KnownTerm] = []) throws -> Suggester {
    let index = try VocabularyIndex(concepts: concepts, mapsTo: mapsTo)
    return try Suggester(
      index, try index.textIndex(workers: 2), filter: try ConceptFilter(index),
      approved: approved)
  }
}
