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
}
