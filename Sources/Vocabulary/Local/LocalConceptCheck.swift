import Diagnostics

/// Compares what people say of local concepts with the vocabularies, and with itself.
struct LocalConceptCheck {
  private let vocabulary: VocabularyIndex?
  private let domains: Set<String>
  /// `nil` where the vocabulary does not list them.
  private let classes: Set<String>?

  /// Prepares a comparison.
  ///
  /// - Parameters:
  ///   - vocabulary: the vocabularies, the local concepts among them or not; without them the domains
  ///     are those that Athena delivers, and the rest is not compared.
  ///   - local: the domains and classes that the local concepts name, which the index then has too.
  init(_ vocabulary: VocabularyIndex?, named local: [Concept]) {
    self.vocabulary = vocabulary
    let tables = vocabulary?.tables() ?? VocabularyTables()
    domains =
      tables.domains.isEmpty
      ? Set(LocalConceptCheck.athenaDomains).union(
        Set(vocabulary?.domains ?? []).subtracting(local.map(\.domain)))
      : Set(tables.domains.map { $0[0] })
    // Those of local concepts stand there with the concept 0.
    let listed = tables.conceptClasses.filter { $0[2] != "0" }.map { $0[0] }
    classes =
      listed.isEmpty
      ? nil
      : Set(listed).union(
        Set(vocabulary?.conceptClasses ?? []).subtracting(local.map(\.conceptClass)))
  }

  /// What is wrong with a concept: `unknown-domain`, `unknown-class`, `taken-code`, `taken-id`,
  /// `standard-maps-elsewhere`.
  ///
  /// - Parameters:
  ///   - definition: what people say of it.
  ///   - id: its id; `nil` where it has none yet.
  ///   - tellsID: whether an id that the vocabulary has for another concept is told.
  /// - Returns: what is wrong.
  func diagnostics(
    _ definition: LocalDefinitions.Definition, id: Int64?, tellsID: Bool = true
  ) -> [Diagnostic] {
    let concept = definition.concept
    var found: [Diagnostic] = []
    func tell(
      _ rule: MappingRule, _ message: String, _ place: LocalDefinitions.Place, _ hint: String?,
      _ severity: Diagnostic.Severity? = nil
    ) {
      found.append(
        Diagnostic(
          severity ?? rule.severity, rule.code, message, at: place.position,
          length: max(1, place.length), hint: hint))
    }
    if !domains.contains(concept.domain) {
      tell(
        .unknownDomain, "there is no domain \(concept.domain)", definition.domainPlace,
        nearestName(to: concept.domain, in: domains).map { "did you mean \($0)?" }
          ?? "the domain chooses the table: write one that the vocabulary has")
    }
    if let classes, let place = definition.classPlace, concept.conceptClass != "Undefined",
      !classes.contains(concept.conceptClass)
    {
      let nearest = nearestName(to: concept.conceptClass, in: classes)
      tell(
        .unknownClass, "the vocabulary has no class \(concept.conceptClass)", place,
        nearest.map { "did you mean \($0)?" } ?? "it would be a class of your own",
        nearest == nil ? .warning : .error)
    }
    if concept.standard == "S",
      let target = definition.mapsTo.first(where: { $0.concept != id })
    {
      tell(
        .standardMapsElsewhere,
        "the local concept \(definition.key) is standard and maps to \(target.concept)",
        LocalDefinitions.Place(position: target.position, length: target.length),
        "a standard concept maps to itself: leave out standard_concept, or maps_to")
    }
    if let other = other(definition.key, id) {
      tell(
        .takenCode,
        "\(definition.key) is the concept \(other.id) (\(other.name)) of the vocabulary",
        LocalDefinitions.Place(
          position: definition.position, length: definition.key.code.count),
        "name that concept in mapping files, or give this one a vocabulary_id of your own")
    }
    if tellsID, let id, let other = vocabulary?.concept(id: id), definition.key != other.localKey {
      tell(
        .takenID,
        "the id \(id) of \(definition.key) is that of \(other.localKey) in the vocabulary",
        LocalDefinitions.Place(
          position: definition.position, length: definition.key.code.count),
        LocalConcepts.renumbering)
    }
    return found
  }

  /// Another concept that the vocabulary has for a code.
  private func other(_ key: LocalKey, _ id: Int64?) -> Concept? {
    guard let vocabulary, let handle = vocabulary.vocabulary(named: key.vocabulary),
      let position = vocabulary.lookup(vocabulary: handle, code: key.code)
    else { return nil }
    let concept = vocabulary.concept(at: position)
    return concept.id == id ? nil : concept
  }

  /// The domains that Athena delivers (DOMAIN.csv), for those who have no vocabulary at hand.
  static let athenaDomains = [
    "Condition", "Condition Status", "Condition/Device", "Condition/Drug", "Condition/Meas",
    "Condition/Obs", "Condition/Procedure", "Cost", "Currency", "Device", "Device/Drug",
    "Device/Obs", "Device/Procedure", "Drug", "Drug/Measurement", "Drug/Obs", "Drug/Procedure",
    "Episode", "Ethnicity", "Gender", "Geography", "Language", "Meas Value",
    "Meas Value Operator", "Meas/Procedure", "Measurement", "Measurement/Obs", "Metadata",
    "Modifier", "Note", "Obs/Procedure", "Observation", "Payer", "Place of Service", "Plan",
    "Plan Stop Reason", "Procedure", "Provider", "Race", "Regimen", "Relationship",
    "Revenue Code", "Route", "Spec Anatomic Site", "Spec Disease Status", "Specimen", "Sponsor",
    "Type Concept", "Unit", "Visit",
  ]
}

extension Concept {
  /// The vocabulary and the code, as a local concept would have them.
  var localKey: LocalKey { LocalKey(vocabulary: vocabulary, code: code) }
}
