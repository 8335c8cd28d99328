import Diagnostics

/// A place in a file that moves forward character by character; the end of a line is one newline.
struct SourceCursor {
  let source: SourceText
  private(set) var line: Int
  private(set) var column: Int

  init(_ source: SourceText, at position: Position) {
    self.source = source
    line = position.line - 1
    column = position.column - 1
  }

  var position: Position { Position(file: source.path, line: line + 1, column: column + 1) }

  /// The character here: a newline at the end of a line, `nil` at the end of the file.
  var current: Character? {
    guard source.lines.indices.contains(line) else { return nil }
    if column < source.lines[line].count { return source.lines[line][column] }
    return line + 1 < source.lines.count ? "\n" : nil
  }

  var isAtWhitespace: Bool { current.map { $0 == " " || $0 == "\t" || $0 == "\n" } ?? false }

  mutating func advance(by count: Int = 1) {
    for _ in 0..<count where source.lines.indices.contains(line) {
      if column < source.lines[line].count {
        column += 1
      } else if line + 1 < source.lines.count {
        line += 1
        column = 0
      }
    }
  }

  mutating func skipWhitespace() {
    while isAtWhitespace { advance() }
  }

  mutating func skipToNextLine() {
    line += 1
    column = 0
  }
}
