import Columnar
package import Diagnostics

/// The concepts that a project has of its own, beside those of Athena.
///
/// Two files of the folder of mappings have them: people write `local_concepts.csv`, which says what
/// each concept is and maps to, by vocabulary and code; the program keeps the ids in
/// `local_concept_ids.csv`, to which it only adds, so that an id is never changed nor given twice.
///
/// Ids above 2,000,000,000 are free for this:
/// https://ohdsi.github.io/CommonDataModel/cdm54.html#concept.
package struct LocalConcepts: Sendable {
  /// A row of CONCEPT_RELATIONSHIP.
  package struct Edge: Hashable, Sendable {
    /// concept_id_1.
    package let source: Int64
    /// concept_id_2.
    package let target: Int64
    /// relationship_id, such as `Maps to`.
    package let name: String
  }

  /// The ids that local concepts may have.
  package static let range: ClosedRange<Int64> = 2_000_000_001...Int64(Int32.max)

  /// The names of the two files without `.csv`: no rule can name them as mapping files.
  package static let fileNames = ["local_concepts", "local_concept_ids"]

  /// The concepts in ascending order of their ids; those whose invalid_reason is set among them.
  package internal(set) var concepts: [Concept] = []
  /// `Maps to`, `Maps to value` and `Concept replaced by` in the order of the concepts, each followed
  /// by its reverse, as Athena has them.
  package internal(set) var edges: [Edge] = []
  /// What people say of the concepts, those without an id among them.
  private var definitions: [(definition: LocalDefinitions.Definition, id: Int64?)] = []
  /// The file that says what the concepts are.
  package internal(set) var path = ""

  /// The names of the vocabularies of the concepts, in the order of their bytes.
  package var vocabularies: [String] {
    Set(concepts.map(\.vocabulary)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// How an id that is taken is changed.
  static let renumbering =
    "ecluse vocabulary local assign, with --vocabulary, gives the local concept another id"

  /// Whether there are none.
  package var isEmpty: Bool { concepts.isEmpty }

  package init() {}

  /// Reads the files of a folder of mappings; a folder without `local_concepts.csv` has none.
  ///
  /// - Parameter folder: the folder.
  /// - Returns: the concepts, and what is wrong with the files.
  package static func load(
    folder: String
  ) -> (value: LocalConcepts, diagnostics: DiagnosticList) {
    var list = DiagnosticList()
    var local = LocalConcepts()
    guard let names = try? Folder.names(in: folder), names.contains("local_concepts.csv") else {
      return (local, list)
    }
    let definitions = LocalDefinitions(path: path(fileNames[0], in: folder), &list)
    let ids = LocalIDs(folder: folder, &list)
    local.path = definitions.path
    var found: [(concept: Concept, definition: LocalDefinitions.Definition)] = []
    for definition in definitions.all {
      local.definitions.append((definition, ids.id(of: definition.key)))
      guard let id = ids.id(of: definition.key) else {
        list.add(
          Diagnostic(
            .error, "no-local-id", "the local concept \(definition.key) has no id",
            at: definition.position, length: max(1, definition.key.code.count),
            hint: "ecluse vocabulary local assign \(folder) --vocabulary VOCABULARY gives it one"))
        continue
      }
      var concept = definition.concept
      concept.id = id
      found.append((concept, definition))
    }
    found.sort { $0.concept.id < $1.concept.id }
    local.concepts = found.map(\.concept)
    local.edges = found.flatMap { concept, definition in
      LocalConcepts.edges(of: concept, definition)
    }
    return (local, list)
  }

  /// What is wrong with the concepts beside the vocabularies: their domains and classes, codes and ids
  /// that others have, and the concepts that they map to, which must be valid standard concepts; those
  /// that take their place must be known.
  ///
  /// - Parameter vocabulary: the vocabularies, the local concepts among them or not; without them only
  ///   what needs none is told.
  /// - Returns: what is wrong.
  package func check(against vocabulary: VocabularyIndex?) -> DiagnosticList {
    let own = LocalConceptCheck(vocabulary, named: definitions.map(\.definition.concept))
    // Whether one local concept may map to another is seen where both stand in the vocabulary.
    let apart = isIn(vocabulary) ? [] : Set(concepts.map(\.id))
    var list = DiagnosticList()
    for (definition, id) in definitions {
      for found in own.diagnostics(definition, id: id) { list.add(found) }
      guard let vocabulary else { continue }
      let check = ConceptCheck(vocabulary)
      let targets = definition.mapsTo + definition.mapsToValue + definition.replacedBy
      for target in targets where !apart.contains(target.concept) {
        let found =
          target.isStandard
          ? check.standard(target.concept, at: target.position, length: target.length)
          : check.known(target.concept, at: target.position, length: target.length)
        if let found { list.add(found) }
      }
    }
    return list
  }

  /// Whether the local concepts stand in a vocabulary.
  private func isIn(_ vocabulary: VocabularyIndex?) -> Bool {
    guard let vocabulary else { return false }
    return concepts.allSatisfy { vocabulary.concept(id: $0.id)?.localKey == $0.localKey }
  }

  /// An error of the import as what is wrong with a row of the file; `nil` for any other error.
  ///
  /// - Parameter error: what the import of the files of Athena said.
  /// - Returns: the same, where the concept stands.
  package func diagnostic(_ error: VocabularyError) -> Diagnostic? {
    guard error.path == path, let line = error.line,
      let place = definitions.first(where: { $0.definition.position.line == line })
    else { return nil }
    return Diagnostic(
      .error, MappingRule.takenID.code, error.message, at: place.definition.position,
      length: max(1, place.definition.key.code.count), hint: LocalConcepts.renumbering)
  }

  /// The line of the file on which a concept stands.
  func line(of id: Int64) -> Int? {
    definitions.first { $0.id == id }?.definition.position.line
  }

  static func path(_ name: String, in folder: String) -> String { "\(folder)/\(name).csv" }

  /// The relationships of a concept; a valid standard one maps to itself.
  private static func edges(
    of concept: Concept, _ definition: LocalDefinitions.Definition
  ) -> [Edge] {
    func both(_ targets: [Int64], _ name: String, _ reverse: String) -> [Edge] {
      targets.flatMap { target in
        [
          Edge(source: concept.id, target: target, name: name),
          Edge(source: target, target: concept.id, name: reverse),
        ]
      }
    }
    var mapsTo = definition.mapsTo.map(\.concept)
    if concept.isStandard, concept.isValid, mapsTo.isEmpty { mapsTo = [concept.id] }
    return both(mapsTo, Relationship.mapsTo.rawValue, "Mapped from")
      + both(
        definition.mapsToValue.map(\.concept), Relationship.mapsToValue.rawValue,
        "Value mapped from")
      + both(
        definition.replacedBy.map(\.concept), Relationship.replacedBy.rawValue, "Concept replaces")
  }
}

/// A local concept as people know it.
struct LocalKey: Hashable, Comparable, CustomStringConvertible, Sendable {
  var vocabulary: String
  var code: String

  var description: String { "\(vocabulary):\(code)" }

  static func < (left: LocalKey, right: LocalKey) -> Bool {
    let order = [left.vocabulary, left.code, right.vocabulary, right.code].map { Array($0.utf8) }
    return order[0] == order[2]
      ? order[1].lexicographicallyPrecedes(order[3])
      : order[0].lexicographicallyPrecedes(order[2])
  }
}
