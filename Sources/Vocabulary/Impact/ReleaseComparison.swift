import Columnar

/// Two releases of the vocabularies, compared for the codes that a site uses.
///
/// Codes are resolved in both as a run resolves them: the targets of a mapping file, else the code's
/// own concept, each followed to valid standard concepts.
package struct ReleaseComparison: Sendable {
  /// Which of the two has local concepts, where the other has none.
  package enum Side: String, Codable, Sendable {
    case from, to
  }

  package let old: VocabularyIndex
  package let new: VocabularyIndex
  private let before: Release
  private let after: Release

  package init(from old: VocabularyIndex, to new: VocabularyIndex) {
    self.old = old
    self.new = new
    before = Release(old, beside: new)
    after = Release(new, beside: old)
  }

  /// The only release that was built with local concepts, which the other one borrows; `nil` where
  /// both were, or none.
  package var onlyLocal: Side? {
    if after.lender != nil { return .from }
    return before.lender == nil ? nil : .to
  }

  /// Whether the new release has no code of a vocabulary of which the old one has some.
  package func isGone(vocabulary: String) -> Bool {
    before.hasCodes(of: vocabulary) && !after.hasCodes(of: vocabulary)
  }

  /// What the new release does to some codes.
  ///
  /// - Parameter codes: the codes, in any order.
  /// - Returns: those to which it does something, in the same order, and how many codes have other
  ///   concepts in the old release than a run has found: the run was made with another one, or with
  ///   other mapping files.
  /// - Complexity: O(*n*) expected in the codes.
  package func findings(_ codes: [UsedCode]) -> (findings: [ImpactFinding], strangers: Int) {
    let old = meanings(codes, in: before)
    let new = meanings(codes, in: after)
    let strangers = codes.indices.count { index in
      // A reviewed code has no concept in a run, whatever its vocabulary has.
      codes[index].way != .reviewed
        && codes[index].found.map { $0 != old[index].targets } ?? false
    }
    return (codes.indices.compactMap { finding(codes[$0], old[$0], new[$0]) }, strangers)
  }

  /// What is to be said of a concept that a mapping file names; `nil` where the new release has it
  /// as a valid standard concept.
  ///
  /// A concept that neither release has says nothing of them: it is a local one, or the file is for
  /// other vocabularies.
  func deprecated(_ id: Int64) -> ImpactFinding.Deprecated? {
    if id == 0 { return nil }
    // Nearly all are, and to read their names would take most of the time.
    if let position = new.position(ofConcept: id), new.isValid(position), new.isStandard(position) {
      return nil
    }
    if isForeign(id) { return nil }
    if let concept = after.concept(id), concept.isValid, concept.isStandard { return nil }
    return ImpactFinding.Deprecated(
      target: (after.has(id) ? after : before).reference(id),
      replacements: after.targets(id).map(after.reference))
  }

  private func isForeign(_ id: Int64) -> Bool { !before.has(id) && !after.has(id) }

  private struct Meaning: Equatable {
    /// Whether the vocabulary has the code, where it is the vocabulary that decides.
    var isKnown = true
    var targets: [Int64] = []
    var values: [Int64] = []
  }

  private func finding(_ code: UsedCode, _ old: Meaning, _ new: Meaning) -> ImpactFinding? {
    let deprecated = code.named.compactMap(deprecated)
    // What is the same in both needs no names, except where concepts may be of another domain.
    if old == new, old.targets.isEmpty, deprecated.isEmpty { return nil }
    let hasBoth = !old.targets.isEmpty && !new.targets.isEmpty
    let isOther = old.targets != new.targets || old.values != new.values
    let isReviewed = code.way == .reviewed
    let kinds = ImpactKind.allCases.filter { kind in
      if isReviewed {
        return kind == .reviewedGained && old.targets.isEmpty && !new.targets.isEmpty
      }
      return switch kind {
      case .lost: !old.targets.isEmpty && new.targets.isEmpty
      case .changed: hasBoth && isOther
      case .domainMoved: hasBoth && domains(old.targets, before) != domains(new.targets, after)
      case .deprecatedTarget: !deprecated.isEmpty
      case .gained: old.targets.isEmpty && !new.targets.isEmpty
      case .reviewedGained: false
      case .missingCode: old.isKnown && !new.isKnown
      }
    }
    if kinds.isEmpty { return nil }
    return ImpactFinding(
      code: code, kinds: kinds, before: old.targets.map(before.reference),
      after: new.targets.map(after.reference), valuesBefore: old.values.map(before.reference),
      valuesAfter: new.values.map(after.reference), deprecated: deprecated)
  }

  /// The domains of concepts, by their names.
  private func domains(_ concepts: [Int64], _ release: Release) -> Set<String> {
    Set(
      concepts.map { id in
        guard let position = release.index.position(ofConcept: id) else {
          return release.concept(id)?.domain ?? ""
        }
        return release.index.domainName(release.index.domain(position))
      })
  }

  private func meanings(_ codes: [UsedCode], in release: Release) -> [Meaning] {
    var meanings = [Meaning](repeating: Meaning(), count: codes.count)
    var places: [String: [Int]] = [:]
    for (place, code) in codes.enumerated() {
      switch code.way {
      case .vocabulary, .reviewed: places[code.vocabulary ?? "", default: []].append(place)
      case .file(let targets, let values, _):
        meanings[place].targets = standard(targets, in: release)
        meanings[place].values = standard(values, in: release)
      // A run writes it as it stands, whatever the vocabulary says.
      case .value(let concept): meanings[place].targets = concept == 0 ? [] : [concept]
      }
    }
    for (vocabulary, places) in places {
      resolve(codes, places, vocabulary, in: release, &meanings)
    }
    return meanings
  }

  /// Resolves the codes of one vocabulary at once.
  private func resolve(
    _ codes: [UsedCode], _ places: [Int], _ vocabulary: String, in release: Release,
    _ meanings: inout [Meaning]
  ) {
    let index = release.index
    var unknown = places
    if let handle = index.vocabulary(named: vocabulary) {
      let positions = index.lookup(
        vocabulary: handle, codes: TextArray(places.map { codes[$0].code }))
      let targets = index.standardTargets(of: positions)
      let values = index.valueTargets(of: positions)
      unknown = []
      for (row, place) in places.enumerated() {
        guard positions[row] >= 0 else {
          unknown.append(place)
          continue
        }
        meanings[place].targets = targets.range(row).map { index.id(Int(targets.concepts[$0])) }
        meanings[place].values = values.range(row).map { index.id(Int(values.concepts[$0])) }
      }
    }
    for place in unknown {
      guard let id = release.borrowed(vocabulary: vocabulary, code: codes[place].code) else {
        meanings[place].isKnown = false
        continue
      }
      meanings[place].targets = release.targets(id)
      meanings[place].values = release.values(id)
    }
  }

  /// The standard concepts of some targets of a file, each once, in ascending order; local concepts
  /// that neither release has stand for themselves.
  private func standard(_ targets: [Int64], in release: Release) -> [Int64] {
    if targets.count == 1, !LocalConcepts.range.contains(targets[0]) {
      return release.index.standardTargets(ofConcept: targets[0])
    }
    let all = targets.flatMap { target in
      LocalConcepts.range.contains(target) && isForeign(target) ? [target] : release.targets(target)
    }
    return Set(all).sorted()
  }
}

extension UsedCode {
  /// The concepts that a mapping file names for the code.
  fileprivate var named: [Int64] {
    switch way {
    case .vocabulary, .reviewed: []
    case .file(let targets, let values, let parts): targets + values + parts
    case .value(let concept): [concept]
    }
  }
}
