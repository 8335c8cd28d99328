import Diagnostics

/// The text of one file that a person wrote, cut into lines of characters.
package final class SourceText: Sendable {
  /// The path as the person named it.
  package let path: String
  /// The characters of each line, without the line's end.
  let lines: [[Character]]
  /// Whether each character of a line is one code point.
  private let isSimple: [Bool]

  package init(path: String, text: String) {
    self.path = path
    let texts = sourceLines(of: text)
    lines = texts.map(Array.init)
    isSimple = texts.map { $0.unicodeScalars.count == $0.count }
  }

  /// The position of a code point, counted from 0 in lines and in code points as libyaml does.
  ///
  /// A place past the end of its line, or of the file, becomes that end.
  func position(line: Int, codePoint: Int) -> Position {
    let index = min(max(0, line), lines.count - 1)
    if line == index, isSimple[index] {
      return Position(
        file: path, line: line + 1, column: min(codePoint, lines[index].count) + 1)
    }
    var left = line > index ? Int.max : codePoint
    var column = 1
    for character in lines[index] {
      left -= character.unicodeScalars.count
      if left < 0 { break }
      column += 1
    }
    return Position(file: path, line: index + 1, column: column)
  }

  /// The character at a place, if there is one.
  func character(at position: Position) -> Character? {
    guard lines.indices.contains(position.line - 1) else { return nil }
    let line = lines[position.line - 1]
    return line.indices.contains(position.column - 1) ? line[position.column - 1] : nil
  }
}
