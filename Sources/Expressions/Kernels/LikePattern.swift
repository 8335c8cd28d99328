/// A pattern of `like`, cut at its percent signs.
struct LikePattern: Sendable {
  /// The parts between percent signs: bytes, and whether each is the underscore that stands for any
  /// one character.
  private struct Part: Sendable {
    var bytes: [UInt8] = []
    var isAny: [Bool] = []
  }

  private let parts: [Part]

  /// `nil` when an escape stands before anything but `%`, `_` and itself.
  init?(_ pattern: String, escape: Unicode.Scalar?) {
    var parts = [Part()]
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if !isEscaped, scalar == escape {
        isEscaped = true
        continue
      }
      if isEscaped, scalar != "%", scalar != "_", scalar != escape { return nil }
      if !isEscaped, scalar == "%" {
        parts.append(Part())
      } else {
        let bytes = Array(String(scalar).utf8)
        parts[parts.count - 1].bytes += bytes
        parts[parts.count - 1].isAny += bytes.map { _ in !isEscaped && scalar == "_" }
      }
      isEscaped = false
    }
    if isEscaped { return nil }
    self.parts = parts
  }

  /// The end of the part when it stands at a position, or `nil`.
  private func match(_ part: Int, _ text: Span<UInt8>, _ start: Int) -> Int? {
    let bytes = parts[part].bytes
    let isAny = parts[part].isAny
    var position = start
    for index in bytes.indices {
      guard position < text.count else { return nil }
      if isAny[index] {
        guard Bytes.isStart(text[position]) else { return nil }
        position += 1
        while position < text.count, !Bytes.isStart(text[position]) { position += 1 }
      } else {
        guard text[position] == bytes[index] else { return nil }
        position += 1
      }
    }
    return position
  }

  /// Whether a text matches as a whole.
  ///
  /// The first part is anchored at the start and the last at the end; those between are taken at
  /// their first place, which is always good enough.
  ///
  /// - Complexity: O(text × pattern).
  func matches(_ text: Span<UInt8>) -> Bool {
    guard var position = match(0, text, 0) else { return false }
    if parts.count == 1 { return position == text.count }
    for part in 1..<parts.count - 1 {
      var start = position
      var found: Int?
      while found == nil, start <= text.count {
        found = match(part, text, start)
        start += 1
      }
      guard let found else { return false }
      position = found
    }
    let last = parts.count - 1
    var start = position
    while start <= text.count {
      if match(last, text, start) == text.count { return true }
      start += 1
    }
    return false
  }
}

extension Kernel {
  static func like(_ pattern: LikePattern) -> Kernel {
    Kernel { frame in frame.mapTexts { pattern.matches($0) ? 1 : 0 } }
  }
}
