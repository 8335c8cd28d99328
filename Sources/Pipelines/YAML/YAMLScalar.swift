package import Diagnostics

/// A text in a YAML file, which knows where in the file each of its characters stands.
package struct YAMLScalar: Sendable {
  /// How the text is written.
  package enum Style: Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    /// After `|`: line ends are kept.
    case literal
    /// After `>`: line ends become spaces.
    case folded
  }

  /// The text as YAML understands it: without quotes, with escapes resolved and lines folded.
  package let text: String
  package let style: Style
  /// Where the scalar begins; of a quoted one, its opening quote.
  package let position: Position
  let source: SourceText

  /// Whether YAML reads the scalar as null: nothing, `~` or `null` without quotes.
  package var isNull: Bool { style == .plain && ["", "~", "null", "Null", "NULL"].contains(text) }

  /// The number of characters of the scalar on its first line, quotes included.
  package var length: Int {
    if style == .literal || style == .folded { return 1 }
    let end = places.end
    if end.line > position.line { return max(1, lineLength - position.column + 1) }
    return max(1, end.column - position.column + (style == .plain ? 0 : 1))
  }

  /// The place in the file of the character at an offset of `text`, in characters from 0; past the
  /// end, the place of the end.
  package func position(at offset: Int) -> Position {
    let places = places
    return places.characters.indices.contains(offset) ? places.characters[offset] : places.end
  }

  /// The places of all characters of `text`, and of its end.
  package var positions: [Position] {
    let places = places
    return places.characters + [places.end]
  }

  private var lineLength: Int { source.lines[position.line - 1].count }

  /// The place of every character, found by reading the file along with the text.
  ///
  /// YAML changes only white space, quotes and escapes between the file and the text, so that
  /// the other characters follow one another in both. White space is placed as well as feasible.
  private var places: (characters: [Position], end: Position) {
    var cursor = SourceCursor(source, at: position)
    var places: [Position] = []
    places.reserveCapacity(text.count)
    switch style {
    case .plain: break
    case .singleQuoted, .doubleQuoted: cursor.advance()
    case .literal, .folded: cursor.skipToNextLine()
    }
    for character in text {
      if style == .doubleQuoted { Self.skipContinuations(&cursor) }
      if style == .doubleQuoted, cursor.current == "\\" {
        places.append(cursor.position)
        cursor.advance()
        switch cursor.current {
        case "x": cursor.advance(by: 3)
        case "u": cursor.advance(by: 5)
        case "U": cursor.advance(by: 9)
        default: cursor.advance()
        }
      } else if character.isWhitespace {
        places.append(cursor.position)
        if cursor.isAtWhitespace { cursor.advance() }
      } else {
        cursor.skipWhitespace()
        places.append(cursor.position)
        cursor.advance(by: style == .singleQuoted && character == "'" ? 2 : 1)
      }
    }
    return (places, cursor.position)
  }

  /// Passes the backslashes that join the lines of a double-quoted scalar.
  private static func skipContinuations(_ cursor: inout SourceCursor) {
    while cursor.current == "\\" {
      var next = cursor
      next.advance()
      guard next.current == "\n" else { return }
      next.skipWhitespace()
      cursor = next
    }
  }
}
