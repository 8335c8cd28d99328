import Columnar

extension Kernel {
  /// A text without some characters at its ends.
  static func trim(_ characters: CharacterMap, left: Bool, right: Bool) -> Kernel {
    Kernel { frame in
      frame.slices { text, _ in
        var start = 0
        var end = text.count
        while left, start < end {
          let next = Bytes.characterEnd(text, start)
          if characters.place(text, start..<next) < 0 { break }
          start = next
        }
        while right, end > start {
          var last = end - 1
          while last > start, !Bytes.isStart(text[last]) { last -= 1 }
          if characters.place(text, last..<end) < 0 { break }
          end = last
        }
        return start..<end
      }
    }
  }

  /// Characters replaced one by one; those without a counterpart are left out.
  static func translate(_ from: String, _ to: String) -> Kernel {
    let characters = CharacterMap(from)
    let replacements = to.unicodeScalars.map { Array(String($0).utf8) }
    return Kernel { frame in
      let texts = frame.operands[0].column.texts
      let source = texts.bytes
      var writer = TextWriter(count: frame.count, bytes: source.count)
      for row in 0..<frame.count {
        let range = texts.range(row)
        let text = texts.span(row)
        // Characters that stay are copied in runs.
        var kept = 0
        var index = 0
        while index < text.count {
          let next = Bytes.characterEnd(text, index)
          let place = Int(characters.place(text, index..<next))
          if place >= 0 {
            writer.append(source, range.lowerBound + kept..<range.lowerBound + index)
            if place < replacements.count { writer.append(replacements[place]) }
            kept = next
          }
          index = next
        }
        writer.append(source, range.lowerBound + kept..<range.upperBound)
        writer.close()
      }
      return writer.values
    }
  }

  /// Capital letters at the start of words, small ones elsewhere.
  static let capitalize = Kernel { frame in
    let texts = frame.operands[0].column.texts
    let capitals = LetterCase.upper(texts.bytes)
    var bytes = LetterCase.lower(texts.bytes)
    for row in 0..<frame.count {
      let range = texts.range(row)
      let text = texts.span(row)
      var index = 0
      var isInside = false
      while index < text.count {
        let next = Bytes.characterEnd(text, index)
        let isWord = LetterCase.isWord(text, index..<next)
        if isWord, !isInside {
          for offset in index..<next {
            bytes[range.lowerBound + offset] = capitals[range.lowerBound + offset]
          }
        }
        isInside = isWord
        index = next
      }
    }
    return .text(TextArray(bytes: bytes, ends: texts.ends))
  }

  /// Letters without their marks.
  static let unaccent = Kernel { frame in
    let texts = frame.operands[0].column.texts
    let source = texts.bytes
    var writer = TextWriter(count: frame.count, bytes: source.count)
    for row in 0..<frame.count {
      let range = texts.range(row)
      let text = texts.span(row)
      var kept = 0
      var index = 0
      while index < text.count {
        let next = Bytes.characterEnd(text, index)
        if next - index == 2, let plain = LetterMarks.plain(text[index], text[index + 1]) {
          writer.append(source, range.lowerBound + kept..<range.lowerBound + index)
          writer.append(plain)
          kept = next
        }
        index = next
      }
      writer.append(source, range.lowerBound + kept..<range.upperBound)
      writer.close()
    }
    return writer.values
  }

  /// `concat_ws(separator, text, …)`: null only where the separator is.
  static let join = Kernel(strict: false) { frame in
    let texts = frame.operands.map(\.column.texts)
    let strides = frame.operands.map(\.stride)
    var writer = TextWriter(count: frame.count)
    for row in 0..<frame.count {
      if frame.operands[0].isValid(row) {
        var isFirst = true
        for index in 1..<texts.count where frame.operands[index].isValid(row) {
          if !isFirst { writer.append(texts[0].bytes, texts[0].range(row &* strides[0])) }
          writer.append(texts[index].bytes, texts[index].range(row &* strides[index]))
          isFirst = false
        }
      } else {
        frame.setNull(row)
      }
      writer.close()
    }
    return writer.values
  }
}

extension LetterCase {
  /// Whether a character belongs to a word: a letter or a digit of ASCII, or one from U+00C0 on that
  /// is not × or ÷.
  @inline(__always)
  static func isWord(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let byte = text[range.lowerBound]
    if byte < 0x80 {
      return byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
    guard byte == 0xC3, range.count == 2 else { return byte > 0xC3 }
    let second = text[range.lowerBound + 1]
    return second != 0x97 && second != 0xB7
  }
}
