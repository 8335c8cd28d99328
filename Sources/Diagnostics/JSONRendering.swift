extension DiagnosticList {
  /// The diagnostics as a JSON document (RFC 8259) for programs, in the order of `sorted`.
  ///
  /// The document is an object with the array `diagnostics`; each has `severity`, `code`,
  /// `message`, then, when it has a position, `file`, `line`, `column` and `length`, then, when
  /// there is one, `hint`, always in this order. Lines and columns count from 1. Keys may be
  /// added in later versions; none is renamed.
  package func json() -> String {
    if all.isEmpty { return "{\n  \"diagnostics\": []\n}\n" }
    let objects = sorted.map { "    \($0.json)" }.joined(separator: ",\n")
    return "{\n  \"diagnostics\": [\n\(objects)\n  ]\n}\n"
  }
}

extension Diagnostic {
  /// The diagnostic as a JSON object on one line.
  fileprivate var json: String {
    var members = [
      ("severity", jsonString(severity.rawValue)), ("code", jsonString(code)),
      ("message", jsonString(message)),
    ]
    if let position {
      members += [
        ("file", jsonString(position.file)), ("line", "\(position.line)"),
        ("column", "\(position.column)"), ("length", "\(length)"),
      ]
    }
    if let hint { members.append(("hint", jsonString(hint))) }
    return "{ " + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + " }"
  }
}

/// A text as JSON writes it, in quotes; all that is not ASCII stays as it is.
func jsonString(_ text: String) -> String {
  var json = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": json += "\\\""
    case "\\": json += "\\\\"
    case "\n": json += "\\n"
    case "\r": json += "\\r"
    case "\t": json += "\\t"
    case "\u{0}"..."\u{1F}", "\u{7F}":
      let digits = String(scalar.value, radix: 16)
      json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: json.unicodeScalars.append(scalar)
    }
  }
  return json + "\""
}
