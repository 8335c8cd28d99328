import Foundation

@testable import Pipelines

/// A value as JSON Schema sees it.
indirect enum Instance {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([Instance])
  case object([(key: String, value: Instance)])

  /// What YAML 1.2's core schema, which editors use, reads in a tree.
  init(_ node: YAMLNode) {
    switch node.content {
    case .list(let items): self = .list(items.map { Instance($0) })
    case .mapping(let entries):
      self = .object(entries.map { (key: $0.key.text, value: Instance($0.value)) })
    case .scalar(let scalar) where scalar.isNull: self = .null
    case .scalar(let scalar):
      if scalar.style == .plain, ["true", "false"].contains(scalar.text) {
        self = .boolean(scalar.text == "true")
      } else if scalar.style == .plain, let number = Double(scalar.text),
        scalar.text.allSatisfy({ "+-.0123456789eE".contains($0) })
      {
        self = .number(number)
      } else {
        self = .text(scalar.text)
      }
    }
  }

  var type: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .number: "number"
    case .text: "string"
    case .list: "array"
    case .object: "object"
    }
  }

  func has(type: String) -> Bool {
    if case .number(let number) = self, type == "integer" { return number.rounded() == number }
    return self.type == type
  }

  func equals(_ value: Any) -> Bool {
    switch self {
    case .text(let text): text == value as? String
    case .number(let number): !(value is String) && number == value as? Double
    default: false
    }
  }
}

/// As much of JSON Schema 2020-12 as the schemas of the language use; any other keyword is a mistake.
struct SchemaValidator {
  private let root: [String: Any]

  init?(json: String) {
    guard
      let value = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    else { return nil }
    root = value
  }

  /// What is wrong with a file, by the path of each place.
  func mistakes(_ instance: Instance) -> [String] { mistakes(instance, root, "") }

  /// What is wrong with a value of a definition.
  func mistakes(_ instance: Instance, definition: String) -> [String] {
    mistakes(instance, self.definition(definition), "")
  }

  private func definition(_ name: String) -> [String: Any] {
    (root["$defs"] as? [String: Any])?[name] as? [String: Any] ?? ["no such definition": name]
  }

  private func mistakes(
    _ instance: Instance, _ schema: [String: Any], _ path: String
  ) -> [String] {
    var mistakes: [String] = []
    for (keyword, value) in schema {
      switch keyword {
      case "$schema", "$defs", "title", "description", "additionalProperties": break
      case "$ref":
        let name = (value as? String ?? "").replacing("#/$defs/", with: "")
        mistakes += self.mistakes(instance, definition(name), path)
      case "type":
        let types = value as? [String] ?? [value as? String ?? ""]
        if !types.contains(where: { instance.has(type: $0) }) {
          mistakes.append("\(path): \(instance.type)")
        }
      case "enum":
        let values = value as? [Any] ?? []
        if !values.contains(where: { instance.equals($0) }) { mistakes.append("\(path): enum") }
      case "anyOf":
        let schemas = value as? [[String: Any]] ?? []
        let all = schemas.map { self.mistakes(instance, $0, path) }
        if !all.contains(where: \.isEmpty) { mistakes += all.joined() }
      default: mistakes += limits(instance, keyword, value, path)
      }
    }
    return mistakes + members(instance, schema, path)
  }

  private func limits(
    _ instance: Instance, _ keyword: String, _ value: Any, _ path: String
  ) -> [String] {
    var isSound = true
    switch (keyword, instance) {
    case ("minLength", .text(let text)): isSound = text.count >= value as? Int ?? .max
    case ("maxLength", .text(let text)): isSound = text.count <= value as? Int ?? 0
    case ("minimum", .number(let number)): isSound = number >= value as? Double ?? .infinity
    case ("maximum", .number(let number)): isSound = number <= value as? Double ?? 0
    case ("pattern", .text(let text)):
      isSound = text.range(of: value as? String ?? "", options: .regularExpression) != nil
    case ("items", .list(let items)):
      return items.enumerated().flatMap {
        mistakes($1, value as? [String: Any] ?? [:], "\(path)[\($0)]")
      }
    case ("required", .object(let members)):
      let missing = (value as? [String] ?? []).filter { name in
        !members.contains { $0.key == name }
      }
      return missing.map { "\(path): no \($0)" }
    case ("minLength", _), ("maxLength", _), ("minimum", _), ("maximum", _), ("pattern", _),
      ("items", _), ("required", _), ("properties", _):
      break
    default: return ["\(path): the keyword \(keyword)"]
    }
    return isSound ? [] : ["\(path): \(keyword)"]
  }

  private func members(
    _ instance: Instance, _ schema: [String: Any], _ path: String
  ) -> [String] {
    guard case .object(let members) = instance else { return [] }
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    return members.flatMap { member -> [String] in
      let inner = "\(path)/\(member.key)"
      if let property = properties[member.key] { return mistakes(member.value, property, inner) }
      if let other = schema["additionalProperties"] as? [String: Any] {
        return mistakes(member.value, other, inner)
      }
      return schema["additionalProperties"] as? Bool == false ? ["\(inner): unknown"] : []
    }
  }
}
