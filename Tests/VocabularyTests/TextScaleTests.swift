import Columnar
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

private let scale = ProcessInfo.processInfo.environment["ECLUSE_TEXT_NAMES"].flatMap(Int.init)

/// Time and memory of the text index at a size that is asked for, with the optimiser on:
/// `ECLUSE_TEXT_NAMES=7000000 swift test -c release … --filter TextScaleTests`.
@Suite(.enabled(if: scale != nil, "ECLUSE_TEXT_NAMES is not set"))
struct TextScaleTests {
  /// Names of four to eleven words out of a million, the frequent ones far more often; for seven
  /// names three synonyms.
  private static func texts(_ count: Int) -> TextList {
    var random = SeededGenerator(seed: 1)
    var words = TextArray()
    for number in 0..<1_000_000 {
      let isNumber = number % 7 == 0
      let length = Int(random.next() % 8) + (isNumber ? 1 : 3)
      for _ in 0..<length {
        words.appendByte(
          isNumber ? 0x30 + UInt8(random.next() % 10) : 0x61 + UInt8(random.next() % 26))
      }
      words.close()
    }
    func names(_ count: Int) -> TextArray {
      var names = TextArray()
      for _ in 0..<count {
        for place in 0..<4 + random.next() % 8 {
          if place > 0 { names.appendByte(0x20) }
          let rank = exp(Double(random.next() >> 11) / 0x1p53 * 13.8155)
          names.appendBytes(words.span(min(999_999, Int(rank))))
        }
        names.close()
      }
      return names
    }
    let synonyms = count / 7 * 3
    return TextList(
      names: names(count), synonyms: names(synonyms),
      synonymConcepts: (0..<synonyms).map { UInt32($0 * count / synonyms) })
  }

  /// A line of /proc/self/status in MiB.
  private static func memory(_ name: String) throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) >> 10
  }

  @Test func `the index is built in its time and memory, and a query takes half a second at most`()
    throws
  {
    let count = try #require(scale)
    let texts = Self.texts(count)
    // The peak counts from here on (proc(5), clear_refs).
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    let before = try Self.memory("VmRSS")
    let clock = ContinuousClock()
    let started = clock.now
    let tables = try TextIndexBuilder.build(texts, workers: 2)
    let spent = clock.now - started
    let peak = try Self.memory("VmHWM") - before
    let index = try TextIndex(tables, conceptCount: count)
    print(
      "text index of \(count) names and \(texts.synonymCount) synonyms: \(spent), \(peak) MiB more at the "
        + "peak, \(index.termCount) terms")
    var scratch = RetrievalScratch(documentCount: index.documentCount)
    var measure = LikenessMeasure(index)
    var random = SeededGenerator(seed: 2)
    var slowest = Duration.zero
    for _ in 0..<50 {
      let document = Int.random(in: 0..<count, using: &random)
      let words = texts.string(document).split(separator: " ").map {
        SuggestionWorld.mistyped(String($0), &random)
      }
      let asked = clock.now
      let query = index.query(FoldedText(words.joined(separator: " ")))
      let found = index.retrieve(query, limit: 200, effort: 8_000_000, &scratch) { _ in true }
      for document in found { _ = measure.compare(query, texts, document) }
      slowest = max(slowest, clock.now - asked)
    }
    print("the slowest of 50 queries, every word mistyped: \(slowest)")
    #expect(peak < 1_024)
    #expect(slowest < .milliseconds(500))
  }
}
