/// The relationships along which suggestions look, in an index that holds all of them.
///
/// Their names are those of Athena: a LOINC test leads to its primary parts, an ATC class to the
/// ingredients and drugs that belong to it.
///
/// Sources: https://github.com/OHDSI/Vocabulary-v5.0 (LOINC/load_stage.sql, step 7;
/// ATC/load_stage.sql, step 4), https://github.com/OHDSI/Vocabulary-v5.0/wiki/Vocab.-ATC
struct CodeRelations: Sendable {
  /// What an edge says of the concept that it begins at.
  enum Role: UInt8, CaseIterable {
    case component = 1
    case system, property, scale, method, time
    /// The other way round: a test that has this component.
    case test
    /// A drug of the class: the ingredient itself, one of those the class is named after, or further
    /// ones in combinations.
    case drug

    /// relationship_id.
    var names: [String] {
      switch self {
      case .component: ["Has component"]
      case .system: ["Has system"]
      case .property: ["Has property"]
      case .scale: ["Has scale type"]
      case .method: ["Has method"]
      case .time: ["Has time aspect"]
      case .test: ["Component of"]
      case .drug:
        [
          "ATC - RxNorm pr lat", "ATC - RxNorm pr up", "ATC - RxNorm sec lat",
          "ATC - RxNorm sec up", "ATC - RxNorm",
        ]
      }
    }
  }

  /// For each kind of edge its role, 0 for none: invalid edges have none.
  private let roles: [UInt8]
  /// The handles of the vocabularies; `nil` where the index has no such concepts.
  let atc: Int?
  let loinc: Int?
  /// The handle of the class of LOINC's components.
  let componentClass: Int?

  init(_ index: VocabularyIndex) {
    let isWhole = index.contents.contains(.relationships)
    var byName: [UInt8] = [UInt8](repeating: 0, count: index.relationships.count)
    for role in Role.allCases {
      for name in role.names {
        if let place = index.relationships.firstIndex(of: name) { byName[place] = role.rawValue }
      }
    }
    let names = index.part(.kindRelationships, UInt16.self)
    let reasons = index.part(.kindReasons, UInt8.self)
    roles = names.indices.map { reasons[$0] == 0 ? byName[Int(names[$0])] : 0 }
    atc = isWhole ? index.vocabulary(named: "ATC") : nil
    loinc = isWhole ? index.vocabulary(named: "LOINC") : nil
    componentClass = isWhole ? index.conceptClasses.firstIndex(of: "LOINC Component") : nil
  }

  /// Calls the body with the ends of the valid edges of a concept that have a role.
  ///
  /// - Complexity: O(*n*) in the edges of the concept.
  func each(
    of position: Int, in index: VocabularyIndex, _ body: (_ role: Role, _ target: Int) -> Void
  ) {
    guard !roles.isEmpty else { return }
    let starts = index.part(.edgeStarts, UInt32.self)
    let kinds = index.part(.edgeKinds, UInt32.self)
    let targets = index.part(.edgeTargets, UInt32.self)
    for place in Int(starts[position])..<Int(starts[position + 1]) {
      if let role = Role(rawValue: roles[Int(kinds[place])]) { body(role, Int(targets[place])) }
    }
  }
}
