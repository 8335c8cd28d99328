import CommonDataModel
import Diagnostics
import Transform
import Vocabulary

/// A mapping file that a rule uses.
struct MappingUse: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// Codes, with the states of a review whose rows are used.
    case codes(Set<MappingStatus>)
    case values
  }

  var name: String
  var kind: Kind
  /// The domains that the field wants; `nil` for any.
  var domains: Set<String>?
}

/// Checks the mapping files that rules use, each once for each use.
///
/// A row of another domain than its field wants is a warning: the same file may serve several
/// fields, or stand in a condition.
struct MappingFileChecker {
  private let resources: CheckResources
  private(set) var diagnostics = DiagnosticList()

  init(_ resources: CheckResources) { self.resources = resources }

  mutating func check(_ uses: [MappingUse]) {
    for use in uses {
      switch use.kind {
      case .codes(let states):
        guard let file = resources.mappings?.sourceToConceptMap(use.name, states: states) else {
          continue
        }
        diagnostics.add(file.diagnostics)
        if let vocabulary = resources.vocabulary {
          add(file.value.check(against: vocabulary, domains: use.domains))
          diagnostics.add(placesOfParts(file.value, vocabulary))
        }
      case .values:
        guard let file = resources.mappings?.valueMap(use.name) else { continue }
        diagnostics.add(file.diagnostics)
        if let vocabulary = resources.vocabulary {
          add(file.value.check(against: vocabulary, domains: use.domains))
        }
      }
    }
  }

  /// `part-without-place`, `not-a-number`: what the parts of codes cannot be used for.
  private func placesOfParts(
    _ map: SourceToConceptMap, _ vocabulary: VocabularyIndex
  ) -> DiagnosticList {
    var list = DiagnosticList()
    for entry in map.entries {
      let tables = ConceptResolver.tables(of: entry, vocabulary)
      for type in MappingType.allCases {
        guard let target = entry.part(type) else { continue }
        func warn(_ code: String, _ message: String, _ hint: String) {
          list.add(
            Diagnostic(
              .warning, code, message, at: target.position, length: target.length, hint: hint))
        }
        if type == .number, let concept = vocabulary.concept(id: target.concept),
          Double(concept.name) == nil
        {
          warn(
            "not-a-number",
            "the name of the concept \(target.concept), \(concept.name), is no number",
            "a row of the type MAPS_TO_NUMBER names a concept whose name is one")
        }
        guard let field = type.eventField, !tables.isEmpty, type != .type else { continue }
        let takers = tables.filter { field.image(in: $0) != nil }
        guard takers.count != 1 else { continue }
        let count = takers.isEmpty ? "none" : "\(takers.count)"
        warn(
          "part-without-place",
          "the \(type.noun) of the code \(entry.code) is not used: of its concepts \(count) can take it",
          "one concept of the code must be of a table with the field `\(field.name)`")
      }
    }
    return list
  }

  private mutating func add(_ found: DiagnosticList) {
    for diagnostic in found.all {
      var diagnostic = diagnostic
      if diagnostic.code == "other-domain" { diagnostic.severity = .warning }
      diagnostics.add(diagnostic)
    }
  }
}
