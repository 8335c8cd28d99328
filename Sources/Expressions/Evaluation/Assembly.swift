import Columnar

/// A column put together from pieces: each row comes from one place of one operand.
struct Assembly {
  private var pieces: [Operand] = []
  /// For each row its piece, and its place therein; a later piece replaces an earlier one.
  private var pieceOfRow: [Int32]
  private var placeOfRow: [Int32]

  init(count: Int) {
    pieceOfRow = [Int32](repeating: -1, count: count)
    placeOfRow = [Int32](repeating: 0, count: count)
  }

  /// Takes rows from an operand: at their own number when it is dense, else in its order.
  mutating func add(_ operand: Operand, rows: [Int32], isDense: Bool) {
    let piece = Int32(pieces.count)
    pieces.append(operand)
    for index in rows.indices {
      let row = Int(rows[index])
      pieceOfRow[row] = piece
      placeOfRow[row] = operand.isScalar ? 0 : isDense ? rows[index] : Int32(index)
    }
  }

  /// The assembled column; a row without a piece is null.
  func column(_ type: ColumnType) -> Column {
    switch type {
    case .text: texts()
    case .double:
      Column(type, .doubles(pick(pieces.map(\.column.doubles), 0)), validity: validity())
    case .digest:
      Column(type, .digests(pick(pieces.map(\.column.digests), .zero)), validity: validity())
    default: Column(type, .lanes(pick(pieces.map(\.column.lanes), 0)), validity: validity())
    }
  }

  private func pick<Value>(_ sources: [[Value]], _ missing: Value) -> [Value] {
    var result = [Value](repeating: missing, count: pieceOfRow.count)
    for piece in sources.indices {
      let values = sources[piece]
      let source = values.span
      for row in pieceOfRow.indices where pieceOfRow[row] == Int32(piece) {
        result[row] = source[Int(placeOfRow[row])]
      }
    }
    return result
  }

  private func validity() -> [Bool]? {
    let validities = pieces.map(\.column.validity)
    guard validities.contains(where: { $0 != nil }) || pieceOfRow.contains(-1) else { return nil }
    var result = [Bool](repeating: false, count: pieceOfRow.count)
    for row in result.indices where pieceOfRow[row] >= 0 {
      result[row] = validities[Int(pieceOfRow[row])]?[Int(placeOfRow[row])] ?? true
    }
    return result
  }

  private func texts() -> Column {
    let sources = pieces.map(\.column.texts)
    let validity = validity()
    var result = TextWriter(
      count: pieceOfRow.count, bytes: sources.map(\.bytes.count).max() ?? 0)
    for row in pieceOfRow.indices {
      if pieceOfRow[row] >= 0, validity?[row] ?? true {
        let source = sources[Int(pieceOfRow[row])]
        result.append(source.bytes, source.range(Int(placeOfRow[row])))
      }
      result.close()
    }
    return Column(.text, result.values, validity: validity)
  }
}
