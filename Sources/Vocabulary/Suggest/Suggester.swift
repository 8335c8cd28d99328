import Columnar

/// Finds standard concepts for the terms of a source.
package struct Suggester: Sendable {
  let index: VocabularyIndex
  let text: TextIndex
  let filter: ConceptFilter
  let relations: CodeRelations
  private var memory: Memory?
  private var scratch: RetrievalScratch
  var measure: LikenessMeasure
  var model: SuggestionModel

  /// Whether scores were compared with what is right; otherwise they only tell an order.
  package var isCalibrated: Bool { model.isCalibrated }

  /// Postings read for a term, for concepts and for those that map to them.
  private static var effort: Int { 400_000 }
  /// How many candidates are weighed.
  static var breadth: Int { 20 }

  /// A concept that may be right, with what speaks for it.
  struct Candidate: Sendable {
    var position: Int
    var evidence: Evidence
    var features: [Double] = []
    var raw = 0.0
  }

  /// Suggests concepts of an index; `approved` are mappings to learn from.
  package init(
    _ index: VocabularyIndex, _ text: TextIndex, filter: ConceptFilter,
    approved: [KnownTerm] = [], model: SuggestionModel = SuggestionModel()
  ) throws {
    self.index = index
    self.text = text
    self.filter = filter
    self.model = model
    relations = CodeRelations(index)
    memory = approved.isEmpty ? nil : try Memory(approved)
    scratch = RetrievalScratch(documentCount: text.documentCount)
    measure = LikenessMeasure(text)
  }

  /// The concepts most likely right for a term, best first; of equal scores the lower id first.
  package mutating func suggest(_ term: SourceTerm, limit: Int) -> [Suggestion] {
    var last = 1.0
    return ranked(term).prefix(limit).enumerated().map { rank, candidate in
      let concept = index.concept(at: candidate.position)
      let share = min(
        last, model.share(candidate.raw, rank: rank, isDetailed: term.isDetailed))
      last = share
      return Suggestion(
        id: concept.id, name: concept.name, vocabulary: concept.vocabulary, code: concept.code,
        domain: concept.domain, conceptClass: concept.conceptClass,
        score: (share * 1_000).rounded() / 1_000)
    }
  }

  /// The candidates with their raw scores, best first.
  ///
  /// `hidden` is a concept that must not answer, nor any with its name: a term taken from the
  /// vocabulary would find itself.
  mutating func ranked(_ term: SourceTerm, hidden: Int? = nil) -> [Candidate] {
    var candidates = candidates(term, hidden: hidden)
    let vectors = Features.vectors(candidates.map(\.evidence))
    for place in candidates.indices {
      candidates[place].features = vectors[place]
      candidates[place].raw = model.weights.probability(vectors[place])
    }
    return candidates.sorted { left, right in
      left.raw != right.raw ? left.raw > right.raw : left.position < right.position
    }
  }

  private mutating func candidates(_ term: SourceTerm, hidden: Int?) -> [Candidate] {
    var found: [Int: Evidence] = [:]
    let query = query(term.name)
    let documents = documents(query, hidden)
    addNames(query, documents[0], &found)
    addBridges(query, documents[1], hidden, &found)
    addMemory(query, &found)
    addParents(term.code, hidden, &found)
    let properties = term.unit.map(UnitProperty.properties(of:)) ?? []
    if !properties.isEmpty {
      for position in found.keys {
        found[position]?.unit = UnitProperty.agreement(properties, index.name(position))
      }
    }
    addDrugs(term, query, hidden, &found)
    addTests(term, query, &found)
    let sorted = found.map { Candidate(position: $0.key, evidence: $0.value) }.sorted {
      let strengths = ($0.evidence.strength, $1.evidence.strength)
      return strengths.0 != strengths.1 ? strengths.0 > strengths.1 : $0.position < $1.position
    }
    var best = Array(sorted.prefix(Self.breadth))
    // What was found another way may have a name that is alike all the same.
    for place in best.indices where best[place].evidence.direct.query == 0 {
      best[place].evidence.direct = measure.compare(query, index, best[place].position)
    }
    return best
  }

  /// A text as the index may have it, in other words too.
  func query(_ name: String) -> TextQuery {
    let words = model.relations
    let text = text
    return text.query(FoldedText(name), tolerance: QueryTolerance()) {
      words.variants(of: $0, in: text)
    }
  }

  /// The documents most like a query: those of standard concepts, and those of concepts that map to
  /// them.
  private mutating func documents(_ query: TextQuery, _ hidden: Int?) -> [[Int]] {
    let index = index
    let filter = filter
    return text.retrieve(query, limits: [100, 60], effort: Self.effort, &scratch) {
      if index.isTarget($0) { return filter.admits($0, of: index) ? 0 : nil }
      return index.hasTargets($0) && $0 != hidden ? 1 : nil
    }
  }

  /// The documents of the components of tests that are most like a query.
  mutating func components(like query: TextQuery) -> [Int] {
    guard let component = relations.componentClass else { return [] }
    let index = index
    return text.retrieve(query, limit: 12, effort: Self.effort / 2, &scratch) {
      index.conceptClass($0) == component && index.isValid($0)
    }
  }

  /// By names and synonyms of standard concepts.
  private mutating func addNames(
    _ query: TextQuery, _ documents: [Int], _ found: inout [Int: Evidence]
  ) {
    for document in documents {
      let likeness = measure.compare(query, index, document)
      let concept = text.concept(document)
      if likeness.mutual > found[concept]?.direct.mutual ?? -1 {
        found[concept, default: Evidence()].direct = likeness
        found[concept]?.isSynonym = document >= text.conceptCount
      }
    }
  }

  /// By names of other concepts, which map to standard ones.
  private mutating func addBridges(
    _ query: TextQuery, _ documents: [Int], _ hidden: Int?, _ found: inout [Int: Evidence]
  ) {
    for document in documents {
      let likeness = measure.compare(query, index, document).mutual
      // A twin of a hidden concept would give its answer away.
      if hidden != nil, measure.isSame(query) { continue }
      for target in index.standardTargets(of: [Int32(text.concept(document))]).concepts {
        add(Int(target), &found) {
          $0.bridge = max($0.bridge, likeness)
          $0.votes += likeness * likeness * likeness * likeness
        }
      }
    }
  }

  private mutating func addMemory(_ query: TextQuery, _ found: inout [Int: Evidence]) {
    guard let hits = memory?.find(query.folded, limit: 30), let terms = memory?.terms else {
      return
    }
    for (number, likeness) in hits {
      for target in terms[number].targets {
        add(target, &found) { $0.memory = max($0.memory, likeness) }
      }
    }
  }

  /// By codes that the term's code begins with, as `E11` is the parent of `E11.9` in ICD-10: of the
  /// vocabulary's, and of those that the author has mapped.
  private func addParents(_ code: String, _ hidden: Int?, _ found: inout [Int: Evidence]) {
    let bytes = Array(code.utf8)
    guard bytes.count > 3, bytes.count <= 12, (bytes[0] | 0x20) >= 0x61, (bytes[0] | 0x20) <= 0x7A,
      bytes[1] >= 0x30, bytes[1] <= 0x39
    else { return }
    for length in (3..<bytes.count).reversed() {
      let parent = String(decoding: bytes[..<length], as: UTF8.self)
      let share = Double(length) / Double(bytes.count)
      var isFound = false
      for target in memory?.targets(ofCode: parent) ?? [] {
        isFound = true
        add(target, &found) { $0.parent = max($0.parent, share) }
      }
      for vocabulary in index.vocabularies.indices {
        guard let position = index.lookup(vocabulary: vocabulary, code: parent),
          position != hidden
        else { continue }
        for target in index.standardTargets(of: [Int32(position)]).concepts {
          isFound = true
          add(Int(target), &found) { $0.parent = max($0.parent, share) }
        }
      }
      if isFound { return }
    }
  }

  func add(
    _ position: Int, _ found: inout [Int: Evidence], _ change: (inout Evidence) -> Void
  ) {
    guard filter.admits(position, of: index) else { return }
    change(&found[position, default: Evidence()])
  }
}

extension VocabularyIndex {
  /// Whether the concept at a position is valid and standard.
  func isTarget(_ position: Int) -> Bool {
    part(.flags, UInt8.self)[position] & ConceptFlags.target == ConceptFlags.target
  }

  /// Whether the concept at a position maps to standard concepts.
  func hasTargets(_ position: Int) -> Bool {
    let starts = part(.standardStarts, UInt32.self)
    return starts[position + 1] > starts[position]
  }
}
