extension Diagnostic {
  /// The diagnostic as a person reads it: position, severity, message, the line with a caret, and
  /// the hint.
  ///
  /// `source` gives the lines of a file by its path, or `nil` when it cannot be shown.
  package func rendered(source: (String) -> [String]?) -> String {
    var text = position.map { "\($0): " } ?? ""
    text += "\(severity.rawValue): \(message) [\(code)]\n"
    if let position, let lines = source(position.file), lines.indices.contains(position.line - 1) {
      let line = lines[position.line - 1]
      let number = String(position.line)
      let margin = String(repeating: " ", count: number.count)
      // Tabs before the caret are repeated, so that it stands under its character.
      let indent = line.prefix(position.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      let room = max(1, line.count - position.column + 1)
      text += " \(number) | \(line)\n"
      text += " \(margin) | \(indent)\(String(repeating: "^", count: min(length, room)))\n"
    }
    if let hint { text += "   hint: \(hint)\n" }
    return text
  }
}
