import Diagnostics

/// The text of an expression and where its characters stand in the file.
struct SourceText: Sendable {
  let bytes: [UInt8]
  private let start: Position
  /// The position of each character, where the text is not one run on one line.
  private let characters: [Position]

  init(_ text: String, at start: Position, characters: [Position] = []) {
    bytes = Array(text.utf8)
    self.start = start
    self.characters = characters
  }

  /// The position in the file of a byte of the text.
  func position(_ offset: Int) -> Position {
    let before = characterCount(0..<offset)
    if let last = characters.last {
      return before < characters.count ? characters[before] : last
    }
    var position = start
    position.column += before
    return position
  }

  /// The number of characters in a range of bytes.
  func characterCount(_ range: Range<Int>) -> Int { text(range).count }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self)
  }
}
