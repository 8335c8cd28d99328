import Diagnostics

/// The rules about the data: the codes of the file beside those that a scan or a run counted.
extension MappingExaminer {
  /// `code-written-otherwise`, `code-not-in-data`, `code-not-in-file`.
  ///
  /// Of a run, that a code is not there is no more than a note: it is said of rare codes as well as
  /// of those that nobody has.
  mutating func examineData() {
    guard let data = check.codes else { return }
    let known = Set(codes.entries.map { Array($0.cell.text.utf8) })
    let missing = data.wanted.filter { !known.contains(Array($0.code.utf8)) }
    let slips = slips(missing)
    for (number, entry) in codes.entries.enumerated() where !entry.targets.isEmpty {
      if let found = slips[number] {
        tellSlip(found, entry)
      } else if data.isComplete, !data.has(entry.cell.text) {
        tellAbsent(entry, data)
      }
    }
    guard !missing.isEmpty, let place = places.code else { return }
    let rows = missing.reduce(0) { $0 + $1.count }
    let examples = missing.prefix(5).map { "\($0.code) (\($0.count))" }.joined(separator: ", ")
    let isOne = missing.count == 1
    let codes = isOne ? "code" : "codes"
    let what: String =
      switch data.origin {
      case .list: "\(missing.count) \(codes) of the data"
      case .run(let run, _): "\(missing.count) unmapped \(codes) of run \(run)"
      }
    tell(
      .notInFile, "\(what) \(isOne ? "is" : "are") not in the file, with \(rows) rows",
      at: table.header[place],
      hint: "the most frequent: \(examples)")
  }

  /// The codes of the data that differ only by a slip from a code of the file, by its number.
  private func slips(_ missing: [SourceCodes.Count]) -> [Int: [SourceCodes.Count]] {
    if missing.isEmpty { return [:] }
    var numbers: [String: Int] = [:]
    for (number, entry) in codes.entries.enumerated() where !entry.targets.isEmpty {
      for shape in SourceCodes.shapes(of: entry.cell.text) where numbers[shape] == nil {
        numbers[shape] = number
      }
    }
    var slips: [Int: [SourceCodes.Count]] = [:]
    for code in missing {
      let number = SourceCodes.shapes(of: code.code).lazy.compactMap { numbers[$0] }.first
      if let number { slips[number, default: []].append(code) }
    }
    return slips
  }

  private mutating func tellSlip(_ found: [SourceCodes.Count], _ entry: CodeBook.Entry) {
    let named = found.prefix(3).map { "`\($0.code)` (\($0.count) rows)" }
    let more = found.count > 3 ? " and \(found.count - 3) more" : ""
    tell(
      .writtenOtherwise,
      "the data has \(named.joined(separator: ", "))\(more), the file only `\(entry.cell.text)`",
      at: entry.cell,
      hint: "write `\(found[0].code)`, add a row for it, or bring the data's code into one form")
  }

  private mutating func tellAbsent(_ entry: CodeBook.Entry, _ data: SourceCodes) {
    switch data.origin {
    case .list:
      tell(.notInData, "the data never has the code `\(entry.cell.text)`", at: entry.cell)
    case .run(let run, let least):
      tell(
        .notInData,
        "fewer than \(least) persons of run \(run) have the code `\(entry.cell.text)`, or none",
        at: entry.cell, severity: .note)
    }
  }
}
