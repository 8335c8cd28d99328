import Vocabulary

/// A vocabulary with one concept of every kind that a mapping file may name.
enum CheckVocabulary {
  /// 2024-01-01.
  static let asOf: Int32 = 19_723

  private static func standard(
    _ id: Int64, _ code: String, _ vocabulary: String, _ domain: String, _ name: String,
    from start: Int32 = 0, to end: Int32 = Concept.openEnd
  ) -> Concept {
    Concept(
      id: id, code: code, vocabulary: vocabulary, domain: domain, name: name, standard: "S",
      validStart: start, validEnd: end)
  }

  private static func deprecated(_ id: Int64, _ name: String) -> Concept {
    Concept(
      id: id, code: "old\(id)", vocabulary: "SNOMED", domain: "Condition", name: name,
      invalidReason: "U")
  }

  static let concepts: [Concept] = [
    standard(8507, "M", "Gender", "Gender", "MALE"),
    standard(8532, "F", "Gender", "Gender", "FEMALE"),
    standard(201_820, "73211009", "SNOMED", "Condition", "Diabetes mellitus"),
    standard(4_193_704, "44054006", "SNOMED", "Condition", "Type 2 diabetes mellitus"),
    standard(443_238, "443238x", "SNOMED", "Condition", "Diabetic complication"),
    standard(3_004_410, "4548-4", "LOINC", "Measurement", "Hemoglobin A1c"),
    standard(8753, "mmol/L", "UCUM", "Unit", "millimole per liter"),
    standard(8636, "g/L", "UCUM", "Unit", "gram per liter"),
    standard(9444, "10*9/L", "UCUM", "Unit", "billion per liter"),
    standard(9529, "kg", "UCUM", "Unit", "kilogram"),
    standard(1_545_958, "83367", "RxNorm", "Drug", "atorvastatin"),
    standard(45_877_994, "LA33-6", "LOINC", "Meas Value", "Yes"),
    standard(401, "new", "SNOMED", "Condition", "Of tomorrow", from: 30_000),
    standard(402, "past", "SNOMED", "Condition", "Of yesterday", to: 10_000),
    deprecated(101, "Old diabetes"), deprecated(102, "Older diabetes"),
    deprecated(103, "Parted diabetes"), deprecated(104, "Lost"), deprecated(105, "Drug once"),
    Concept(
      id: 301, code: "class", vocabulary: "SNOMED", domain: "Condition", name: "A class",
      standard: "C"),
    Concept(
      id: 302, code: "child", vocabulary: "SNOMED", domain: "Condition", name: "A child"),
    Concept(
      id: 303, code: "grandchild", vocabulary: "SNOMED", domain: "Condition",
      name: "A grandchild"),
    Concept(
      id: 1_567_956, code: "E11.9", vocabulary: "ICD10", domain: "Condition",
      name: "Type 2 diabetes without complication"),
    Concept(
      id: 1_567_957, code: "E10", vocabulary: "ICD10", domain: "Condition", name: "Unmapped"),
  ]

  static func index() throws -> VocabularyIndex {
    try VocabularyIndex(
      concepts: concepts,
      mapsTo: [
        (101, 201_820), (103, 4_193_704), (103, 443_238), (105, 1_545_958),
        (1_567_956, 4_193_704),
      ], replacedBy: [(102, 443_238)])
  }

  /// 303 is a 302, which is a 201820 and a 443238.
  static func parents(of id: Int64) -> [Int64] {
    switch id {
    case 303: [302]
    case 302: [443_238, 201_820]
    default: []
    }
  }
}
