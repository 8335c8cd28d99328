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
  /// The line of each concept within its block, for complaints.
  var lines: [UInt32] = []
  /// The blocks of the file, by their first row.
  var blocks: [(row: Int, block: Int)] = []
  var domainNames = NameList()
  var vocabularyNames = NameList()
  var classNames = NameList()

  /// The most bytes of texts of one kind: their places have 32 bits.
  static let mostBytes = Int(UInt32.max)

  var count: Int { ids.count }

  /// Appends the rows of another table; `false` when there are too many names or rows.
  mutating func append(_ other: ConceptTable) -> Bool {
    guard names.bytes.count + other.names.bytes.count <= ConceptTable.mostBytes,
      codes.bytes.count + other.codes.bytes.count <= ConceptTable.mostBytes,
      count + other.count < Int(Int32.max),
      let domainMap = domainNames.merge(other.domainNames),
      let vocabularyMap = vocabularyNames.merge(other.vocabularyNames),
      let classMap = classNames.merge(other.classNames)
    else { return false }
    blocks += other.blocks.map { (count + $0.row, $0.block) }
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
    lines += other.lines
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

  /// For each row whether the concept is an ingredient of drugs.
  var areIngredients: [Bool] {
    let families = Set(
      vocabularyNames.names.indices.filter {
        ["RxNorm", "RxNorm Extension"].contains(vocabularyNames.names[$0])
      })
    guard let ingredient = classNames.names.firstIndex(of: "Ingredient"), !families.isEmpty else {
      return [Bool](repeating: false, count: count)
    }
    return ids.indices.map {
      Int(classes[$0]) == ingredient && families.contains(Int(vocabularies[$0]))
    }
  }

  /// The line of a row in the file, given the line with which each block begins.
  func line(_ row: Int, _ firstLines: [Int]) -> Int {
    let block = blocks.last { $0.row <= row }?.block ?? 0
    return Int(lines[row]) + (block < firstLines.count ? firstLines[block] : 1)
  }

  /// The table in ascending order of ids; an id that stands twice is refused.
  ///
  /// `firstLines` are the lines of the file with which its blocks begin, for complaints.
  consuming func sorted(
    path: String?, firstLines: [Int] = []
  ) throws(VocabularyError) -> ConceptTable {
    var keys = ids.indices.map { UInt64(ids[$0]) << 32 | UInt64($0) }
    RadixSort.sort(&keys)
    for place in keys.indices.dropFirst() where keys[place] >> 32 == keys[place - 1] >> 32 {
      let one = line(Int(keys[place - 1] & 0xFFFF_FFFF), firstLines)
      let other = line(Int(keys[place] & 0xFFFF_FFFF), firstLines)
      throw VocabularyError(
        "duplicate-concept",
        "the concept \(keys[place] >> 32) stands twice; it stands first on line \(min(one, other))",
        path: path, line: max(one, other))
    }
    let order = keys.map { Int32(truncatingIfNeeded: $0) }
    if order.indices.allSatisfy({ Int(order[$0]) == $0 }) { return self.withSortedNames() }
    var table = ConceptTable()
    table.ids = keys.map { UInt32(truncatingIfNeeded: $0 >> 32) }
    table.codes = codes.gather(order)
    codes = TextArray()
    table.names = names.gather(order)
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
