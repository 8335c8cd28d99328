/// One concept with all that CONCEPT.csv says of it: for edges and tests, not for batches.
///
/// Source: OMOP CDM v5.4, table CONCEPT.
package struct Concept: Hashable, Sendable {
  /// concept_id, from 0 to 2^31 − 1.
  package var id: Int64
  /// concept_code, exactly as written.
  package var code: String
  /// concept_name.
  package var name: String
  /// vocabulary_id, such as `SNOMED`.
  package var vocabulary: String
  /// domain_id, such as `Condition`.
  package var domain: String
  /// concept_class_id.
  package var conceptClass: String
  /// standard_concept: `S`, `C` (classification) or empty.
  package var standard: String
  /// invalid_reason: empty when valid, else `D` (deleted) or `U` (updated).
  package var invalidReason: String
  /// valid_start_date in days since 1970-01-01.
  package var validStart: Int32
  /// valid_end_date in days since 1970-01-01.
  package var validEnd: Int32

  /// 2099-12-31 in days since 1970-01-01: the end of what has no end.
  package static let openEnd: Int32 = 47_481

  package init(
    id: Int64, code: String, vocabulary: String, domain: String, name: String = "",
    conceptClass: String = "Undefined", standard: String = "", invalidReason: String = "",
    validStart: Int32 = 0, validEnd: Int32 = Concept.openEnd
  ) {
    self.id = id
    self.code = code
    self.name = name
    self.vocabulary = vocabulary
    self.domain = domain
    self.conceptClass = conceptClass
    self.standard = standard
    self.invalidReason = invalidReason
    self.validStart = validStart
    self.validEnd = validEnd
  }

  /// Whether standard_concept is `S`.
  package var isStandard: Bool { standard == "S" }

  /// Whether invalid_reason is empty.
  package var isValid: Bool { invalidReason.isEmpty }
}
