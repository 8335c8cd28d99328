/// A term of a source that wants a concept.
package struct SourceTerm: Hashable, Sendable {
  /// Its code, exactly as written; empty when it has none.
  package var code: String
  package var name: String
  /// How often the source has it; `nil` when nobody counted.
  package var frequency: Int?
  /// The unit of its values, when it is a measurement that has one.
  package var unit: String?

  package init(code: String, name: String, frequency: Int? = nil, unit: String? = nil) {
    self.code = code
    self.name = name
    self.frequency = frequency
    self.unit = unit
  }
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
