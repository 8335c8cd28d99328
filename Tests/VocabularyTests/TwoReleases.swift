@testable import Vocabulary

/// Two releases of a small vocabulary, of which the second has one difference of each kind.
enum TwoReleases {
  static func standard(_ id: Int64, _ name: String, domain: String = "Condition") -> Concept {
    Concept(
      id: id, code: "s\(id)", vocabulary: "SNOMED", domain: domain, name: name, standard: "S")
  }

  static func gone(_ id: Int64, _ name: String) -> Concept {
    Concept(
      id: id, code: "s\(id)", vocabulary: "SNOMED", domain: "Condition", name: name,
      invalidReason: "U")
  }

  static func code(_ id: Int64, _ code: String) -> Concept {
    Concept(id: id, code: code, vocabulary: "ICD10", domain: "Condition", name: "code \(code)")
  }

  private static let lasting: [Concept] = [
    standard(1, "one"), standard(2, "two"), standard(8, "another domain", domain: "Observation"),
    standard(9, "nine"), code(100, "SAME"), code(101, "LOST"), code(102, "CHANGED"),
    code(103, "MOVED"), code(104, "GAINED"), code(106, "VALUE"),
  ]
  private static let edges: [(Int64, Int64)] = [
    (1, 1), (2, 2), (8, 8), (9, 9), (100, 1), (103, 3), (106, 8),
  ]

  /// Concepts of a site's own: one that is standard, and codes that map to others.
  private static let local: [(concept: Concept, target: Int64)] = {
    let first = LocalConcepts.range.lowerBound
    func own(_ place: Int64, _ code: String, _ name: String, standard: String = "") -> Concept {
      Concept(
        id: first + place, code: code, vocabulary: "LOCAL", domain: "Condition", name: name,
        standard: standard)
    }
    return [
      (own(0, "ITSELF", "our own", standard: "S"), first), (own(1, "OWN", "a code"), 1),
      (own(2, "FOUR", "another code"), 4), (own(3, "NONE", "without a target"), 0),
    ]
  }()

  /// The two releases.
  ///
  /// - Parameters:
  ///   - sides: the releases that have local concepts.
  ///   - withdrawn: those that the second one has not.
  /// - Returns: their comparison.
  /// - Throws: what making an index throws.
  static func comparison(
    local sides: Set<ReleaseComparison.Side> = [], withdrawn: Set<Int64> = []
  ) throws -> ReleaseComparison {
    func own(_ side: ReleaseComparison.Side) -> [(concept: Concept, target: Int64)] {
      sides.contains(side)
        ? local.filter { side == .from || !withdrawn.contains($0.concept.id) } : []
    }
    func edges(_ side: ReleaseComparison.Side) -> [(Int64, Int64)] {
      own(side).filter { $0.target != 0 }.map { ($0.concept.id, $0.target) }
    }
    let old = try VocabularyIndex(
      concepts: lasting + own(.from).map(\.concept) + [
        standard(3, "anaemia"), standard(4, "four"), standard(5, "five"), standard(6, "six"),
        standard(7, "seven"), standard(10, "ten"), code(105, "MISSING"),
      ],
      mapsTo: Self.edges + edges(.from) + [
        (101, 1), (102, 1), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (10, 10), (105, 2),
      ],
      mapsToValue: [(106, 1)], version: "old")
    let new = try VocabularyIndex(
      concepts: lasting + own(.to).map(\.concept) + [
        standard(3, "anaemia", domain: "Measurement"), gone(4, "four"), gone(5, "five"),
        gone(6, "six"), gone(7, "seven"),
      ],
      mapsTo: Self.edges + edges(.to) + [
        (102, 2), (104, 2), (3, 3), (4, 9), (5, 1), (5, 2), (7, 8),
      ],
      mapsToValue: [(106, 2)], version: "new")
    return ReleaseComparison(from: old, to: new)
  }
}
