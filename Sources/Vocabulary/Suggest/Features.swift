/// What is known of a candidate for a term: the best of each way in which it was found.
struct Evidence: Sendable {
  /// By its name or a synonym.
  var direct = Likeness()
  var isSynonym = false
  /// By the name of a concept that maps to it.
  var bridge = 0.0
  /// By all such names together, of which the near ones count most.
  var votes = 0.0
  /// By a mapping that the author approved.
  var memory = 0.0
  /// By a shorter code that maps to it: the share of the letters that it has of the term's code.
  var parent = 0.0
  /// 1 when its name agrees with the unit of the term, −1 when it contradicts it.
  var unit = 0.0
  /// 1 when it is a drug of the term's ATC class, less when only of a class above, −1 when of others.
  var drugClass = 0.0
  /// The parts of a test, as far as the term says them.
  var parts = PartFit()

  /// One number, by which candidates are compared before they are weighed.
  var strength: Double {
    max(direct.mutual, 0.97 * bridge, memory, 0.6 * parts.component) + 0.1 * parent
      + 0.05 * unit + 0.2 * drugClass + 0.1 * parts.system + 0.05 * (parts.scale + parts.further)
  }
}

/// The numbers that a model weighs.
enum Features {
  static let names = [
    "bias", "query share", "document share", "letters", "same words", "synonym",
    "numbers differ", "mapped name", "approved name", "parent code", "unit", "lead", "first",
    "rivals", "strength", "strength squared", "votes", "drug class", "component", "system", "scale",
    "method and time",
  ]

  /// Weights for vocabularies too small to learn from.
  static let usual = [
    -7.0, 2.0, 2.0, 1.0, 1.0, 0.0, -0.5, 1.5, 2.5, 1.0, 0.5, 4.0, 1.0, -0.5, 1.0, 2.0, 0.5,
    1.5, 1.5, 0.8, 0.5, 0.5,
  ]

  /// The numbers of each of some candidates, which depend on the others too.
  static func vectors(_ evidence: [Evidence]) -> [[Double]] {
    let strengths = evidence.map(\.strength)
    let sorted = strengths.sorted(by: >)
    let votes = max(1e-9, evidence.reduce(0) { $0 + $1.votes })
    return evidence.indices.map { place in
      let one = evidence[place]
      let own = strengths[place]
      let best = sorted.first ?? 0
      let rival = own == best ? (sorted.count > 1 ? sorted[1] : 0) : best
      let near = strengths.count { abs($0 - own) < 0.02 || $0 > own }
      let isSame = one.direct.query > 0.999 && one.direct.document > 0.999
      return [
        1, one.direct.query, one.direct.document, one.direct.letters, isSame ? 1 : 0,
        one.isSynonym ? 1 : 0, one.direct.numbersDiffer ? 1 : 0, one.bridge, one.memory, one.parent,
        one.unit, max(-0.5, min(0.5, own - rival)), own == best ? 1 : 0,
        logarithm(Double(max(1, near))), own, own * own, one.votes / votes,
        one.drugClass, one.parts.component, one.parts.system, one.parts.scale, one.parts.further,
      ]
    }
  }
}
