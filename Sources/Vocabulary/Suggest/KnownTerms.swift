import Columnar

/// Terms whose concepts are known, split into parts that learn and parts that are asked.
///
/// All terms of one concept are in one part: what is learnt of one of them tells nothing of another.
struct KnownTerms {
  /// What a part is for.
  enum Part: CaseIterable {
    /// Words that stand for one another are learnt from it.
    case relations
    /// The weights are fitted to it.
    case weights
    /// The scores are compared with it.
    case calibration
    /// Nothing is learnt from it: it is asked.
    case held
  }

  private(set) var parts: [Part: [KnownTerm]] = [:]

  /// The most terms that a part takes; of more, those that a hash of their number chooses.
  ///
  /// A term costs some ten milliseconds in a vocabulary of millions, so that fewer are asked there.
  static func limit(_ part: Part, concepts: Int) -> Int {
    let isLarge = concepts > 1_000_000
    return switch part {
    case .relations: 40_000
    case .weights: isLarge ? 500 : 1_000
    case .calibration: isLarge ? 1_000 : 2_000
    case .held: 3_000
    }
  }

  /// The least number of terms that can be learnt from, or asked.
  static let least = 1_000

  /// Splits terms by their first concept.
  init(_ terms: [KnownTerm], of index: VocabularyIndex) {
    for term in terms {
      guard let target = term.targets.first else { continue }
      let part: Part =
        switch KeyIndex.mix(UInt64(index.id(target)) ^ 0x5375_6767) % 20 {
        case 0..<10: .relations
        case 10..<13: .weights
        case 13..<16: .calibration
        default: .held
        }
      parts[part, default: []].append(term)
    }
    for (part, own) in parts {
      parts[part] = Self.chosen(own, Self.limit(part, concepts: index.count))
    }
  }

  /// So many of the terms, in their order.
  static func chosen(_ terms: [KnownTerm], _ limit: Int) -> [KnownTerm] {
    guard terms.count > limit else { return terms }
    let hashes = terms.indices.map { KeyIndex.mix(UInt64($0)) }
    let order = terms.indices.sorted { hashes[$0] < hashes[$1] }
    return order.prefix(limit).sorted().map { terms[$0] }
  }

  /// The terms of a part.
  subscript(part: Part) -> [KnownTerm] { parts[part] ?? [] }

  /// Whether there are enough of them.
  var isEnough: Bool {
    self[.relations].count + self[.weights].count + self[.calibration].count >= Self.least
      && !self[.weights].isEmpty && !self[.calibration].isEmpty
  }
}

extension VocabularyIndex {
  /// The valid concepts that map to standard ones of other names: what can be learnt from.
  ///
  /// Concepts that map to themselves, and those whose name has the words of a target's name in the
  /// same order, are left out. At most `limit`, chosen by a hash of their ids.
  ///
  /// - Complexity: O(*n*) in the concepts.
  package func knownTerms(_ filter: ConceptFilter, limit: Int = 120_000) -> [KnownTerm] {
    var positions: [Int32] = []
    for position in 0..<count where isValid(position) && !isTarget(position) {
      if hasTargets(position) { positions.append(Int32(position)) }
    }
    if positions.count > limit {
      // A bound on the hashes leaves a little more than are wanted: most need no place in an order.
      let share = 1.1 * Double(limit) / Double(positions.count)
      let hashes = positions.map { KeyIndex.mix(UInt64(id(Int($0)))) }
      let bound = UInt64(min(share, 0.99) * Double(UInt64.max))
      var places = hashes.indices.filter { hashes[$0] <= bound }
      if places.count < limit { places = Array(hashes.indices) }
      places.sort { hashes[$0] < hashes[$1] }
      positions = places.prefix(limit).sorted().map { positions[$0] }
    }
    var source = FoldedText()
    var target = FoldedText()
    return positions.compactMap { position in
      let concept = Int(position)
      let targets = standardTargets(of: [position]).concepts.map(Int.init)
      guard targets.contains(where: { filter.admits($0, of: self) }) else { return nil }
      source.fold(text(concept))
      guard source.count > 0 else { return nil }
      for other in targets {
        target.fold(text(other))
        if source == target { return nil }
      }
      return KnownTerm(
        term: SourceTerm(code: code(concept), name: name(concept)), targets: targets,
        concept: concept)
    }
  }
}
