import Diagnostics

/// How the header of a file differs from the columns declared.
package struct HeaderReport: Hashable, Sendable {
  /// A declared column that the file lacks, with the name in the file that may be meant.
  package struct MissingColumn: Hashable, Sendable {
    package let header: String
    package let isOptional: Bool
    package let nearest: String?
  }

  package private(set) var missing: [MissingColumn] = []
  /// Names in the file that no column declares, in the order of the file.
  ///
  /// Not to be shown: where a line feed is missing after the header, they are the first record.
  package private(set) var extra: [String] = []
  /// The places of those names, from 1.
  package private(set) var extraPlaces: [Int] = []
  /// Whether a declared column is there at all: a file without a header begins with a record.
  package private(set) var isHeader = true
  /// Names that the file has more than once; of a declared one the first is read.
  package private(set) var duplicates: [String] = []
  /// Whether the declared columns stand in another order in the file.
  package private(set) var isReordered = false
  /// For each declared column its position in the file.
  package private(set) var fields: [Int?]

  /// Whether the file cannot be read as the table: a column is missing that is not optional, or a
  /// declared one is there twice.
  package var hasErrors: Bool {
    missing.contains { !$0.isOptional } || !duplicatesDeclared.isEmpty
  }

  /// Declared names that the file has more than once.
  package private(set) var duplicatesDeclared: [String] = []

  /// Compares a header, `nil` when the file has none, in which case columns stand as declared.
  package init(header: [String]?, columns: [SourceColumn]) {
    guard let header else {
      fields = Array(columns.indices)
      return
    }
    var places: [String: Int] = [:]
    for (place, name) in header.enumerated() {
      if places[name] == nil {
        places[name] = place
      } else if !duplicates.contains(name) {
        duplicates.append(name)
      }
    }
    let declared = Set(columns.map(\.header))
    extraPlaces = header.indices.filter { !declared.contains(header[$0]) }.map { $0 + 1 }
    extra = extraPlaces.map { header[$0 - 1] }
    isHeader = header.isEmpty || extra.count < header.count
    duplicatesDeclared = duplicates.filter { declared.contains($0) }
    fields = columns.map { places[$0.header] }
    for column in columns where places[column.header] == nil {
      let nearest = isHeader ? nearestName(to: column.header, in: extra) : nil
      missing.append(
        MissingColumn(
          header: column.header, isOptional: column.isOptional, nearest: nearest))
    }
    let found = fields.compactMap { $0 }
    isReordered = zip(found, found.dropFirst()).contains { $0 > $1 }
  }
}
