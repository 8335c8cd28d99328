import Foundation

/// What SARIF 2.1.0 asks of a log, as far as the program writes one: the properties that objects must
/// have, those that they may have, and the least number of items of lists.
///
/// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, 3.13 to 3.57.
enum SARIFRules {
  indirect enum Kind: Sendable {
    case text, constant(String), choice([String])
    /// A whole number, of at least so much.
    case number(least: Int)
    case list(least: Int, Kind)
    case object(required: [String: Kind], optional: [String: Kind])
  }

  private static let message = Kind.object(required: ["text": .text], optional: [:])
  private static let artifact = Kind.object(required: ["uri": .text], optional: [:])
  private static let level = Kind.choice(["none", "note", "warning", "error"])
  private static let region = Kind.object(
    required: ["startLine": .number(least: 1)],
    optional: [
      "startColumn": .number(least: 1), "endLine": .number(least: 1),
      "endColumn": .number(least: 1),
    ])
  private static let replacement = Kind.object(
    required: ["deletedRegion": region], optional: ["insertedContent": message])
  private static let change = Kind.object(
    required: ["artifactLocation": artifact, "replacements": .list(least: 1, replacement)],
    optional: [:])
  private static let fix = Kind.object(
    required: ["artifactChanges": .list(least: 1, change)], optional: ["description": message])
  private static let location = Kind.object(
    required: [
      "physicalLocation": .object(
        required: ["artifactLocation": artifact], optional: ["region": region])
    ], optional: [:])
  private static let result = Kind.object(
    required: ["message": message],
    optional: [
      "ruleId": .text, "ruleIndex": .number(least: -1), "level": level,
      "locations": .list(least: 0, location), "fixes": .list(least: 0, fix),
    ])
  private static let rule = Kind.object(
    required: ["id": .text],
    optional: [
      "shortDescription": message, "help": message,
      "defaultConfiguration": .object(required: [:], optional: ["level": level]),
    ])
  private static let driver = Kind.object(
    required: ["name": .text], optional: ["version": .text, "rules": .list(least: 0, rule)])
  private static let run = Kind.object(
    required: ["tool": .object(required: ["driver": driver], optional: [:])],
    optional: [
      "columnKind": .choice(["utf16CodeUnits", "unicodeCodePoints"]),
      "results": .list(least: 0, result),
    ])
  static let log = Kind.object(
    required: ["version": .constant("2.1.0"), "runs": .list(least: 0, run)],
    optional: ["$schema": .text])

  /// What a log lacks or has too much, each with its path.
  static func violations(in value: Any, _ kind: Kind = log, at path: String = "$") -> [String] {
    switch kind {
    case .text: return value is String ? [] : ["\(path): no text"]
    case .constant(let text): return value as? String == text ? [] : ["\(path): not \(text)"]
    case .choice(let words):
      return (value as? String).map(words.contains) == true ? [] : ["\(path): no such word"]
    case .number(let least):
      guard let number = value as? Int else { return ["\(path): no number"] }
      return number >= least ? [] : ["\(path): below \(least)"]
    case .list(let least, let item):
      guard let items = value as? [Any] else { return ["\(path): no list"] }
      let few = items.count < least ? ["\(path): fewer than \(least)"] : []
      return few
        + items.enumerated().flatMap { violations(in: $1, item, at: "\(path)[\($0)]") }
    case .object(let required, let optional):
      guard let members = value as? [String: Any] else { return ["\(path): no object"] }
      let missing = required.keys.filter { members[$0] == nil }.sorted()
      let known = required.merging(optional, uniquingKeysWith: { first, _ in first })
      return missing.map { "\(path).\($0): missing" }
        + members.sorted { $0.key < $1.key }.flatMap { name, member in
          known[name].map { violations(in: member, $0, at: "\(path).\(name)") }
            ?? ["\(path).\(name): unknown"]
        }
    }
  }

  /// A replacement of a fix, with its file.
  struct Fix {
    var uri: String
    var startLine: Int, startColumn: Int, endLine: Int, endColumn: Int
    var text: String
  }

  /// All replacements of a log.
  static func fixes(in log: Any) -> [Fix] {
    func list(_ value: Any?, _ name: String) -> [[String: Any]] {
      (value as? [String: Any])?[name] as? [[String: Any]] ?? []
    }
    return list(log, "runs").flatMap { list($0, "results") }.flatMap { list($0, "fixes") }
      .flatMap { list($0, "artifactChanges") }.flatMap { change in
        let uri = (change["artifactLocation"] as? [String: Any])?["uri"] as? String ?? ""
        return list(change, "replacements").map { replacement in
          let region = replacement["deletedRegion"] as? [String: Int] ?? [:]
          let text = (replacement["insertedContent"] as? [String: Any])?["text"] as? String
          return Fix(
            uri: uri, startLine: region["startLine"] ?? 0, startColumn: region["startColumn"] ?? 0,
            endLine: region["endLine"] ?? 0, endColumn: region["endColumn"] ?? 0,
            text: text ?? "")
        }
      }
  }
}
