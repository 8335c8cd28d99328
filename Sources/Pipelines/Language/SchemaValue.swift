/// A piece of a JSON Schema, written with its members in order.
indirect enum SchemaValue {
  case text(String)
  case integer(Int)
  case boolean(Bool)
  case list([SchemaValue])
  case object([(key: String, value: SchemaValue)])

  static func texts(_ texts: [String]) -> SchemaValue { .list(texts.map { .text($0) }) }

  /// The value as JSON, two spaces a level, short lists on one line.
  func json(_ indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .text(let text): return SchemaValue.quoted(text)
    case .integer(let value): return "\(value)"
    case .boolean(let value): return value ? "true" : "false"
    case .list(let items):
      let isShort = items.allSatisfy { if case .object = $0 { false } else { true } }
      if isShort { return "[\(items.map { $0.json(inner) }.joined(separator: ", "))]" }
      let lines = items.map { "\(inner)\($0.json(inner))" }.joined(separator: ",\n")
      return "[\n\(lines)\n\(indent)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map {
        "\(inner)\(SchemaValue.quoted($0.key)): \($0.value.json(inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
