/// Cuts the text of an expression into tokens.
struct Lexer {
  /// Something that no token begins with, or that never ends.
  struct Mistake {
    var code: String
    var message: String
    var hint: String?
    var range: Range<Int>
  }

  /// The number of mistakes after which the rest is not looked at.
  static let maximumMistakes = 20

  private let source: SourceText
  private var offset = 0
  private(set) var mistakes: [Mistake] = []

  init(_ source: SourceText) { self.source = source }

  /// All tokens in order, the last of which is the end.
  mutating func tokens() -> [Token] {
    var tokens: [Token] = []
    while let token = next() { tokens.append(token) }
    let count = source.bytes.count
    tokens.append(Token(kind: .end, range: count..<count, text: ""))
    return tokens
  }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    offset + ahead < source.bytes.count ? source.bytes[offset + ahead] : 0
  }

  private mutating func next() -> Token? {
    while offset < source.bytes.count, mistakes.count < Lexer.maximumMistakes {
      let start = offset
      let first = byte()
      switch first {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        offset += 1
      case UInt8(ascii: "'"):
        return quoted(first, .text, "unclosed-text", "a text that begins here never ends")
      case UInt8(ascii: "\""):
        return quoted(first, .quotedName, "unclosed-name", "a name that begins here never ends")
      case _ where Lexer.isLetter(first):
        while Lexer.isLetter(byte()) || Lexer.isDigit(byte()) || byte() == UInt8(ascii: "$") {
          offset += 1
        }
        return token(.word, start)
      case _ where Lexer.isDigit(first):
        return number(start)
      case UInt8(ascii: ".") where Lexer.isDigit(byte(1)):
        return number(start)
      default:
        if let symbol = symbol(start) { return symbol }
      }
    }
    return nil
  }

  private func token(_ kind: Token.Kind, _ start: Int) -> Token {
    Token(kind: kind, range: start..<offset, text: source.text(start..<offset))
  }

  /// A text or name in quotes, a doubled quote standing for one.
  private mutating func quoted(
    _ quote: UInt8, _ kind: Token.Kind, _ code: String, _ message: String
  ) -> Token {
    let start = offset
    var content: [UInt8] = []
    offset += 1
    while offset < source.bytes.count {
      let current = byte()
      offset += 1
      if current == quote {
        if byte() != quote || offset >= source.bytes.count {
          return Token(
            kind: kind, range: start..<offset, text: String(decoding: content, as: UTF8.self))
        }
        offset += 1
      }
      content.append(current)
    }
    mistakes.append(Mistake(code: code, message: message, range: start..<start + 1))
    return Token(kind: kind, range: start..<offset, text: String(decoding: content, as: UTF8.self))
  }

  /// Digits, with a fraction and an exponent if there are.
  private mutating func number(_ start: Int) -> Token {
    while Lexer.isDigit(byte()) { offset += 1 }
    if byte() == UInt8(ascii: "."), Lexer.isDigit(byte(1)) || offset > start {
      offset += 1
      while Lexer.isDigit(byte()) { offset += 1 }
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let signed = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
      if Lexer.isDigit(byte(signed ? 2 : 1)) {
        offset += signed ? 2 : 1
        while Lexer.isDigit(byte()) { offset += 1 }
      }
    }
    let end = offset
    while Lexer.isLetter(byte()) || Lexer.isDigit(byte()) { offset += 1 }
    if offset > end {
      mistakes.append(
        Mistake(
          code: "bad-number", message: "a number runs into a name",
          hint: "put a space between them, or the whole name in double quotes",
          range: start..<offset))
    }
    return Token(kind: .number, range: start..<offset, text: source.text(start..<end))
  }

  private mutating func symbol(_ start: Int) -> Token? {
    for symbol in ["<>", "!=", "<=", ">=", "||"] where Array(symbol.utf8) == [byte(), byte(1)] {
      offset += 2
      return token(.symbol, start)
    }
    if byte() == UInt8(ascii: "-"), byte(1) == UInt8(ascii: "-") {
      mistakes.append(
        Mistake(
          code: "comment", message: "an expression has no comments",
          hint: "write the comment after # in the YAML, or a space between two minus signs",
          range: start..<start + 2))
      offset += 2
      return nil
    }
    if "+-*/%=<>(),.".utf8.contains(byte()) {
      offset += 1
      return token(.symbol, start)
    }
    repeat { offset += 1 } while byte() & 0xC0 == 0x80
    mistakes.append(
      Mistake(
        code: "unexpected-character",
        message: "the character “\(source.text(start..<offset))” has no meaning here",
        range: start..<offset))
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte >= 0x80
      || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
