internal import Columnar

/// Brings the numbers that several rules give to one field to one type.
///
/// The type depends on the plan alone, never on which rules have rows in a partition.
enum NumberUnion {
  /// The least type that holds the values of both: the greater scale of two exact numbers, double
  /// where one is double.
  static func type(_ left: ColumnType, _ right: ColumnType) -> ColumnType {
    if left == right { return left }
    if let first = scale(left), let second = scale(right) {
      return .decimal(scale: max(first, second))
    }
    let isNumber = [left, right].allSatisfy { $0 == .double || scale($0) != nil }
    precondition(isNumber, "a field takes \(left) from one rule and \(right) from another")
    return .double
  }

  /// The column in a type that `type` gave for it and others.
  ///
  /// - Returns: the column, and the rows whose value does not fit the greater scale; they are NULL.
  static func convert(_ column: Column, to type: ColumnType) -> (column: Column, lost: [Int32]) {
    if column.type == type { return (column, []) }
    guard let from = scale(column.type) else {
      preconditionFailure("\(column.type) cannot become \(type)")
    }
    guard case .decimal(let to) = type else {
      let doubles = column.lanes.map { double($0, scale: from) }
      return (Column(.double, .doubles(doubles), validity: column.validity), [])
    }
    var unit: Int64 = 1
    for _ in from..<to { unit *= 10 }
    var lanes = column.lanes
    var validity = column.validity
    var lost: [Int32] = []
    for row in lanes.indices {
      let (value, overflows) = lanes[row].multipliedReportingOverflow(by: unit)
      lanes[row] = overflows ? 0 : value
      guard overflows, column.isValid(row) else { continue }
      lost.append(Int32(row))
    }
    if !lost.isEmpty {
      var flags = validity ?? [Bool](repeating: true, count: lanes.count)
      for row in lost { flags[Int(row)] = false }
      validity = flags
    }
    return (Column(type, .lanes(lanes), validity: validity), lost)
  }

  private static func scale(_ type: ColumnType) -> Int? {
    switch type {
    case .integer: 0
    case .decimal(let scale): scale
    default: nil
    }
  }

  /// The double nearest to a decimal.
  ///
  /// Up to 2^53 both the value and the power of ten are exact, so that the division rounds once;
  /// beyond, the digits are read as a number.
  private static func double(_ value: Int64, scale: Int) -> Double {
    if value.magnitude <= 1 << 53 {
      return Double(value) / (0..<scale).reduce(1.0) { power, _ in power * 10 }
    }
    return Double("\(value)e-\(scale)") ?? Double(value)
  }
}
