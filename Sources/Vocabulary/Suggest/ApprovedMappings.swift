import Columnar
import Diagnostics

/// What the author has mapped already: the names of codes with their concepts.
package enum ApprovedMappings {
  /// Reads all mapping files of a folder.
  package static func load(folder: String, _ index: VocabularyIndex) throws -> [KnownTerm] {
    try Folder.names(in: folder).filter { $0.hasSuffix(".csv") }
      .flatMap { load(path: "\(folder)/\($0)", index) }
  }

  /// Reads a mapping file of codes or of values, or one of Usagi.
  ///
  /// Rows without a name or a valid concept are left out, as are those of Usagi that nobody
  /// approved. What else is wrong with the file is for `ecluse check` to say.
  package static func load(path: String, _ index: VocabularyIndex) -> [KnownTerm] {
    var ignored = DiagnosticList()
    let table = MappingTable(path: path, &ignored)
    let columns = MappingColumns(table, required: [], optional: known, &ignored)
    guard let concept = columns.place("target_concept_id", "concept_id", "conceptid"),
      let name = columns.place("source_code_description", "source_name", "sourcename", "source")
    else { return [] }
    let code = columns.place("source_code", "sourcecode", "source")
    let status = columns.place("mappingstatus")
    let type = columns.place("mappingtype")
    let reason = columns.place("invalid_reason")
    let details = TermDetails(columns)
    var terms: [KnownTerm] = []
    var numbers: [SourceTerm: Int] = [:]
    for row in table.rows {
      if let status, !["APPROVED", "SEMI-APPROVED"].contains(row[status].trimmed) { continue }
      if let type, !["", "MAPS_TO", "EVENT"].contains(row[type].trimmed) { continue }
      if let reason, !row[reason].trimmed.isEmpty { continue }
      guard let id = Int64(row[concept].trimmed), id != 0 else { continue }
      let targets = index.standardTargets(ofConcept: id).compactMap {
        index.position(ofConcept: $0)
      }
      let term = details.fill(
        SourceTerm(code: code.map { row[$0].text } ?? "", name: String(row[name].trimmed)), row)
      guard !term.name.isEmpty, !targets.isEmpty else { continue }
      let number = numbers[term] ?? terms.count
      if number == terms.count {
        numbers[term] = number
        terms.append(KnownTerm(term: term, targets: []))
      }
      terms[number].targets = Set(terms[number].targets + targets).sorted()
    }
    return terms
  }

  private static let known =
    [
      "target_concept_id", "concept_id", "conceptid", "source_code_description", "source_name",
      "sourcename", "source", "source_code", "sourcecode", "mappingstatus", "mappingtype",
      "invalid_reason",
    ] + TermDetails.names
}

extension [KnownTerm] {
  /// Those whose name has other words than the names of their concepts: what tells how good
  /// suggestions are.
  package func differing(_ index: VocabularyIndex) -> [KnownTerm] {
    filter { known in
      let own = FoldedText(known.term.name)
      return own.count > 0 && !known.targets.contains { FoldedText(index.name($0)) == own }
    }
  }
}
