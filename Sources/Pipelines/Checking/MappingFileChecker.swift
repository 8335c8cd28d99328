import Diagnostics
import Vocabulary

/// A mapping file that a rule uses.
struct MappingUse: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case codes
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
      case .codes:
        guard let file = resources.mappings?.sourceToConceptMap(use.name) else { continue }
        diagnostics.add(file.diagnostics)
        if let vocabulary = resources.vocabulary {
          add(file.value.check(against: vocabulary, domains: use.domains))
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

  private mutating func add(_ found: DiagnosticList) {
    for diagnostic in found.all {
      var diagnostic = diagnostic
      if diagnostic.code == "other-domain" { diagnostic.severity = .warning }
      diagnostics.add(diagnostic)
    }
  }
}
