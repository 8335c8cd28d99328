import Columnar

/// Two releases of the vocabularies, compared for the codes that a site uses.
///
/// Codes are resolved in both as a run resolves them: the targets of a mapping file, else the code's
/// own concept, each followed to valid standard concepts.
package struct ReleaseComparison: Sendable {
  package let old: VocabularyIndex
  package let new: VocabularyIndex

  package init(from old: VocabularyIndex, to new: VocabularyIndex) {
    self.old = old
    self.new = new
  }

  /// What the new release does to some codes.
  ///
  /// - Parameter codes: the codes, in any order.
  /// - Returns: those to which it does something, in the same order.
  /// - Complexity: O(*n*) expected in the codes.
  package func findings(_ codes: [UsedCode]) -> [ImpactFinding] {
    let before = meanings(codes, in: old)
    let after = meanings(codes, in: new)
    return codes.indices.compactMap { finding(codes[$0], before[$0], after[$0]) }
  }

  /// How many codes have other concepts in the old release than a run has found: it was made with
  /// another one, or with other mapping files.
  package func strangers(_ codes: [UsedCode]) -> Int {
    let before = meanings(codes, in: old)
    return codes.indices.count { index in
      codes[index].found.map { $0 != before[index].targets } ?? false
    }
  }

  /// What is to be said of a concept that a mapping file names; `nil` where the new release has it
  /// as a valid standard concept.
  ///
  /// A concept that neither release has says nothing of them: it is a local one, or the file is for
  /// other vocabularies.
  func deprecated(_ id: Int64) -> ImpactFinding.Deprecated? {
    if id == 0 || isForeign(id) { return nil }
    if let concept = new.concept(id: id), concept.isValid, concept.isStandard { return nil }
    return ImpactFinding.Deprecated(
      target: .init(id, in: new.position(ofConcept: id) == nil ? old : new),
      replacements: new.standardTargets(ofConcept: id).map { .init($0, in: new) })
  }

  private func isForeign(_ id: Int64) -> Bool {
    old.position(ofConcept: id) == nil && new.position(ofConcept: id) == nil
  }

  private struct Meaning {
    /// Whether the vocabulary has the code, where it is the vocabulary that decides.
    var isKnown = true
    var targets: [Int64] = []
    var values: [Int64] = []
  }

  private func finding(
    _ code: UsedCode, _ before: Meaning, _ after: Meaning
  ) -> ImpactFinding? {
    let named: [Int64] =
      switch code.way {
      case .vocabulary: []
      case .file(let targets, let values, let parts): targets + values + parts
      case .value(let concept): [concept]
      }
    var finding = ImpactFinding(
      code: code, kinds: [], before: before.targets.map { .init($0, in: old) },
      after: after.targets.map { .init($0, in: new) },
      valuesBefore: before.values.map { .init($0, in: old) },
      valuesAfter: after.values.map { .init($0, in: new) },
      deprecated: named.compactMap(deprecated))
    let hasBoth = !before.targets.isEmpty && !after.targets.isEmpty
    let isOther = before.targets != after.targets || before.values != after.values
    finding.kinds = ImpactKind.allCases.filter { kind in
      switch kind {
      case .lost: !before.targets.isEmpty && after.targets.isEmpty
      case .changed: hasBoth && isOther
      case .domainMoved:
        hasBoth && Set(finding.before.map(\.domain)) != Set(finding.after.map(\.domain))
      case .deprecatedTarget: !finding.deprecated.isEmpty
      case .gained: before.targets.isEmpty && !after.targets.isEmpty
      case .missingCode: before.isKnown && !after.isKnown
      }
    }
    return finding.kinds.isEmpty ? nil : finding
  }

  private func meanings(_ codes: [UsedCode], in index: VocabularyIndex) -> [Meaning] {
    var meanings = [Meaning](repeating: Meaning(), count: codes.count)
    var places: [String: [Int]] = [:]
    for (place, code) in codes.enumerated() {
      switch code.way {
      case .vocabulary: places[code.vocabulary ?? "", default: []].append(place)
      case .file(let targets, let values, _):
        meanings[place].targets = standard(targets, in: index)
        meanings[place].values = standard(values, in: index)
      // A run writes it as it stands, whatever the vocabulary says.
      case .value(let concept): meanings[place].targets = concept == 0 ? [] : [concept]
      }
    }
    for (vocabulary, places) in places {
      resolve(codes, places, index.vocabulary(named: vocabulary), in: index, &meanings)
    }
    return meanings
  }

  /// Resolves the codes of one vocabulary at once.
  private func resolve(
    _ codes: [UsedCode], _ places: [Int], _ vocabulary: Int?, in index: VocabularyIndex,
    _ meanings: inout [Meaning]
  ) {
    guard let vocabulary else {
      for place in places { meanings[place].isKnown = false }
      return
    }
    let positions = index.lookup(
      vocabulary: vocabulary, codes: TextArray(places.map { codes[$0].code }))
    let targets = index.standardTargets(of: positions)
    let values = index.valueTargets(of: positions)
    for (row, place) in places.enumerated() {
      meanings[place] = Meaning(
        isKnown: positions[row] >= 0,
        targets: targets.range(row).map { index.id(Int(targets.concepts[$0])) },
        values: values.range(row).map { index.id(Int(values.concepts[$0])) })
    }
  }

  /// The standard concepts of some targets of a file, each once, in ascending order; local concepts,
  /// which are added to the index of a run, stand for themselves.
  private func standard(_ targets: [Int64], in index: VocabularyIndex) -> [Int64] {
    let all = targets.flatMap { target in
      LocalConcepts.range.contains(target) && isForeign(target)
        ? [target] : index.standardTargets(ofConcept: target)
    }
    return Set(all).sorted()
  }
}
