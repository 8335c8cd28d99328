/// How well the parts of a test fit what a term says.
struct PartFit: Hashable, Sendable {
  /// The share of what the component's name says that the term says too.
  var component = 0.0
  /// From 0 to 1 by the words for the specimen; −1 where the term states another.
  var system = 0.0
  /// 1 when the property is that of the unit, −1 when it is another's.
  var property = 0.0
  /// 1 when a term with a unit meets a quantitative test, −1 when another one.
  var scale = 0.0
  /// Above 0 when the term says the method and the time of the test, below when it does not.
  var further = 0.0
}

/// Compares the parts of LOINC tests with a term, each part once.
struct TestParts {
  private let index: VocabularyIndex
  private let relations: CodeRelations
  private let name: TextQuery
  private let specimen: TextQuery?
  private let method: TextQuery?
  private let hasUnit: Bool
  private let properties: Set<String>
  private var measure: LikenessMeasure
  private var known: [Int: Likeness] = [:]

  private static let quantitative: Set<String> = ["qn", "quantitative"]
  private static let either: Set<String> = ["ordqn", "quantitative or ordinal"]
  private static let spot: Set<String> = ["pt", "point in time", "point in time (spot)"]

  init(
    _ index: VocabularyIndex, _ relations: CodeRelations, _ term: SourceTerm, name: TextQuery,
    specimen: TextQuery?, method: TextQuery?, _ measure: LikenessMeasure
  ) {
    self.index = index
    self.relations = relations
    self.name = name
    self.specimen = specimen
    self.method = method
    self.measure = measure
    hasUnit = term.unit.map { !$0.isEmpty } ?? false
    properties = term.unit.map(UnitProperty.properties(of:)) ?? []
  }

  /// How the parts of a test fit; `nil` when it has no component.
  mutating func fit(_ test: Int) -> PartFit? {
    var parts: [(CodeRelations.Role, Int)] = []
    relations.each(of: test, in: index) { role, part in parts.append((role, part)) }
    guard parts.contains(where: { $0.0 == .component }) else { return nil }
    var fit = PartFit()
    var hasMethod = false
    for (role, part) in parts {
      switch role {
      case .component: fit.component = max(fit.component, compare(name, part).document)
      case .system:
        let likeness = compare(specimen ?? name, part)
        fit.system =
          specimen == nil ? likeness.document : (likeness.query + likeness.document) / 2
      case .property: fit.property = UnitProperty.agreement(properties, part: names(part))
      case .scale:
        if hasUnit { fit.scale = scale(names(part)) }
      case .method:
        hasMethod = true
        let likeness = compare(method ?? name, part)
        let said = method == nil ? likeness.document : likeness.query
        fit.further += method == nil ? said - 0.5 : 2 * said - 1
      case .time:
        guard Self.spot.isDisjoint(with: names(part)) else { continue }
        fit.further += compare(name, part).document - 0.5
      case .test, .drug: break
      }
    }
    if method != nil, !hasMethod { fit.further -= 0.25 }
    return fit
  }

  /// How much a component's name is said by the name of the term.
  mutating func component(_ part: Int) -> Double { compare(name, part).document }

  /// The best likeness of a part's name and synonyms; each part is compared once.
  private mutating func compare(_ query: TextQuery, _ part: Int) -> Likeness {
    if let likeness = known[part] { return likeness }
    var best = measure.compare(query, index, part)
    for document in index.synonymDocuments(part) {
      let other = measure.compare(query, index, document)
      if other.query + other.document > best.query + best.document { best = other }
    }
    known[part] = best
    return best
  }

  /// The names of a part in small letters: its name and the abbreviation among its synonyms.
  private func names(_ part: Int) -> Set<String> {
    Set(([index.name(part)] + index.synonyms(at: part).map(\.name)).map { $0.lowercased() })
  }

  private func scale(_ names: Set<String>) -> Double {
    if !Self.quantitative.isDisjoint(with: names) { return 1 }
    return Self.either.isDisjoint(with: names) ? -1 : 0.5
  }
}

extension VocabularyIndex {
  /// The documents of a concept's synonyms.
  func synonymDocuments(_ position: Int) -> Range<Int> {
    guard contents.contains(.synonyms) else { return 0..<0 }
    let starts = part(.synonymStarts, UInt32.self)
    return count + Int(starts[position])..<count + Int(starts[position + 1])
  }
}
