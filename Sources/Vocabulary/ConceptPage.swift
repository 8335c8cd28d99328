import Columnar

/// All that an index says of one concept, for people and programs.
package struct ConceptPage: Codable, Hashable, Sendable {
  /// A concept as others are named on the page.
  package struct Reference: Codable, Hashable, Sendable {
    package var id: Int64
    package var name: String
    package var vocabulary: String
    package var code: String
    package var domain: String
    /// `S`, `C`, or empty.
    package var standard: String
    package var isValid: Bool

    /// Whether it is a standard concept.
    package var isStandard: Bool { standard == "S" }

    init(_ concept: Concept) {
      id = concept.id
      name = concept.name
      vocabulary = concept.vocabulary
      code = concept.code
      domain = concept.domain
      standard = concept.standard
      isValid = concept.isValid
    }
  }

  /// How much of an ingredient a drug contains.
  package struct Strength: Codable, Hashable, Sendable {
    package var ingredient: Reference
    package var amount: Double?
    package var amountUnit: String?
    package var numerator: Double?
    package var numeratorUnit: String?
    package var denominator: Double?
    package var denominatorUnit: String?
  }

  /// Another name of the concept.
  package struct Synonym: Codable, Hashable, Sendable {
    package var name: String
    /// The name of its language.
    package var language: String
  }

  /// The most children, and the most concepts that map to this one, that a page lists.
  package static let mostListed = 50

  package var concept: Reference
  package var conceptClass: String
  /// `S`, `C`, or empty.
  package var standard: String
  /// `D`, `U`, or empty.
  package var invalidReason: String
  /// Days, as yyyy-mm-dd.
  package var validStart: String
  package var validEnd: String
  /// The edges of the concept itself, as they stand in the vocabulary.
  package var mapsTo: [Reference]
  package var mapsToValue: [Reference]
  package var replacedBy: [Reference]
  /// The other concepts that map to this one, at most `mostListed`, and the number of all; none where
  /// the index holds only what codes map to.
  package var mappedFrom: [Reference]
  package var mappedFromCount: Int
  /// The valid standard concepts with which a row of the concept ends.
  package var targets: [Reference]
  /// The concepts to which `Is a` and `Subsumes` lead, the children at most `mostListed`.
  package var parents: [Reference]
  package var children: [Reference]
  /// The number of all children.
  package var childCount: Int
  package var synonyms: [Synonym]
  package var ingredients: [Reference]
  package var strengths: [Strength]
}

extension VocabularyIndex {
  /// The position of a concept that a person names: by its id, or as VOCABULARY:CODE.
  ///
  /// A code may hold colons, a vocabulary's name none.
  package func position(named text: String) -> Int? {
    if let id = Int64(text) { return position(ofConcept: id) }
    guard let colon = text.firstIndex(of: ":"),
      let vocabulary = vocabulary(written: String(text[..<colon]))
    else { return nil }
    return lookup(vocabulary: vocabulary, code: String(text[text.index(after: colon)...]))
  }

  /// All that the index says of a concept.
  package func page(at position: Int) -> ConceptPage {
    let concept = concept(at: position)
    func references(_ ids: [Int64]) -> [ConceptPage.Reference] {
      ids.compactMap { self.concept(id: $0).map(ConceptPage.Reference.init) }
    }
    func unit(_ id: Int64) -> String? {
      id == 0 ? nil : self.concept(id: id)?.name ?? "concept \(id)"
    }
    let children = related("Subsumes", ofConcept: concept.id)
    let origins = related("Mapped from", ofConcept: concept.id).filter { $0 != concept.id }
    return ConceptPage(
      concept: .init(concept), conceptClass: concept.conceptClass, standard: concept.standard,
      invalidReason: concept.invalidReason, validStart: CivilCalendar.text(day: concept.validStart),
      validEnd: CivilCalendar.text(day: concept.validEnd),
      mapsTo: references(edges(.mapsTo, ofConcept: concept.id)),
      mapsToValue: references(edges(.mapsToValue, ofConcept: concept.id)),
      replacedBy: references(edges(.replacedBy, ofConcept: concept.id)),
      mappedFrom: references(Array(origins.prefix(ConceptPage.mostListed))),
      mappedFromCount: origins.count,
      targets: references(standardTargets(ofConcept: concept.id)),
      parents: references(related("Is a", ofConcept: concept.id)),
      children: references(Array(children.prefix(ConceptPage.mostListed))),
      childCount: children.count,
      synonyms: synonyms(at: position).map {
        ConceptPage.Synonym(
          name: $0.name, language: unit($0.language) ?? "unknown")
      },
      ingredients: references(ingredients(ofConcept: concept.id)),
      strengths: strengths(ofDrug: concept.id).compactMap { strength in
        self.concept(id: strength.ingredient).map { ingredient in
          ConceptPage.Strength(
            ingredient: .init(ingredient), amount: strength.amount,
            amountUnit: unit(strength.amountUnit), numerator: strength.numerator,
            numeratorUnit: unit(strength.numeratorUnit), denominator: strength.denominator,
            denominatorUnit: unit(strength.denominatorUnit))
        }
      })
  }
}
