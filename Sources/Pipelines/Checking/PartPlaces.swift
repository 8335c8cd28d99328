import CommonDataModel
package import Diagnostics
import Transform
package import Vocabulary

/// Finds the parts of codes that no row can take.
package enum PartPlaces {
  /// `part-without-place`: parts for which none of the concepts of their code has a field, or several
  /// have one.
  ///
  /// - Parameters:
  ///   - map: the codes.
  ///   - vocabulary: the vocabularies, whose domains say the tables of concepts.
  /// - Returns: what is wrong.
  @Sendable
  package static func check(
    _ map: SourceToConceptMap, _ vocabulary: VocabularyIndex
  ) -> DiagnosticList {
    var list = DiagnosticList()
    for entry in map.entries where !entry.parts.isEmpty {
      let tables = ConceptResolver.tables(of: entry, vocabulary)
      guard !tables.isEmpty else { continue }
      for type in MappingType.allCases where type != .type {
        guard let target = entry.part(type), let field = type.eventField else { continue }
        let takers = tables.filter { field.image(in: $0) != nil }
        guard takers.count != 1 else { continue }
        let count = takers.isEmpty ? "none" : "\(takers.count)"
        list.add(
          Diagnostic(
            .warning, "part-without-place",
            "the \(type.noun) of the code \(entry.code) is not used: of its concepts \(count) can take it",
            at: target.position, length: target.length,
            hint: "one concept of the code must be of a table with the field `\(field.name)`"))
      }
    }
    return list
  }
}
