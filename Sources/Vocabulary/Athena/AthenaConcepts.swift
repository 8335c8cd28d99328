import Columnar

/// Reads CONCEPT.csv.
struct AthenaConcepts: AthenaSink {
  let columns = [
    "concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_class_id",
    "standard_concept", "concept_code", "valid_start_date", "valid_end_date", "invalid_reason",
  ]

  private(set) var table = ConceptTable()

  init() {}

  mutating func begin(block: Int) { table.blocks.append((table.count, block)) }

  mutating func take(
    _ rows: borrowing AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    for row in 0..<rows.count {
      let line = Int(rows.lines[row])
      guard let id = AthenaValue.id(bytes, rows.range(row, places[0])) else {
        throw fault("bad-concept-id", 0, "is no whole number from 0 to 2147483647", line)
      }
      let standard = rows.range(row, places[5])
      let reason = rows.range(row, places[9])
      let letter = standard.isEmpty ? 0 : bytes[standard.lowerBound]
      guard standard.count <= 1,
        letter == 0 || letter == UInt8(ascii: "S") || letter == UInt8(ascii: "C")
      else {
        throw fault("bad-flag", 5, "is not S, C or empty", line)
      }
      guard reason.count <= 1 else { throw fault("bad-flag", 9, "is longer than one letter", line) }
      guard let start = AthenaValue.date(bytes, rows.range(row, places[7])) else {
        throw fault("bad-date", 7, "is no date yyyyMMdd or yyyy-MM-dd", line)
      }
      guard let end = AthenaValue.date(bytes, rows.range(row, places[8])) else {
        throw fault("bad-date", 8, "is no date yyyyMMdd or yyyy-MM-dd", line)
      }
      guard
        let domain = table.domainNames.insert(bytes.extracting(rows.range(row, places[2]))),
        let vocabulary = table.vocabularyNames.insert(bytes.extracting(rows.range(row, places[3]))),
        let conceptClass = table.classNames.insert(bytes.extracting(rows.range(row, places[4])))
      else { throw fault("too-many-names", 3, "or another name has too many values", line) }
      table.ids.append(id)
      table.names.append(bytes.extracting(rows.range(row, places[1])))
      table.domains.append(domain)
      table.vocabularies.append(vocabulary)
      table.classes.append(conceptClass)
      table.standardLetters.append(letter)
      table.codes.append(bytes.extracting(rows.range(row, places[6])))
      table.validStarts.append(start)
      table.validEnds.append(end)
      table.invalidLetters.append(reason.isEmpty ? 0 : bytes[reason.lowerBound])
      table.lines.append(rows.lines[row])
    }
    guard table.names.bytes.count < ConceptTable.mostBytes else {
      throw AthenaFault(code: "too-large", message: "the file has too many concepts", line: 0)
    }
  }

  private func fault(_ code: String, _ column: Int, _ problem: String, _ line: Int) -> AthenaFault {
    AthenaFault(code: code, message: "\(columns[column]) \(problem)", line: line)
  }
}
