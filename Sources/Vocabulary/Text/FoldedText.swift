/// A text as a list of terms: what is compared instead of its letters.
///
/// Letters lose case and accents, `œ` and `æ` become `e`, a Greek letter that stands alone becomes
/// its name, `µ` becomes `u`. Numbers are terms of their own, so that `500mg` and `500 mg` are equal;
/// `B12` is one term. Elisions (`l'`, `d'`), the possessive `'s` and the words that join others
/// (`of`, `des`) are dropped. Endings are cut by `WordEnding`. Used again for the next text, it needs
/// no memory of its own.
package struct FoldedText: Sendable, Equatable {
  /// The bytes of all terms, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each term ends in `bytes`.
  private(set) var ends: [Int] = []
  private var kind = Kind.none

  private enum Kind { case none, word, number }

  /// No terms.
  package init() {}

  /// The terms of a text.
  package init(_ text: String) {
    self.init()
    let bytes = Array(text.utf8)
    fold(bytes.span)
  }

  /// The number of terms.
  package var count: Int { ends.count }

  /// The bytes of a term, borrowed.
  @_lifetime(borrow self)
  func term(_ index: Int) -> Span<UInt8> {
    bytes.span.extracting((index == 0 ? 0 : ends[index - 1])..<ends[index])
  }

  /// Whether a term is a number.
  func isNumber(_ index: Int) -> Bool {
    let first = bytes[index == 0 ? 0 : ends[index - 1]]
    return first >= 0x30 && first <= 0x39
  }

  /// The terms, for tests and messages.
  package var terms: [String] {
    ends.indices.map {
      String(decoding: bytes[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]], as: UTF8.self)
    }
  }

  /// Whether two texts have the same terms in the same order.
  package static func == (left: FoldedText, right: FoldedText) -> Bool {
    left.ends == right.ends && left.bytes == right.bytes
  }

  /// Takes the terms of another text in the place of these.
  ///
  /// - Complexity: O(*n*) in the bytes.
  package mutating func fold(_ text: Span<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    kind = .none
    var position = 0
    let count = text.count
    while position < count {
      let byte = text[position]
      let lower = byte | 0x20
      if lower >= 0x61 && lower <= 0x7A {
        letter(lower)
      } else if byte >= 0x30 && byte <= 0x39 {
        digit(byte)
      } else if byte >= 0x80 {
        position += special(text, position)
        continue
      } else if byte == 0x27 {
        position += apostrophe(text, position + 1)
      } else if (byte == 0x2E || byte == 0x2C) && kind == .number && position + 1 < count
        && text[position + 1] >= 0x30 && text[position + 1] <= 0x39
      {
        bytes.append(0x2E)
      } else {
        close()
        if byte == 0x25 { symbol(byte) }
      }
      position += 1
    }
    close()
  }

  private var start: Int { ends.last ?? 0 }

  @inline(__always)
  private mutating func letter(_ byte: UInt8) {
    if kind != .word {
      if kind == .number { close() }
      kind = .word
    }
    if byte == 0x65, bytes.count > start, bytes.last == 0x61 || bytes.last == 0x6F {
      bytes[bytes.count - 1] = byte
    } else {
      bytes.append(byte)
    }
  }

  @inline(__always)
  private mutating func digit(_ byte: UInt8) {
    if kind == .none { kind = .number }
    bytes.append(byte)
  }

  private mutating func symbol(_ byte: UInt8) {
    bytes.append(byte)
    ends.append(bytes.count)
  }

  /// What stands before an apostrophe is dropped when it is an elision, and an `s` after it.
  ///
  /// - Returns: How many bytes after the apostrophe are done.
  private mutating func apostrophe(_ text: Span<UInt8>, _ next: Int) -> Int {
    let length = bytes.count - start
    let isElision =
      kind == .word && (length == 1 || length == 2 && bytes[start] == 0x71)
    if isElision {
      bytes.removeLast(length)
      kind = .none
      return 0
    }
    close()
    guard next < text.count, text[next] | 0x20 == 0x73 else { return 0 }
    guard next + 1 < text.count else { return 1 }
    let after = text[next + 1]
    let isWord = (after | 0x20 >= 0x61 && after | 0x20 <= 0x7A) || after >= 0x80
    return isWord ? 0 : 1
  }

  /// Folds a character outside ASCII; gives the number of its bytes.
  private mutating func special(_ text: Span<UInt8>, _ position: Int) -> Int {
    let (scalar, length) = Folding.scalar(text, position)
    switch Folding.image(of: scalar) {
    case .letters(let first, let second):
      letter(first)
      if second != 0 { letter(second) }
    case .digit(let byte): digit(byte)
    case .nothing: break
    case .gap: close()
    case .apostrophe: return length + apostrophe(text, position + length)
    case .greek(let name):
      // A letter among others belongs to a word of that language.
      let next = position + length
      let follows =
        next < text.count && Folding.isGreek(Folding.scalar(text, next).value)
      let precedes = bytes.count > start && (bytes.last ?? 0) >= 0x80
      if follows || precedes {
        raw(text, position, length)
      } else {
        close()
        for byte in name.utf8 { letter(byte) }
        close()
      }
    case .other: raw(text, position, length)
    }
    return length
  }

  private mutating func raw(_ text: Span<UInt8>, _ position: Int, _ length: Int) {
    if kind == .number { close() }
    kind = .word
    for index in position..<position + length { bytes.append(text[index]) }
  }

  /// Ends the term under construction.
  private mutating func close() {
    guard kind != .none else { return }
    if kind == .word {
      if JoiningWords.contains(bytes, from: start) {
        bytes.removeLast(bytes.count - start)
        kind = .none
        return
      }
      WordEnding.cut(&bytes, from: start)
    }
    kind = .none
    ends.append(bytes.count)
  }
}
