import Columnar

/// Concepts as they are read: flat columns, no object per row.
struct ConceptTable: Sendable {
  var ids: [UInt32] = []
  var codes = TextArray()
  var names = TextArray()
  /// Positions in `domainNames` and so on.
  var domains: [UInt16] = []
  var vocabularies: [UInt16] = []
  var classes: [UInt16] = []
  var standardLetters: [UInt8] = []
  var invalidLetters: [UInt8] = []
  var validStarts: [Int32] = []
  var validEnds: [Int32] = []
  /// The line of each concept, for complaints.
  var lines: [UInt32] = []
  var domainNames = NameList()
  var vocabularyNames = NameList()
  var classNames = NameList()

  var count: Int { ids.count }

  /// Appends the rows of another table, whose lines count from `line` on; `false` when there are too
  /// many names.
  mutating func append(_ other: ConceptTable, after line: Int) -> Bool {
    guard let domainMap = domainNames.merge(other.domainNames),
      let vocabularyMap = vocabularyNames.merge(other.vocabularyNames),
      let classMap = classNames.merge(other.classNames)
    else { return false }
    ids += other.ids
    codes.append(other.codes)
    names.append(other.names)
    domains += other.domains.map { domainMap[Int($0)] }
    vocabularies += other.vocabularies.map { vocabularyMap[Int($0)] }
    classes += other.classes.map { classMap[Int($0)] }
    standardLetters += other.standardLetters
    invalidLetters += other.invalidLetters
    validStarts += other.validStarts
    validEnds += other.validEnds
    lines += other.lines.map { $0 + UInt32(line) }
    return true
  }

  /// The flags of every row, without the one for values.
  var flags: [UInt8] {
    let letters = standardLetters
    let reasons = invalidLetters
    return letters.indices.map { row in
      (reasons[row] == 0 ? ConceptFlags.valid : 0)
        | (letters[row] == UInt8(ascii: "S") ? ConceptFlags.standard : 0)
    }
  }

  /// The ids of the concepts that are ingredients of drugs.
  var ingredients: Set<UInt32> {
    let families = Set(
      vocabularyNames.names.indices.filter {
        ["RxNorm", "RxNorm Extension"].contains(vocabularyNames.names[$0])
      })
    guard let ingredient = classNames.names.firstIndex(of: "Ingredient"), !families.isEmpty else {
      return []
    }
    return Set(
      ids.indices.lazy.filter {
        Int(classes[$0]) == ingredient && families.contains(Int(vocabularies[$0]))
      }.map { ids[$0] })
  }

  /// The table in ascending order of ids; an id that stands twice is refused.
  consuming func sorted(path: String?) throws(VocabularyError) -> ConceptTable {
    var keys = ids.indices.map { UInt64(ids[$0]) << 32 | UInt64($0) }
    RadixSort.sort(&keys)
    for place in keys.indices.dropFirst() where keys[place] >> 32 == keys[place - 1] >> 32 {
      let first = lines[Int(keys[place - 1] & 0xFFFF_FFFF)]
      let second = lines[Int(keys[place] & 0xFFFF_FFFF)]
      throw VocabularyError(
        "duplicate-concept",
        "the concept \(keys[place] >> 32) stands twice; it stands first on line \(first)",
        path: path, line: Int(second))
    }
    let order = keys.map { Int32(truncatingIfNeeded: $0) }
    if order.indices.allSatisfy({ Int(order[$0]) == $0 }) { return self.withSortedNames() }
    var table = ConceptTable()
    table.ids = keys.map { UInt32(truncatingIfNeeded: $0 >> 32) }
    table.codes = codes.picked(order)
    codes = TextArray()
    table.names = names.picked(order)
    names = TextArray()
    table.domains = order.map { domains[Int($0)] }
    table.vocabularies = order.map { vocabularies[Int($0)] }
    table.classes = order.map { classes[Int($0)] }
    table.standardLetters = order.map { standardLetters[Int($0)] }
    table.invalidLetters = order.map { invalidLetters[Int($0)] }
    table.validStarts = order.map { validStarts[Int($0)] }
    table.validEnds = order.map { validEnds[Int($0)] }
    table.domainNames = domainNames
    table.vocabularyNames = vocabularyNames
    table.classNames = classNames
    return table.withSortedNames()
  }

  /// The table with its lists of names in the order of their bytes.
  private consuming func withSortedNames() -> ConceptTable {
    let domainMap = domainNames.sort()
    domains = domains.map { domainMap[Int($0)] }
    let vocabularyMap = vocabularyNames.sort()
    vocabularies = vocabularies.map { vocabularyMap[Int($0)] }
    let classMap = classNames.sort()
    classes = classes.map { classMap[Int($0)] }
    return self
  }
}

extension TextArray {
  fileprivate func picked(_ order: [Int32]) -> TextArray {
    var picked = TextArray()
    picked.reserveCapacity(count: order.count, bytes: bytes.count)
    picked.append(self, rows: order.span)
    return picked
  }
}
