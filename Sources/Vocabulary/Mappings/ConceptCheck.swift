package import Diagnostics

/// Compares the concept ids that people wrote with a vocabulary.
package struct ConceptCheck: Sendable {
  let vocabulary: VocabularyIndex

  package init(_ vocabulary: VocabularyIndex) { self.vocabulary = vocabulary }

  /// What is wrong with a concept id that is to be a valid standard concept, of one of the domains
  /// named unless they are `nil`; 0 is always right.
  package func standard(
    _ id: Int64, at position: Position?, length: Int = 1, domains: Set<String>? = nil
  ) -> Diagnostic? {
    guard id != 0 else { return nil }
    guard let concept = vocabulary.concept(id: id) else {
      return unknown(id, at: position, length: length)
    }
    let title = "the concept \(id) (\(concept.name), \(concept.vocabulary))"
    if !concept.isValid {
      return Diagnostic(
        .error, "invalid-concept", "\(title) is not valid any more", at: position, length: length,
        hint: targetHint(id))
    }
    if !concept.isStandard {
      return Diagnostic(
        .error, "non-standard-concept", "\(title) is not a standard concept", at: position,
        length: length, hint: targetHint(id))
    }
    guard let domains, !domains.contains(concept.domain) else { return nil }
    let wanted = domains.sorted().joined(separator: " or ")
    return Diagnostic(
      .error, "other-domain", "\(title) is of the domain \(concept.domain)", at: position,
      length: length,
      hint: "the domain must be \(wanted)")
  }

  /// What is wrong with a concept id that may be any concept; 0 is always right.
  package func known(_ id: Int64, at position: Position?, length: Int = 1) -> Diagnostic? {
    guard id != 0, vocabulary.position(ofConcept: id) == nil else { return nil }
    return unknown(id, at: position, length: length)
  }

  private func unknown(_ id: Int64, at position: Position?, length: Int) -> Diagnostic {
    Diagnostic(
      .error, "unknown-concept", "the concept \(id) is not in the vocabulary", at: position,
      length: length)
  }

  private func targetHint(_ id: Int64) -> String {
    let targets = vocabulary.standardTargets(ofConcept: id).map { target in
      "\(target) (\(vocabulary.concept(id: target)?.name ?? ""))"
    }
    return targets.isEmpty
      ? "it maps to no standard concept" : "it maps to \(targets.joined(separator: ", "))"
  }
}

extension SourceToConceptMap {
  /// What is wrong with the concepts of the file: targets must be valid standard concepts of the
  /// domains given, source concepts must exist.
  package func check(
    against vocabulary: VocabularyIndex, domains: Set<String>? = nil
  ) -> DiagnosticList {
    let check = ConceptCheck(vocabulary)
    var list = DiagnosticList()
    for entry in entries {
      if let found = check.known(entry.sourceConcept, at: entry.sourcePosition) {
        list.add(found)
      }
      let targets =
        entry.targets.map { ($0, domains) }
        + entry.parts.map { ($0.target, $0.type.domain.map { [$0] }) }
      for (target, domains) in targets {
        let found = check.standard(
          target.concept, at: target.position, length: target.length, domains: domains)
        guard var found else { continue }
        // A run follows a deprecated target to its replacement: the file should be brought up to
        // date, and nothing is lost meanwhile.
        if found.code == "invalid-concept",
          !vocabulary.standardTargets(ofConcept: target.concept).isEmpty
        {
          found.severity = .warning
        }
        list.add(found)
      }
    }
    return list
  }
}

extension MappingType {
  /// The domain of which a concept of the type must be; `nil` for any.
  fileprivate var domain: String? {
    switch self {
    case .unit: "Unit"
    case .comparison: "Meas Value Operator"
    case .type: "Type Concept"
    case .concept, .value, .number: nil
    }
  }
}

extension ValueMapFile {
  /// What is wrong with the concepts of the file: they must be valid standard concepts of the domains
  /// given.
  package func check(
    against vocabulary: VocabularyIndex, domains: Set<String>? = nil
  ) -> DiagnosticList {
    let check = ConceptCheck(vocabulary)
    var list = DiagnosticList()
    for entry in entries {
      let found = check.standard(
        entry.concept, at: entry.position, length: entry.length, domains: domains)
      if let found { list.add(found) }
    }
    return list
  }
}
