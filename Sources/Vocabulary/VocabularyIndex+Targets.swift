extension VocabularyIndex {
  /// For each concept of a batch the valid standard concepts on which its `Maps to` end; a row of −1
  /// has none.
  ///
  /// A deprecated target follows its own valid `Maps to`, else `Concept replaced by`, and counts only
  /// when it ends on a valid standard concept. A valid standard concept without edge is its own target;
  /// a deprecated concept without `Maps to` has those of the concept that replaces it.
  ///
  /// The positions are those of source concepts, as `lookup` gives them.
  ///
  /// - Complexity: O(*n*) in rows and targets.
  package func standardTargets(of positions: [Int32]) -> ConceptLists {
    let starts = part(.standardStarts, UInt32.self)
    let targets = part(.standardTargets, UInt32.self)
    let source = positions.span
    // All starts first, so that the loads, which miss the caches, wait together.
    let places = [UInt64](capacity: positions.count) { out in
      for row in source.indices {
        let position = Int(source[row])
        out.append(
          position < 0 ? 0 : UInt64(starts[position + 1]) << 32 | UInt64(starts[position]))
      }
    }
    let ranges = places.span
    // Then all first targets: most concepts have one.
    let last = UInt64(max(0, targets.count - 1))
    let firsts = [UInt32](capacity: targets.isEmpty ? 0 : positions.count) { out in
      guard !targets.isEmpty else { return }
      for row in ranges.indices { out.append(targets[Int(min(ranges[row] & 0xFFFF_FFFF, last))]) }
    }
    var count: UInt32 = 0
    let ends = [UInt32](capacity: positions.count) { out in
      for row in ranges.indices {
        count += UInt32(truncatingIfNeeded: ranges[row] >> 32 &- ranges[row] & 0xFFFF_FFFF)
        out.append(count)
      }
    }
    let concepts = [Int32](capacity: Int(count)) { out in
      for row in ranges.indices {
        let end = Int(ranges[row] >> 32)
        var next = Int(ranges[row] & 0xFFFF_FFFF)
        guard next < end else { continue }
        out.append(Int32(truncatingIfNeeded: firsts[row]))
        next += 1
        while next < end {
          out.append(Int32(truncatingIfNeeded: targets[next]))
          next += 1
        }
      }
    }
    return ConceptLists(ends: ends, concepts: concepts)
  }

  /// For each concept of a batch the valid standard concepts on which its `Maps to value` end.
  ///
  /// - Complexity: O(*n*) in rows; only concepts with values cost more.
  package func valueTargets(of positions: [Int32]) -> ConceptLists {
    let flags = part(.flags, UInt8.self)
    let sources = part(.standardValueSources, UInt32.self)
    let starts = part(.standardValueStarts, UInt32.self)
    let targets = part(.standardValueTargets, UInt32.self)
    var lists = ConceptLists()
    lists.ends.reserveCapacity(positions.count)
    let source = positions.span
    for row in source.indices {
      if source[row] >= 0, flags[Int(source[row])] & ConceptFlags.hasValue != 0 {
        let range = SparseAdjacency.range(Int(source[row]), sources, starts)
        for place in range { lists.concepts.append(Int32(targets[place])) }
      }
      lists.ends.append(UInt32(lists.concepts.count))
    }
    return lists
  }

  /// The ids of the valid standard concepts on which the `Maps to` of a concept end, ascending; empty
  /// when there are none or no such concept.
  package func standardTargets(ofConcept id: Int64) -> [Int64] {
    guard let position = position(ofConcept: id) else { return [] }
    return ids(standardTargets(of: [Int32(position)]).concepts)
  }

  /// The ids of the valid standard concepts on which the `Maps to value` of a concept end, ascending.
  package func valueTargets(ofConcept id: Int64) -> [Int64] {
    guard let position = position(ofConcept: id) else { return [] }
    return ids(valueTargets(of: [Int32(position)]).concepts)
  }

  /// The ids of the ingredients that a drug contains, itself when it is one, ascending: its ancestors
  /// of the class Ingredient in RxNorm and RxNorm Extension.
  ///
  /// Source: https://ohdsi.github.io/CommonDataModel/cdm54.html#drug_era
  package func ingredients(ofConcept id: Int64) -> [Int64] {
    guard let position = position(ofConcept: id) else { return [] }
    let range = SparseAdjacency.range(
      position, part(.ingredientSources, UInt32.self), part(.ingredientStarts, UInt32.self))
    return ids(range, .ingredientTargets)
  }

  /// Whether any drug is known to contain an ingredient.
  package var hasIngredients: Bool { !part(.ingredientTargets, UInt32.self).isEmpty }

  /// The ids at the other end of a concept's own valid edges, as they stand in the vocabulary.
  package func edges(_ relationship: Relationship, ofConcept id: Int64) -> [Int64] {
    guard let position = position(ofConcept: id) else { return [] }
    switch relationship {
    case .mapsTo:
      let starts = part(.mapsToStarts, UInt32.self)
      let range = Int(starts[position])..<Int(starts[position + 1])
      return ids(range, .mapsToTargets)
    case .mapsToValue:
      let range = SparseAdjacency.range(
        position, part(.valueSources, UInt32.self), part(.valueStarts, UInt32.self))
      return ids(range, .valueTargets)
    case .replacedBy:
      let range = SparseAdjacency.range(
        position, part(.replacedSources, UInt32.self), part(.replacedStarts, UInt32.self))
      return ids(range, .replacedTargets)
    }
  }

  private func ids(_ places: Range<Int>, _ section: IndexSection) -> [Int64] {
    let targets = part(section, UInt32.self)
    return places.map { id(Int(targets[$0])) }
  }
}

/// The relationships between concepts that the index holds.
package enum Relationship: String, CaseIterable, Sendable {
  case mapsTo = "Maps to"
  case mapsToValue = "Maps to value"
  case replacedBy = "Concept replaced by"
}
