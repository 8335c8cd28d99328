import Columnar

/// Reads CONCEPT.csv.
struct AthenaConcepts: AthenaSink {
  static let columns = [
    "concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_class_id",
    "standard_concept", "concept_code", "valid_start_date", "valid_end_date", "invalid_reason",
  ]

  var table = ConceptTable()

  init() {}

  mutating func take(
    _ rows: AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    for row in 0..<rows.count {
      func fault(_ code: String, _ column: Int, _ problem: String) -> AthenaFault {
        AthenaFault(
          code: code, message: "\(AthenaConcepts.columns[column]) \(problem)",
          line: Int(rows.lines[row]))
      }
      func range(_ column: Int) -> Range<Int> { rows.range(row, places[column]) }
      guard let id = AthenaValue.id(bytes, range(0)) else {
        throw fault("bad-concept-id", 0, "is no whole number from 0 to 2147483647")
      }
      for column in [5, 9] where range(column).count > 1 {
        throw fault("bad-flag", column, "is longer than one letter")
      }
      guard let start = AthenaValue.date(bytes, range(7)) else {
        throw fault("bad-date", 7, "is no date yyyyMMdd or yyyy-MM-dd")
      }
      guard let end = AthenaValue.date(bytes, range(8)) else {
        throw fault("bad-date", 8, "is no date yyyyMMdd or yyyy-MM-dd")
      }
      guard let domain = table.domainNames.insert(bytes.extracting(range(2))),
        let vocabulary = table.vocabularyNames.insert(bytes.extracting(range(3))),
        let conceptClass = table.classNames.insert(bytes.extracting(range(4)))
      else { throw fault("too-many-names", 3, "or another name has too many values") }
      table.ids.append(id)
      table.names.append(bytes.extracting(range(1)))
      table.domains.append(domain)
      table.vocabularies.append(vocabulary)
      table.classes.append(conceptClass)
      table.standardLetters.append(range(5).isEmpty ? 0 : bytes[range(5).lowerBound])
      table.codes.append(bytes.extracting(range(6)))
      table.validStarts.append(start)
      table.validEnds.append(end)
      table.invalidLetters.append(range(9).isEmpty ? 0 : bytes[range(9).lowerBound])
      table.lines.append(rows.lines[row] + 1)
    }
  }

  mutating func append(_ other: AthenaConcepts, after line: Int) throws(AthenaFault) {
    let longest = Int(UInt32.max)
    guard table.names.bytes.count + other.table.names.bytes.count <= longest,
      table.codes.bytes.count + other.table.codes.bytes.count <= longest,
      table.count + other.table.count < Int(Int32.max)
    else {
      throw AthenaFault(code: "too-large", message: "the file has too many concepts", line: 0)
    }
    guard table.append(other.table, after: line) else {
      throw AthenaFault(
        code: "too-many-names",
        message: "the file has more than \(NameList.limit) domains, vocabularies or classes",
        line: 0)
    }
  }
}
