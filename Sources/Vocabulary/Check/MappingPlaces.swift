/// Which column of a mapping file is what, whichever kind of file it is.
struct MappingPlaces {
  /// How the text of a column is read.
  enum Role {
    /// Compared as it is written.
    case key
    /// A number, a date or a word, read without the blanks around it.
    case value
    /// For the reader of the file.
    case text
  }

  /// Whether Usagi saved the file, or exported it for review.
  let isUsagi: Bool
  /// What the file is used for when no rule uses it.
  let likelyKind: MappingPurpose.Kind

  let code: Int?
  let target: Int?
  let sourceConcept: Int?
  let sourceVocabulary: Int?
  let targetName: Int?
  let targetVocabulary: Int?
  let targetDomain: Int?
  let targetClass: Int?
  let start: Int?
  let end: Int?
  let reason: Int?
  let comment: Int?

  // Columns of Usagi alone.
  let status: Int?
  let type: Int?
  let equivalence: Int?
  let score: Int?
  let frequency: Int?
  let assigned: Int?
  let times: [Int]

  /// The role of each column.
  let roles: [Role]

  init(_ table: MappingTable) {
    var places: [String: Int] = [:]
    for (place, cell) in table.header.enumerated() {
      let name = cell.text.lowercased()
      if places[name] == nil { places[name] = place }
    }
    let isReview = table.layout == .usagi || table.layout == .usagiReview
    isUsagi = isReview
    func usagi(_ name: String) -> Int? { isReview ? places[name] : nil }
    func other(_ names: String...) -> Int? {
      isReview ? nil : names.lazy.compactMap { places[$0] }.first
    }
    likelyKind = table.layout == .values || places["source"] != nil ? .values : .codes
    code = usagi("sourcecode") ?? other("source_code", "source")
    target =
      usagi("conceptid") ?? usagi("targetconceptid") ?? other("target_concept_id", "concept_id")
    sourceConcept = other("source_concept_id")
    sourceVocabulary = other("source_vocabulary_id")
    targetName =
      usagi("conceptname") ?? usagi("targetconceptname")
      ?? other("target_concept_name", "concept_name")
    targetVocabulary = usagi("targetvocabularyid") ?? other("target_vocabulary_id")
    targetDomain = usagi("domainid") ?? usagi("targetdomainid") ?? other("target_domain_id")
    targetClass = usagi("targetconceptclassid") ?? other("target_concept_class_id")
    start = other("valid_start_date")
    end = other("valid_end_date")
    reason = other("invalid_reason")
    comment = places["comment"]
    status = usagi("mappingstatus")
    type = usagi("mappingtype")
    equivalence = usagi("equivalence")
    score = usagi("matchscore")
    frequency = usagi("sourcefrequency")
    assigned = usagi("sourceautoassignedconceptids")
    times = [usagi("statusseton"), usagi("createdon")].compactMap(\.self)
    var roles = [Role](repeating: .text, count: table.header.count)
    for place in [code, sourceVocabulary, targetVocabulary] {
      if let place { roles[place] = .key }
    }
    let values = [
      target, sourceConcept, start, end, reason, status, type, equivalence, score, frequency,
    ]
    for place in values + times { if let place { roles[place] = .value } }
    self.roles = roles
  }
}
