package import Diagnostics

/// The codes of a source that want concepts, as a file lists them.
package struct UnmappedCodes: Sendable {
  /// Each code once, in the order of the file; one without a name has an empty one.
  package private(set) var terms: [SourceTerm] = []
  /// What a file of Usagi says of codes that nobody has decided on: their rows, by code.
  package private(set) var reviews: [String: [UsagiRow]] = [:]
  /// The names of what such a file says of codes besides (`ADD_INFO`).
  package private(set) var informationNames: [String] = []
  /// Codes of the file that somebody has decided on already.
  package private(set) var decided = 0

  /// Reads a file with the columns `source_code`, `source_name` and perhaps `frequency`, `unit`, `atc`,
  /// `specimen` and `method`, or one of Usagi, of which the codes count that nobody approved or set
  /// aside.
  ///
  /// The diagnostics say what is wrong with it; rows with an error are left out.
  package static func load(path: String) -> (value: UnmappedCodes, diagnostics: DiagnosticList) {
    var list = DiagnosticList()
    var codes = UnmappedCodes()
    let table = MappingTable(path: path, &list)
    let columns = MappingColumns(
      table,
      required: [
        ["source_code", "sourcecode"], ["source_name", "sourcename", "source_code_description"],
      ],
      optional: optional
        + table.header.map { $0.text.lowercased() }.filter { $0.hasPrefix("add_info:") },
      &list)
    guard let code = columns.place("source_code", "sourcecode"),
      let name = columns.place("source_name", "sourcename", "source_code_description")
    else { return (codes, list) }
    let frequency = columns.place("frequency", "source_frequency", "sourcefrequency")
    let details = TermDetails(columns)
    let status = columns.place("mappingstatus")
    codes.readReviews(table)
    var seen: Set<String> = []
    for row in table.rows {
      let key = row[code].text
      guard seen.insert(key.isEmpty ? "\u{0}" + row[name].text : key).inserted else { continue }
      if let status, settled.contains(String(row[status].trimmed)) {
        codes.decided += 1
        continue
      }
      if row[name].trimmed.isEmpty {
        list.add(
          Diagnostic(
            .warning, "empty-name", "the code \(key) has no name to go by",
            at: table.position(row[name])))
      }
      codes.terms.append(
        details.fill(
          SourceTerm(
            code: key, name: String(row[name].trimmed),
            frequency: frequency.flatMap { Int(row[$0].trimmed) }), row))
    }
    return (codes, list)
  }

  /// Whether a file has the columns of the one that `vocabulary unmapped` writes for Usagi.
  static func isList(_ columns: [String]) -> Bool {
    Set(columns).isSuperset(of: [
      "source_code", "source_name", "frequency", "persons", "values_in", "p50",
    ])
  }

  /// Keeps the rows of codes that are still open.
  private mutating func readReviews(_ table: MappingTable) {
    // What is wrong with them is of no account for a suggestion.
    var unused = DiagnosticList()
    guard table.layout == .usagi, let columns = UsagiColumns(table, &unused) else { return }
    informationNames = columns.informationNames
    for cells in table.rows {
      guard let row = columns.row(cells, &unused), !row.code.isEmpty,
        !UnmappedCodes.settled.contains(row.status.rawValue)
      else { continue }
      reviews[row.code, default: []].append(row)
    }
  }

  /// The states of Usagi in which a code needs nothing more.
  private static let settled: Set<String> = ["APPROVED", "SEMI-APPROVED", "IGNORED"]

  /// What Usagi's files and those of `vocabulary unmapped` have besides.
  private static let optional =
    [
      "persons", "pipeline", "domain", "vocabulary", "mapping", "rules", "values_in", "p5",
      "p25", "p50", "p75", "p95",
      "frequency", "source_frequency", "sourcefrequency", "sourceautoassignedconceptids",
      "matchscore", "mappingstatus", "equivalence", "statussetby", "statusseton", "conceptid",
      "conceptname", "domainid", "mappingtype", "comment", "createdby", "createdon",
      "assignedreviewer",
    ] + TermDetails.names
}
