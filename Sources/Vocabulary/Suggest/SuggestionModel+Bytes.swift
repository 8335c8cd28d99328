extension SuggestionModel {
  /// The lists of names in `bytes`: weights, raw scores and shares of the four calibrations, and for each
  /// relation its two words and its probability.
  private static var listCount: Int { 12 }

  /// The model as bytes, for an index to keep: equal models have equal bytes.
  package var bytes: [UInt8] {
    var lists = [[String]](repeating: [], count: Self.listCount)
    lists[0] = weights.weights.map(Self.digits)
    for (number, own) in calibrations.enumerated() {
      lists[1 + 2 * number] = own.knots.map { Self.digits($0.raw) }
      lists[2 + 2 * number] = own.knots.map { Self.digits($0.share) }
    }
    for (word, related) in relations.relations.sorted(by: { $0.key < $1.key }) {
      for relation in related {
        lists[9].append(word)
        lists[10].append(relation.word)
        lists[11].append(Self.digits(relation.probability))
      }
    }
    return NameBlock.bytes(lists)
  }

  private var calibrations: [Calibration] {
    [calibration, others, detailedCalibration, detailedOthers]
  }

  /// A model that was kept, or `nil` when the bytes are none of this version.
  package init?(bytes: [UInt8]) { self.init(bytes.span) }

  /// A model that was kept in a part of a file, or `nil` when the bytes are none of this version.
  init?(_ bytes: Span<UInt8>) {
    guard let lists = NameBlock.lists(bytes, count: Self.listCount),
      lists[0].count == Features.names.count,
      [1, 3, 5, 7, 9, 10].allSatisfy({ lists[$0].count == lists[$0 + 1].count })
    else { return nil }
    let numbers = lists.enumerated().map { place, list in
      place == 9 || place == 10 ? [] : list.compactMap(Self.number)
    }
    for place in [0, 1, 2, 3, 4, 5, 6, 7, 8, 11] {
      guard numbers[place].count == lists[place].count else { return nil }
    }
    func calibration(_ number: Int) -> Calibration {
      Calibration(
        knots: zip(numbers[1 + 2 * number], numbers[2 + 2 * number]).map {
          Calibration.Knot(raw: $0, share: $1)
        })
    }
    weights = LogisticModel(weights: numbers[0])
    self.calibration = calibration(0)
    others = calibration(1)
    detailedCalibration = calibration(2)
    detailedOthers = calibration(3)
    relations = WordRelations(
      relations: lists[9].indices.map { (lists[9][$0], lists[10][$0], numbers[11][$0]) })
  }

  private static func digits(_ number: Double) -> String { String(number.bitPattern, radix: 16) }

  private static func number(_ digits: String) -> Double? {
    UInt64(digits, radix: 16).map(Double.init(bitPattern:))
  }
}
