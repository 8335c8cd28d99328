import Diagnostics

/// Finds the whole numbers that an expression can give as its value.
///
/// They are the expression itself, what follows `then` and `else`, and the last argument of a
/// `coalesce`; numbers in conditions and arithmetic are left alone.
enum ConceptConstants {
  /// The constants of an expression, with their places.
  static func find(in source: SourceExpression) -> [Located<Int64>] {
    let tokens = tokens(of: source.text)
    var constants: [Located<Int64>] = []
    for index in tokens.indices {
      guard let value = Int64(tokens[index].text) else { continue }
      let before = index > 0 ? tokens[index - 1].text.lowercased() : nil
      let after = index + 1 < tokens.count ? tokens[index + 1].text.lowercased() : nil
      let isWhole = before == nil && after == nil
      let isBranch =
        ["then", "else"].contains(before)
        && (after.map { ["when", "else", "end"].contains($0) } ?? false)
      guard isWhole || isBranch || before == "," && after == ")" && isInCoalesce(index, tokens)
      else { continue }
      constants.append(
        Located(
          value, at: source.scalar.position(at: tokens[index].offset),
          length: tokens[index].text.count))
    }
    return constants
  }

  private struct Token {
    var text: String
    /// In characters.
    var offset: Int
  }

  /// Whether the parenthesis in which a token stands is that of `coalesce`.
  private static func isInCoalesce(_ index: Int, _ tokens: [Token]) -> Bool {
    var depth = 0
    for place in stride(from: index - 1, through: 1, by: -1) {
      switch tokens[place].text {
      case ")": depth += 1
      case "(" where depth == 0: return tokens[place - 1].text.lowercased() == "coalesce"
      case "(": depth -= 1
      default: break
      }
    }
    return false
  }

  /// Words, numbers, quoted texts and single signs.
  private static func tokens(of text: String) -> [Token] {
    let characters = Array(text)
    var tokens: [Token] = []
    var index = 0
    while index < characters.count {
      let start = index
      let first = characters[index]
      index += 1
      if first.isWhitespace { continue }
      if first == "'" || first == "\"" {
        while index < characters.count, characters[index] != first { index += 1 }
        index += 1
      } else if first.isLetter || first.isNumber || first == "_" {
        while index < characters.count,
          characters[index].isLetter || characters[index].isNumber
            || "_.".contains(characters[index])
        {
          index += 1
        }
      }
      let end = min(index, characters.count)
      tokens.append(Token(text: String(characters[start..<end]), offset: start))
    }
    return tokens
  }
}
