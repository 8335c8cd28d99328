@testable import Expressions

/// A value of one row; what a lane means is said by the type of its term.
enum Value: Hashable, Sendable {
  case null
  case lane(Int64)
  case double(Double)
  case text(String)
  case key(UInt64)

  static func truth(_ value: Bool) -> Value { .lane(value ? 1 : 0) }
}

/// The failure that ends the evaluation of a row.
struct RowFailure: Error, Hashable {
  let reason: FailureReason
}

func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { value, _ in value * 10 } }

/// A number that must fit into 64 bits.
func fitting(_ wide: Int128?) throws -> Value {
  guard let wide, wide >= Int128(Int64.min), wide <= Int128(Int64.max) else {
    throw RowFailure(reason: .overflow)
  }
  return .lane(Int64(wide))
}

/// A quotient rounded to the nearest, halves away from zero.
func rounded(_ dividend: Int128, _ divisor: Int128) -> Int128 {
  let sign: Int128 = (dividend < 0) == (divisor < 0) ? 1 : -1
  let (top, bottom) = (Int128(dividend.magnitude), Int128(divisor.magnitude))
  return sign * (top / bottom + (2 * (top % bottom) >= bottom ? 1 : 0))
}

func scale(_ type: ExpressionType) -> Int {
  if case .decimal(let scale) = type { scale } else { 0 }
}

/// A value of one type as the wider type has it.
func widen(_ value: Value, _ from: ExpressionType, _ to: ExpressionType) throws -> Value {
  guard from != to, case .lane(let lane) = value else { return value }
  switch to {
  case .decimal: return try fitting(Int128(lane) * power(scale(to) - scale(from)))
  case .double: return .double(Double(lane) / Double(power(scale(from))))
  case .timestamp: return .lane(lane * 86_400_000_000)
  default: return value
  }
}

/// −1, 0 or 1, or `nil` when a side is null.
func order(_ left: Value, _ leftType: ExpressionType, _ right: Value, _ rightType: ExpressionType)
  throws -> Int?
{
  func sign<Some: Comparable>(_ first: Some, _ second: Some) -> Int {
    first < second ? -1 : first == second ? 0 : 1
  }
  if left == .null || right == .null { return nil }
  if leftType == .double || rightType == .double {
    guard case .double(let first) = try widen(left, leftType, .double),
      case .double(let second) = try widen(right, rightType, .double)
    else { return nil }
    return sign(first, second)
  }
  switch (left, right) {
  case (.text(let first), .text(let second)):
    return first == second ? 0 : first.utf8.lexicographicallyPrecedes(second.utf8) ? -1 : 1
  case (.key(let first), .key(let second)): return sign(first, second)
  case (.lane(let first), .lane(let second)):
    if leftType == .date, rightType == .timestamp {
      return sign(Int128(first) * 86_400_000_000, Int128(second))
    }
    if leftType == .timestamp, rightType == .date {
      return sign(Int128(first), Int128(second) * 86_400_000_000)
    }
    return sign(
      Int128(first) * power(scale(rightType)), Int128(second) * power(scale(leftType)))
  default: return nil
  }
}

/// Whether a text matches a pattern without escapes, character by character.
func matches(_ text: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
  guard let first = pattern.first else { return text.isEmpty }
  let rest = Array(pattern.dropFirst())
  if first == "%" {
    return (0...text.count).contains { matches(Array(text.dropFirst($0)), rest) }
  }
  guard let character = text.first, first == "_" || first == character else { return false }
  return matches(Array(text.dropFirst()), rest)
}

/// The calendar by counting: slow, and plainly right.
enum CountedCalendar {
  static func isLeap(_ year: Int) -> Bool {
    year % 400 == 0 || year % 4 == 0 && year % 100 != 0
  }

  static func length(_ month: Int, _ year: Int) -> Int {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// The year, month and day of a count of days from 1970 on or before it.
  static func date(_ days: Int64) -> (year: Int, month: Int, day: Int) {
    var (year, month, rest) = (1970, 1, Int(days))
    while rest < 0 {
      year -= 1
      rest += isLeap(year) ? 366 : 365
    }
    while rest >= (isLeap(year) ? 366 : 365) {
      rest -= isLeap(year) ? 366 : 365
      year += 1
    }
    while rest >= length(month, year) {
      rest -= length(month, year)
      month += 1
    }
    return (year, month, rest + 1)
  }

  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    var days = day - 1
    for earlier in stride(from: 1, to: month, by: 1) { days += length(earlier, year) }
    for earlier in stride(from: 1970, to: year, by: 1) { days += isLeap(earlier) ? 366 : 365 }
    for earlier in stride(from: year, to: 1970, by: 1) { days -= isLeap(earlier) ? 366 : 365 }
    return Int64(days)
  }
}
