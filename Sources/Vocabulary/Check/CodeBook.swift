import Columnar

/// The codes of a mapping file, each once, with what its rows say.
struct CodeBook {
  struct Entry {
    /// The first row that is used, or the first of all.
    var cell: MappingTable.Cell
    var targetCell: MappingTable.Cell
    var lastRow: Int
    var vocabulary = ""
    var sourceConcept: Int64 = 0
    var sourceCell: MappingTable.Cell?
    /// The targets of the rows that are used.
    private(set) var targets: Set<Int64> = []
    /// Where each of them stands first, in the order of the file.
    private(set) var targetCells: [(id: Int64, cell: MappingTable.Cell)] = []
    var status = ""

    /// Adds a target.
    mutating func add(_ id: Int64, at cell: MappingTable.Cell) {
      if targets.insert(id).inserted { targetCells.append((id, cell)) }
    }
  }

  private(set) var entries: [Entry] = []
  private var keys = KeyIndex()

  /// The number of a code's entry, which is made when the code is new.
  mutating func number(
    _ cell: MappingTable.Cell, _ target: MappingTable.Cell, row: Int
  ) -> Int {
    let number = keys.insert(cell.text)
    if number == entries.count {
      entries.append(Entry(cell: cell, targetCell: target, lastRow: row))
    }
    return number
  }

  subscript(number: Int) -> Entry {
    get { entries[number] }
    set { entries[number] = newValue }
  }
}

/// How many targets of a file are units, and which are not.
struct UnitCount {
  private(set) var units = 0
  private(set) var others: [(cell: MappingTable.Cell, concept: Concept)] = []

  mutating func add(_ concept: Concept, _ cell: MappingTable.Cell) {
    if concept.domain == "Unit" { units += 1 } else { others.append((cell, concept)) }
  }

  /// Whether the file is one of units: three targets at least, and four fifths of all.
  var isUnits: Bool { units >= 3 && units * 5 >= (units + others.count) * 4 }
}
