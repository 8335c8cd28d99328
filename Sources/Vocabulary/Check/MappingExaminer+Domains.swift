import Diagnostics

/// The rules about the domains of targets: of one code beside one another, and beside what the
/// vocabulary of the code is about.
extension MappingExaminer {
  /// Domains of which the rows of a table are.
  private static let events: Set<String> = [
    "Condition", "Drug", "Procedure", "Measurement", "Observation", "Device", "Visit", "Specimen",
  ]

  /// Looks at the domains of all codes: `unlike-domains`, `other-source-domain`.
  mutating func examineDomains() {
    guard let index = check.concepts?.vocabulary else { return }
    let known: Set = [
      MappingRule.unitTarget.code, MappingRule.otherDomain.code, MappingRule.noEventDomain.code,
    ]
    let told = Set(
      report.diagnostics.all.filter { known.contains($0.code) }.compactMap(\.position))
    for entry in codes.entries {
      let targets = entry.targetCells.compactMap { id, cell in
        index.concept(id: id).flatMap { $0.isStandard && $0.isValid ? ($0, cell) : nil }
      }.filter { !told.contains(table.position($0.1)) }
      let unlike = examineTogether(targets, of: entry)
      examineSourceDomain(targets.filter { $0.1.start != unlike?.start }, of: entry)
    }
  }

  /// `unlike-domains`: a drug is no condition, and what belongs to an event is no event beside it.
  ///
  /// - Parameters:
  ///   - targets: the targets of a code, in the order of the file.
  ///   - entry: the code.
  /// - Returns: the target that was told.
  private mutating func examineTogether(
    _ targets: [(concept: Concept, cell: MappingTable.Cell)], of entry: CodeBook.Entry
  ) -> MappingTable.Cell? {
    guard isOfCodes, targets.count > 1, !units.isUnits else { return nil }
    for (place, target) in targets.enumerated().dropFirst() {
      let other = targets[..<place].first {
        MappingExaminer.areUnlike($0.concept.domain, target.concept.domain)
      }
      guard let other else { continue }
      let isPart = !MappingExaminer.events.contains(target.concept.domain)
      tell(
        .unlikeDomains,
        "the code \(entry.cell.text) is \(target.concept.name) (\(target.concept.domain)) and "
          + "\(other.concept.name) (\(other.concept.domain))",
        at: target.cell,
        hint: isPart
          ? "a value or a unit stands in a row of the type MAPS_TO_VALUE or MAPS_TO_UNIT"
          : "one of the two is most likely a slip")
      return target.cell
    }
    return nil
  }

  private static func areUnlike(_ left: String, _ right: String) -> Bool {
    let both: Set = [left, right]
    if both == ["Condition", "Drug"] { return true }
    return both.contains("Unit") && !both.isDisjoint(with: events)
  }

  /// `other-source-domain`, or `unit-target` for a unit that is a drug.
  private mutating func examineSourceDomain(
    _ targets: [(concept: Concept, cell: MappingTable.Cell)], of entry: CodeBook.Entry
  ) {
    guard let subject = SourceSubject(entry.vocabulary) else { return }
    for (concept, cell) in targets where !subject.domains.contains(concept.domain) {
      let isUnitToDrug = subject.what == "units" && concept.domain == "Drug"
      tell(
        isUnitToDrug ? .unitTarget : .otherSourceDomain,
        "\(entry.vocabulary) has \(subject.what), and the concept \(concept.id) (\(concept.name)) "
          + "is of the domain \(concept.domain)",
        at: cell, hint: "see that the target is meant for the code \(entry.cell.text)")
    }
  }
}

/// What the codes of a vocabulary are about.
struct SourceSubject {
  /// In a word.
  let what: String
  /// The domains of which their targets may be.
  let domains: Set<String>

  private static let subjects: [SourceSubject] = [
    SourceSubject(what: "units", domains: ["Unit"]),
    SourceSubject(
      what: "drugs", domains: ["Drug", "Device", "Observation", "Procedure", "Regimen"]),
    SourceSubject(
      what: "procedures",
      domains: ["Procedure", "Measurement", "Observation", "Device", "Visit", "Specimen", "Note"]),
    SourceSubject(
      what: "diagnoses",
      domains: ["Condition", "Observation", "Measurement", "Procedure", "Episode", "Meas Value"]),
    SourceSubject(
      what: "examinations",
      domains: [
        "Measurement", "Observation", "Procedure", "Condition", "Meas Value", "Note", "Specimen",
      ]),
  ]

  /// Vocabularies by their names in capitals, without anything but letters and digits.
  private static let vocabularies: [String: Int] = {
    let names = [
      ["UCUM"],
      ["ATC", "UCD", "UCD13", "CIP", "CIP7", "CIP13", "CIS", "RXNORM", "RXNORMEXTENSION", "NDC"],
      ["CCAM", "CDARR", "ICD9PROC", "OPCS4", "OPS"],
      ["CIM10", "CIM11", "ICD10", "ICD10CM", "ICD10GM", "ICD10FR", "ICD9CM", "ICDO3"],
      ["LOINC", "NABM"],
    ]
    return names.enumerated().reduce(into: [:]) { places, group in
      for name in group.element { places[name] = group.offset }
    }
  }()

  private init(what: String, domains: Set<String>) {
    self.what = what
    self.domains = domains
  }

  /// Finds a vocabulary by its name, however it is spelt; `nil` where it may be about anything.
  init?(_ vocabulary: String) {
    let name = vocabulary.uppercased().filter { $0.isLetter || $0.isNumber }
    guard let place = Self.vocabularies[name] else { return nil }
    self = Self.subjects[place]
  }
}

extension MappingRule {
  static let unlikeDomains = MappingRule(
    "unlike-domains", .warning, "a code has targets of domains that do not go together",
    "A drug is no condition; a value or a unit of an event stands in a row of its own type.")
  static let otherSourceDomain = MappingRule(
    "other-source-domain", .warning, "the target is not what the vocabulary of the code is about",
    "UCUM has units, ATC and CIP drugs, CCAM procedures, ICD-10 diagnoses: see that the target is "
      + "meant for the code.")
}
