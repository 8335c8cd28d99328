import Diagnostics
package import Vocabulary

/// A mapping file that a rule uses.
package struct MappingUse: Hashable, Sendable {
  /// The name of the file, without its folder and extension.
  package var name: String
  /// What for.
  package var purpose: MappingPurpose

  init(
    name: String, kind: MappingPurpose.Kind, states: Set<MappingStatus> = MappingStatus.usual,
    domains: Set<String>? = nil, isEvent: Bool = false
  ) {
    self.name = name
    purpose = MappingPurpose(kind, states: states, domains: domains, isEvent: isEvent)
  }
}

/// Checks the mapping files that rules use, each once, for all that it is used for.
struct MappingFileChecker {
  /// How many findings of one code a file shows at most.
  private static let limit = 20

  private let resources: CheckResources
  private(set) var diagnostics = DiagnosticList()
  private(set) var uses: [MappingUse] = []

  init(_ resources: CheckResources) { self.resources = resources }

  /// Notes the uses of a pipeline.
  mutating func note(_ more: [MappingUse]) {
    for use in more where !uses.contains(use) { uses.append(use) }
  }

  /// Checks the files, and what they say of the same codes.
  mutating func check(asOf: Int64) {
    let check = MappingCheck(
      vocabulary: resources.vocabulary, asOf: Int32(asOf), use: PartPlaces.check)
    var reports: [CheckedMapping] = []
    var found = DiagnosticList()
    for (name, uses) in Dictionary(grouping: uses, by: \.name).sorted(by: { $0.key < $1.key }) {
      guard let mappings = resources.mappings, mappings.names.contains(name) else { continue }
      let purposes = uses.map(\.purpose)
      for states in purposes.states {
        if let file = mappings.sourceToConceptMap(name, states: states) {
          found.add(check.told(file))
        }
      }
      if purposes.contains(where: { $0.kind == .values }) {
        found.add(mappings.valueMap(name)?.diagnostics ?? DiagnosticList())
      }
      let report = check.examine(path: mappings.path(name), purposes: purposes)
      found.add(report.diagnostics)
      reports.append(report)
    }
    found.add(MappingCheck.compare(reports))
    diagnostics.add(found.collapsed(to: MappingFileChecker.limit))
  }
}
