extension Diagnostic {
  /// The diagnostic as a person reads it: position, severity, message, the line with a caret, and
  /// the hint.
  ///
  /// `source` gives the lines of a file by its path, or `nil` when it cannot be shown.
  package func rendered(source: (String) -> [String]?) -> String {
    var text = position.map { "\($0): " } ?? ""
    text += "\(severity.rawValue): \(Diagnostic.printable(message)) [\(code)]\n"
    if var position, let lines = source(position.file), lines.indices.contains(position.line - 1) {
      let line = Diagnostic.excerpt(lines[position.line - 1], around: &position.column)
      let number = String(position.line)
      let margin = String(repeating: " ", count: number.count)
      // Tabs before the caret are repeated, so that it stands under its character.
      let indent = line.prefix(position.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      let room = max(1, line.count - position.column + 1)
      text += " \(number) | \(line)\n"
      text += " \(margin) | \(indent)\(String(repeating: "^", count: min(length, room)))\n"
    }
    if let hint { text += "   hint: \(Diagnostic.printable(hint))\n" }
    return text
  }

  /// A text that does nothing to a terminal and does not fill it, whatever file it comes from.
  private static func printable(_ text: String) -> String {
    let most = 1_000
    let rest = text.dropFirst(most)
    return visible(text.prefix(most)) + (rest.isEmpty ? "" : "…")
  }

  /// The part of a line that is shown, with its control characters replaced; the column is that of
  /// the same character in it.
  private static func excerpt(_ line: String, around column: inout Int) -> String {
    let most = 240
    guard line.utf8.count > most, line.count > most else { return visible(line[...]) }
    let start = max(0, min(column - 1 - most / 2, line.count - most))
    let part = line.dropFirst(start).prefix(most)
    if start > 0 { column += 1 - start }
    return (start > 0 ? "…" : "") + visible(part) + (part.endIndex < line.endIndex ? "…" : "")
  }

  private static func visible(_ text: Substring) -> String {
    func isControl(_ character: Character) -> Bool {
      character != "\t"
        && character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    guard text.contains(where: isControl) else { return String(text) }
    return String(text.map { isControl($0) ? "\u{FFFD}" : $0 })
  }
}
