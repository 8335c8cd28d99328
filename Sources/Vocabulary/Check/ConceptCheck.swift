package import Diagnostics

/// Compares the concept ids that people wrote with a vocabulary.
package struct ConceptCheck: Sendable {
  /// The concepts directly above a concept (`Is a`), by their ids.
  package typealias Parents = @Sendable (Int64) -> [Int64]

  /// What is wrong with a concept where a standard one should stand.
  struct Problem {
    var rule: MappingRule
    var severity: Diagnostic.Severity
    var message: String
    var hint: String?
    /// The only concept that can take its place without a choice.
    var replacement: Concept?
  }

  let vocabulary: VocabularyIndex
  private let asOf: Int32?
  private let parents: Parents

  /// Prepares a comparison.
  ///
  /// - Parameters:
  ///   - vocabulary: the concepts there are.
  ///   - asOf: the day of the run in days since 1970-01-01; without it validity is told by
  ///     invalid_reason alone.
  ///   - parents: gives the concepts above one, for the remedy where nothing else is known; without
  ///     it the vocabulary's own `Is a` does, as far as the index holds it.
  package init(
    _ vocabulary: VocabularyIndex, asOf: Int32? = nil, parents: Parents? = nil
  ) {
    self.vocabulary = vocabulary
    self.asOf = asOf
    self.parents = parents ?? { vocabulary.related("Is a", ofConcept: $0) }
  }

  /// What is wrong with a concept id that is to be a valid standard concept, of one of the domains
  /// named unless they are `nil`; 0 is always right.
  package func standard(
    _ id: Int64, at position: Position?, length: Int = 1, domains: Set<String>? = nil
  ) -> Diagnostic? {
    guard let problem = problem(id, domains: domains) else { return nil }
    // In a pipeline a constant of another domain is a mistake; of a file other rows may be meant.
    let isDomain = problem.rule == .otherDomain
    return Diagnostic(
      isDomain ? .error : problem.rule.severity, problem.rule.code, problem.message, at: position,
      length: length, hint: problem.hint)
  }

  /// What is wrong with a concept id that may be any concept; 0 is always right.
  package func known(_ id: Int64, at position: Position?, length: Int = 1) -> Diagnostic? {
    guard id != 0, vocabulary.position(ofConcept: id) == nil else { return nil }
    let problem = unknown(id)
    return Diagnostic(
      .error, problem.rule.code, problem.message, at: position, length: length,
      hint: problem.hint)
  }

  /// What is wrong with a concept id that is to be a valid standard concept; 0 is always right.
  func problem(_ id: Int64, domains: Set<String>? = nil) -> Problem? {
    guard id != 0 else { return nil }
    guard let concept = vocabulary.concept(id: id) else { return unknown(id) }
    return problem(concept, domains: domains)
  }

  func problem(_ concept: Concept, domains: Set<String>?) -> Problem? {
    let title = "the concept \(concept.id) (\(concept.name), \(concept.vocabulary))"
    func problem(_ rule: MappingRule, _ message: String, _ hint: String?) -> Problem {
      Problem(
        rule: rule, severity: rule.severity, message: "\(title) \(message)", hint: hint)
    }
    if !concept.isValid {
      let targets = vocabulary.standardTargets(ofConcept: concept.id)
      var found = problem(.invalidConcept, "is not valid any more", remedy(concept.id, targets))
      // A run follows a deprecated target to its replacement: the file should be brought up to
      // date, and nothing is lost meanwhile.
      if !targets.isEmpty { found.severity = .warning }
      if targets.count == 1, let target = vocabulary.concept(id: targets[0]),
        target.domain == concept.domain
      {
        found.replacement = target
      }
      return found
    }
    if concept.standard == "C" {
      return problem(
        .classification, "is a classification, not a standard concept",
        remedy(concept.id, vocabulary.standardTargets(ofConcept: concept.id)))
    }
    if !concept.isStandard {
      return problem(
        .nonStandard, "is not a standard concept",
        remedy(concept.id, vocabulary.standardTargets(ofConcept: concept.id)))
    }
    if let asOf, concept.validStart > asOf {
      let day = DateSpelling.spelled(Int64(concept.validStart))
      return problem(.notYetValid, "is valid from \(day) on", nil)
    }
    if let asOf, concept.validEnd < asOf {
      let day = DateSpelling.spelled(Int64(concept.validEnd))
      return problem(.endedConcept, "was valid until \(day)", remedy(concept.id, []))
    }
    guard let domains, !domains.contains(concept.domain) else { return nil }
    return problem(
      .otherDomain, "is of the domain \(concept.domain)",
      "the domain must be \(domains.sorted().joined(separator: " or "))")
  }

  private func unknown(_ id: Int64) -> Problem {
    let isLocal = id >= 2_000_000_000
    return Problem(
      rule: isLocal ? .unknownLocalConcept : .unknownConcept, severity: .error,
      message: "the concept \(id) is not in the vocabulary",
      hint: isLocal ? "\(LocalConcepts.fileNames[0]).csv has no concept of the id" : nil)
  }

  /// What to write instead of a concept.
  private func remedy(_ id: Int64, _ targets: [Int64]) -> String {
    func named(_ id: Int64) -> String { "\(id) (\(vocabulary.concept(id: id)?.name ?? ""))" }
    if !targets.isEmpty {
      return "it maps to \(targets.map(named).joined(separator: ", "))"
    }
    return nearestStandardParent(of: id).map { "its nearest standard parent is \(named($0))" }
      ?? "it maps to no standard concept"
  }

  /// The nearest valid standard concept above a concept; of several equally near ones the one with
  /// the lowest id.
  private func nearestStandardParent(of id: Int64) -> Int64? {
    var seen: Set<Int64> = [id]
    var level = [id]
    while !level.isEmpty {
      level = Set(level.flatMap(parents)).filter { seen.insert($0).inserted }.sorted()
      let found = level.first { id in
        vocabulary.concept(id: id).map { $0.isStandard && $0.isValid } ?? false
      }
      if let found { return found }
    }
    return nil
  }
}
