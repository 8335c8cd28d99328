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
  /// The concepts that they map to or give way to, where they stand.
  private var targets: [LocalDefinitions.Target] = []
  /// The file that says what the concepts are.
  package internal(set) var path = ""

  /// The names of the vocabularies of the concepts, in the order of their bytes.
  package var vocabularies: [String] {
    Set(concepts.map(\.vocabulary)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

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
      guard let id = ids.id(of: definition.key) else {
        list.add(
          Diagnostic(
            .error, "no-local-id", "the local concept \(definition.key) has no id",
            at: definition.position, length: max(1, definition.key.code.count),
            hint: "ecluse vocabulary local assign \(folder) gives it one"))
        continue
      }
      var concept = definition.concept
      concept.id = id
      found.append((concept, definition))
    }
    found.sort { $0.concept.id < $1.concept.id }
    local.concepts = found.map(\.concept)
    local.targets = found.flatMap { _, definition in
      definition.mapsTo + definition.mapsToValue + definition.replacedBy
    }
    local.edges = found.flatMap { concept, definition in
      LocalConcepts.edges(of: concept, definition)
    }
    return (local, list)
  }

  /// What is wrong with the concepts that local ones map to: they must be valid standard concepts,
  /// and those that take their place must be known.
  ///
  /// - Parameter vocabulary: the vocabularies, the local concepts among them.
  /// - Returns: what is wrong.
  package func check(against vocabulary: VocabularyIndex) -> DiagnosticList {
    let check = ConceptCheck(vocabulary)
    var list = DiagnosticList()
    for target in targets {
      let found =
        target.isStandard
        ? check.standard(target.concept, at: target.position, length: target.length)
        : check.known(target.concept, at: target.position, length: target.length)
      if let found { list.add(found) }
    }
    return list
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
