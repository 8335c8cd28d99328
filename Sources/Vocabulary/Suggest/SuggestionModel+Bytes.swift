extension SuggestionModel {
  /// The lists of names in `bytes`: weights, raw scores and shares of the two calibrations, and for each
  /// relation its two words and its probability.
  private static var listCount: Int { 8 }

  /// The model as bytes, for an index to keep: equal models have equal bytes.
  package var bytes: [UInt8] {
    var lists = [[String]](repeating: [], count: Self.listCount)
    lists[0] = weights.weights.map(Self.digits)
    lists[1] = calibration.knots.map { Self.digits($0.raw) }
    lists[2] = calibration.knots.map { Self.digits($0.share) }
    lists[3] = others.knots.map { Self.digits($0.raw) }
    lists[4] = others.knots.map { Self.digits($0.share) }
    for (word, related) in relations.relations.sorted(by: { $0.key < $1.key }) {
      for relation in related {
        lists[5].append(word)
        lists[6].append(relation.word)
        lists[7].append(Self.digits(relation.probability))
      }
    }
    return NameBlock.bytes(lists)
  }

  /// A model that was kept, or `nil` when the bytes are none of this version.
  package init?(bytes: [UInt8]) { self.init(bytes.span) }

  /// A model that was kept in a part of a file, or `nil` when the bytes are none of this version.
  init?(_ bytes: Span<UInt8>) {
    guard let lists = NameBlock.lists(bytes, count: Self.listCount),
      lists[0].count == Features.names.count, lists[1].count == lists[2].count,
      lists[3].count == lists[4].count, lists[5].count == lists[6].count,
      lists[6].count == lists[7].count
    else { return nil }
    let places = [0, 1, 2, 3, 4, 7]
    let numbers = places.map { lists[$0].compactMap(Self.number) }
    guard zip(places, numbers).allSatisfy({ lists[$0].count == $1.count }) else { return nil }
    weights = LogisticModel(weights: numbers[0])
    calibration = Calibration(
      knots: zip(numbers[1], numbers[2]).map { Calibration.Knot(raw: $0, share: $1) })
    others = Calibration(
      knots: zip(numbers[3], numbers[4]).map { Calibration.Knot(raw: $0, share: $1) })
    relations = WordRelations(
      relations: lists[5].indices.map { (lists[5][$0], lists[6][$0], numbers[5][$0]) })
  }

  private static func digits(_ number: Double) -> String { String(number.bitPattern, radix: 16) }

  private static func number(_ digits: String) -> Double? {
    UInt64(digits, radix: 16).map(Double.init(bitPattern:))
  }
}
