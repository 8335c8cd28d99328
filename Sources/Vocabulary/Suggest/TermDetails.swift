/// The columns in which a file states more of its terms than codes and names.
struct TermDetails {
  private let unit: Int?
  private let atc: Int?
  private let specimen: Int?
  private let method: Int?

  /// The names of all such columns, in small letters.
  static let names = [
    "unit", "units", "add_info:unit", "atc", "atc_code", "add_info:atc", "specimen",
    "add_info:specimen", "method", "add_info:method",
  ]

  init(_ columns: MappingColumns) {
    unit = columns.place("unit", "units", "add_info:unit")
    atc = columns.place("atc", "atc_code", "add_info:atc")
    specimen = columns.place("specimen", "add_info:specimen")
    method = columns.place("method", "add_info:method")
  }

  /// A term with what a row states of it; empty cells state nothing.
  func fill(_ term: SourceTerm, _ row: [MappingTable.Cell]) -> SourceTerm {
    func text(_ place: Int?) -> String? {
      place.flatMap { row[$0].trimmed.isEmpty ? nil : String(row[$0].trimmed) }
    }
    var term = term
    term.unit = text(unit)
    term.atc = text(atc)
    term.specimen = text(specimen)
    term.method = text(method)
    return term
  }
}
