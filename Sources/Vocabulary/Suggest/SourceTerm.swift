/// A term of a source that wants a concept.
package struct SourceTerm: Hashable, Sendable {
  /// Its code, exactly as written; empty when it has none.
  package var code: String
  package var name: String
  /// How often the source has it; `nil` when nobody counted.
  package var frequency: Int?
  /// The unit of its values, when it is a measurement that has one.
  package var unit: String?
  /// The code of the drug's class in ATC, where the source states one.
  package var atc: String?
  /// What is measured in, such as serum, where the source states it.
  package var specimen: String?
  /// How it is measured, where the source states it.
  package var method: String?

  package init(
    code: String, name: String, frequency: Int? = nil, unit: String? = nil, atc: String? = nil,
    specimen: String? = nil, method: String? = nil
  ) {
    self.code = code
    self.name = name
    self.frequency = frequency
    self.unit = unit
    self.atc = atc
    self.specimen = specimen
    self.method = method
  }

  /// Whether it says more than its code and its name.
  var isDetailed: Bool { unit != nil || atc != nil || specimen != nil || method != nil }

  /// The name and nothing else.
  var nameAlone: SourceTerm { SourceTerm(code: "", name: name) }
}

/// A term of a source with the standard concepts that are right for it.
package struct KnownTerm: Sendable {
  package var term: SourceTerm
  /// Positions of concepts, ascending.
  package var targets: [Int]
  /// The position of the term's own concept, when it has one: it must not answer for itself.
  package var concept: Int?

  package init(term: SourceTerm, targets: [Int], concept: Int? = nil) {
    self.term = term
    self.targets = targets
    self.concept = concept
  }
}

extension KnownTerm {
  /// The term with its name and nothing else.
  var nameAlone: KnownTerm {
    KnownTerm(term: term.nameAlone, targets: targets, concept: concept)
  }
}

/// A standard concept suggested for a term.
package struct Suggestion: Codable, Hashable, Sendable {
  package var id: Int64
  package var name: String
  package var vocabulary: String
  package var code: String
  package var domain: String
  package var conceptClass: String
  /// How likely it is right, from 0 to 1: of those scored 0.9 about nine in ten are.
  package var score: Double
}
