import Columnar
import Diagnostics

/// The ids that local concepts have: `local_concept_ids.csv`, to which rows are only added, unless an
/// id turns out to be that of another concept.
struct LocalIDs {
  static let columns = ["concept_id", "vocabulary_id", "concept_code"]

  let path: String
  private(set) var ids: [LocalKey: Int64] = [:]
  /// The rows of the file, by concept.
  private var rows: [LocalKey: Int] = [:]
  /// `nil` where there is no file yet.
  private var file: MappingFile?

  /// Reads the ids of a folder; a folder without the file has none.
  init(folder: String, _ list: inout DiagnosticList) {
    path = LocalConcepts.path(LocalConcepts.fileNames[1], in: folder)
    let names = (try? Folder.names(in: folder)) ?? []
    guard names.contains(LocalConcepts.fileNames[1] + ".csv") else { return }
    let table = MappingTable(path: path, &list)
    file = MappingFile(table)
    let columns = MappingColumns(
      table, required: Self.columns.map { [$0] }, optional: [], &list)
    guard let id = columns.place("concept_id"), let vocabulary = columns.place("vocabulary_id"),
      let code = columns.place("concept_code")
    else { return }
    var lines: [Int64: Int] = [:]
    for (row, cells) in table.rows.enumerated() {
      guard let number = cells[id].conceptID(table, &list) else { continue }
      let position = table.position(cells[id])
      func wrong(_ code: String, _ message: String, _ hint: String? = nil) {
        list.add(
          Diagnostic(
            .error, code, message, at: position, length: cells[id].text.count, hint: hint))
      }
      let key = LocalKey(vocabulary: cells[vocabulary].text, code: cells[code].text)
      let range = LocalConcepts.range
      if !range.contains(number) {
        wrong(
          "bad-local-id", "\(number) is no id of a local concept",
          "they are \(range.lowerBound) to \(range.upperBound)")
      } else if let line = lines[number] {
        wrong("duplicate-id", "the id \(number) is given twice", "first on line \(line)")
      } else if ids[key] != nil {
        wrong("duplicate-concept", "the local concept \(key) has two ids")
      } else {
        ids[key] = number
        rows[key] = row
      }
      lines[number] = lines[number] ?? position.line
    }
  }

  /// The id of a concept; `nil` where it has none yet.
  func id(of key: LocalKey) -> Int64? { ids[key] }

  /// Takes the id of a concept away, so that it is given another.
  mutating func release(_ key: LocalKey) -> Int64? { ids.removeValue(forKey: key) }

  /// Gives ids to the concepts that have none, behind the highest that was ever given, in the order of
  /// vocabulary and code.
  ///
  /// - Parameters:
  ///   - keys: the concepts, in any order.
  ///   - taken: an id up to which all are taken elsewhere.
  ///   - list: takes `no-free-id` when the ids are used up; none is given then.
  /// - Returns: the concepts that got one.
  mutating func assign(
    _ keys: [LocalKey], above taken: Int64, _ list: inout DiagnosticList
  ) -> [(id: Int64, key: LocalKey)] {
    let range = LocalConcepts.range
    let missing = keys.filter { ids[$0] == nil }.sorted()
    let first = max(ids.values.max() ?? 0, taken, range.lowerBound - 1) + 1
    guard first + Int64(missing.count) - 1 <= range.upperBound else {
      list.add(
        Diagnostic(
          .error, "no-free-id",
          "\(missing.count) local concepts need an id, and \(range.upperBound - first + 1) are left",
          at: Position(file: path, line: 1, column: 1)))
      return []
    }
    var given: [(id: Int64, key: LocalKey)] = []
    for (offset, key) in missing.enumerated() {
      let id = first + Int64(offset)
      ids[key] = id
      given.append((id, key))
    }
    return given
  }

  /// Writes the ids that concepts got into the file: into their rows, or new ones behind the others.
  mutating func write(_ given: [(id: Int64, key: LocalKey)]) throws(FileError) {
    guard var file else {
      let lines =
        [LocalIDs.columns] + given.map { [String($0.id), $0.key.vocabulary, $0.key.code] }
      return try MappingFile.write(lines.flatMap(MappingDialect().line), to: path)
    }
    for (id, key) in given {
      if let row = rows[key], let column = file.column("concept_id") {
        file.set(String(id), row: row, column: column)
        continue
      }
      file.append([
        "concept_id": String(id), "vocabulary_id": key.vocabulary, "concept_code": key.code,
      ])
    }
    try file.write(to: path)
  }
}
