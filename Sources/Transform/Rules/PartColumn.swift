internal import Columnar
internal import Vocabulary

/// What the codes of a batch say besides their concepts, in one field.
///
/// It stands where the rule gives nothing: the rule's own value wins and is counted.
struct PartColumn {
  /// By the position of the meaning and of its target.
  private let values: [[Value?]]
  private let type: MappingType

  private enum Value {
    case concept(Int64)
    case number(Double)
  }

  init(_ meanings: [ResolvedCode], _ type: MappingType) {
    self.type = type
    values = meanings.map { meaning in
      meaning.targets.map { target in
        switch type {
        case .concept: nil
        case .value: target.value.map(Value.concept)
        case .number: target.number.map(Value.number)
        case .unit, .comparison, .type: target.concepts[type].map(Value.concept)
        }
      }
    }
  }

  /// Whether no code says anything.
  var isEmpty: Bool { values.allSatisfy { $0.allSatisfy { $0 == nil } } }

  /// Fills the rows of a column that have no value.
  ///
  /// - Parameters:
  ///   - column: the values that the rule gives.
  ///   - targets: the meaning of each row's code, and which of its targets the row is.
  /// - Returns: the column, and what is to be counted.
  func fill(
    _ column: Column, _ targets: [(meaning: Int32, target: Int32)]
  ) -> (column: Column, notes: [String: Int]) {
    var notes: [String: Int] = [:]
    var builder = ColumnBuilder(column.type, capacity: targets.count)
    let doubles = column.type == .double ? column.doubles : []
    let lanes = column.type == .double ? [] : column.lanes
    for (row, way) in targets.enumerated() {
      let value = values[Int(way.meaning)][Int(way.target)]
      if column.isValid(row) {
        if doubles.isEmpty {
          builder.append(lane: lanes[row])
        } else {
          builder.append(double: doubles[row])
        }
        if value != nil { notes["own_\(type.noun)_wins", default: 0] += 1 }
        continue
      }
      switch value {
      case .concept(let concept): builder.append(lane: concept)
      case .number(let number): append(number, to: &builder, &notes)
      case nil: builder.appendNull()
      }
    }
    return (builder.finish(), notes)
  }

  /// Appends a number; one that the column's decimals cannot hold is left out and counted.
  private func append(
    _ number: Double, to builder: inout ColumnBuilder, _ notes: inout [String: Int]
  ) {
    guard case .decimal(let scale) = builder.type else { return builder.append(double: number) }
    let scaled = (0..<scale).reduce(number) { product, _ in product * 10 }
    let nearest = scaled.rounded()
    guard abs(scaled - nearest) < 1e-6, let lane = Int64(exactly: nearest) else {
      notes["number_does_not_fit", default: 0] += 1
      return builder.appendNull()
    }
    builder.append(lane: lane)
  }
}
