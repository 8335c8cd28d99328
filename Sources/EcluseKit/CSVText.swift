import Foundation

/// Records of comma-separated values (RFC 4180).
enum CSVText {
  /// A record without its line end; fields are quoted where they must be.
  static func line(_ fields: [String]) -> String {
    fields.map { field in
      guard field.contains(where: { "\",\n\r\r\n".contains($0) }) else { return field }
      return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }.joined(separator: ",")
  }
}

extension Double {
  /// The number with that many digits after the point.
  func formatted(places: Int) -> String { String(format: "%.\(places)f", self) }
}
