import Columnar
import Vocabulary

/// A vocabulary small enough to know by heart.
enum SmallVocabulary {
  static let concepts: [Concept] = [
    standard(4_193_704, "44054006", "SNOMED", "Condition", "Type 2 diabetes mellitus"),
    standard(201_820, "73211009", "SNOMED", "Condition", "Diabetes mellitus"),
    standard(443_238, "443238x", "SNOMED", "Condition", "Diabetic complication"),
    standard(3_004_410, "4548-4", "LOINC", "Measurement", "Hemoglobin A1c"),
    standard(4_181_412, "52101004", "SNOMED", "Meas Value", "Present"),
    source(1_567_956, "E11.9", "ICD10", name: "Type 2 diabetes without complication"),
    source(1_567_900, "E11.5", "ICD10"),
    // The same code in another vocabulary.
    source(45_533_017, "E11.9", "CIM10"),
    // Deprecated concepts: by a new edge, by a chain, by a circle, into nothing.
    deprecated(101, "old-edge"), deprecated(102, "old-chain"), deprecated(103, "old-middle"),
    deprecated(104, "old-circle"), deprecated(105, "old-circle-2"), deprecated(106, "old-end"),
    source(201, "to-old-edge", "ICD10"), source(202, "to-old-chain", "ICD10"),
    source(203, "to-circle", "ICD10"), source(204, "to-end", "ICD10"),
    source(205, "to-non-standard", "ICD10"), source(206, "HBA1C+", "ICD10"),
    Concept(
      id: 301, code: "class", vocabulary: "SNOMED", domain: "Condition", standard: "C"),
  ]

  static let mapsTo: [(Int64, Int64)] = [
    (4_193_704, 4_193_704), (201_820, 201_820), (1_567_956, 4_193_704),
    (1_567_900, 443_238), (1_567_900, 4_193_704), (45_533_017, 4_193_704),
    (101, 201_820), (201, 101), (202, 102), (203, 104), (204, 106), (205, 1_567_956),
    (206, 3_004_410), (999_999, 201_820), (206, 888_888),
  ]

  static let mapsToValue: [(Int64, Int64)] = [(206, 4_181_412), (204, 102), (205, 301)]

  static let replacedBy: [(Int64, Int64)] = [
    (102, 103), (103, 443_238), (104, 105), (105, 104), (106, 301),
  ]

  static func index() throws -> VocabularyIndex {
    try VocabularyIndex(
      concepts: concepts, mapsTo: mapsTo, mapsToValue: mapsToValue, replacedBy: replacedBy,
      version: "v5.0 29-FEB-24")
  }

  static func standard(
    _ id: Int64, _ code: String, _ vocabulary: String, _ domain: String, _ name: String
  ) -> Concept {
    Concept(
      id: id, code: code, vocabulary: vocabulary, domain: domain, name: name, standard: "S")
  }

  static func source(
    _ id: Int64, _ code: String, _ vocabulary: String, name: String = ""
  ) -> Concept {
    Concept(id: id, code: code, vocabulary: vocabulary, domain: "Condition", name: name)
  }

  static func deprecated(_ id: Int64, _ code: String) -> Concept {
    Concept(
      id: id, code: code, vocabulary: "SNOMED", domain: "Condition", invalidReason: "U")
  }
}

extension VocabularyIndex {
  /// The concept ids of some codes; 0 for none.
  func ids(_ vocabulary: String, _ codes: [String]) -> [Int64] {
    guard let handle = self.vocabulary(named: vocabulary) else { return [] }
    return ids(lookup(vocabulary: handle, codes: TextArray(codes)))
  }
}
