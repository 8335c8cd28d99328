import Columnar

extension Kernel {
  /// All operands one after the other.
  static let concatenate = Kernel { frame in
    let texts = frame.operands.map(\.column.texts)
    let strides = frame.operands.map(\.stride)
    var writer = TextWriter(count: frame.count, bytes: texts.reduce(0) { $0 + $1.bytes.count })
    let bytes = texts.map(\.bytes)
    for row in 0..<frame.count {
      for index in texts.indices {
        writer.append(bytes[index], texts[index].range(row &* strides[index]))
      }
      writer.close()
    }
    return writer.values
  }

  /// As `concatenate`, where operands without a value are left out.
  static let concatenatePresent = Kernel(strict: false) { frame in
    let texts = frame.operands.map(\.column.texts)
    var writer = TextWriter(count: frame.count)
    for row in 0..<frame.count {
      for index in texts.indices where frame.operands[index].isValid(row) {
        writer.append(
          texts[index].bytes, texts[index].range(row &* frame.operands[index].stride))
      }
      writer.close()
    }
    return writer.values
  }

  /// Letters in capitals, or in small letters.
  static func changeCase(upper: Bool) -> Kernel {
    Kernel { frame in
      let texts = frame.operands[0].column.texts
      return .text(
        TextArray(
          bytes: upper ? LetterCase.upper(texts.bytes) : LetterCase.lower(texts.bytes),
          ends: texts.ends))
    }
  }

  static func trim(left: Bool, right: Bool) -> Kernel {
    Kernel { frame in
      frame.slices { text, _ in Bytes.trimmed(text, left: left, right: right) }
    }
  }

  static let length = Kernel { frame in frame.mapTexts { Int64(Bytes.characters($0)) } }

  /// `substring(text, from[, length])`: the characters whose number, from 1, lies in
  /// `from ..< from + length`.
  static let substring = Kernel { frame in
    let starts = frame.lanes(1)
    let startStride = frame.operands[1].stride
    let isBounded = frame.operands.count > 2
    let lengths = isBounded ? frame.lanes(2) : [0]
    let lengthStride = isBounded ? frame.operands[2].stride : 0
    return frame.slices { text, row in
      let from = starts[row &* startStride]
      let (end, overflow) = from.addingReportingOverflow(max(0, lengths[row &* lengthStride]))
      let first = Bytes.offset(text, ofCharacter: Int(max(from, 1) - 1))
      let last =
        overflow || !isBounded ? text.count : Bytes.offset(text, ofCharacter: Int(max(end, 1) - 1))
      return first..<max(first, last)
    }
  }

  /// The first characters, or the last.
  static func side(left: Bool) -> Kernel {
    Kernel { frame in
      let counts = frame.lanes(1)
      let stride = frame.operands[1].stride
      return frame.slices { text, row in
        let wanted = Int(max(0, counts[row &* stride]))
        if left { return 0..<Bytes.offset(text, ofCharacter: wanted) }
        let total = Bytes.characters(text)
        return Bytes.offset(text, ofCharacter: total - min(wanted, total))..<text.count
      }
    }
  }

  /// `strpos(text, part)`: the number of the character where the part begins, 0 when nowhere.
  static let position = Kernel { frame in
    frame.twoTexts { text, part in
      guard let found = Bytes.find(part, in: text) else { return 0 }
      return Int64(Bytes.characters(text.extracting(0..<found))) + 1
    }
  }

  static let startsWith = Kernel { frame in
    frame.twoTexts { Bytes.starts($0, with: $1) ? 1 : 0 }
  }

  static let endsWith = Kernel { frame in
    frame.twoTexts { Bytes.ends($0, with: $1) ? 1 : 0 }
  }

  static let contains = Kernel { frame in
    frame.twoTexts { Bytes.find($1, in: $0) == nil ? 0 : 1 }
  }

  /// `replace(text, from, to)`: an empty `from` replaces nothing.
  static let replace = Kernel { frame in
    let texts = frame.operands[0].column.texts
    let parts = frame.operands[1].column.texts
    let replacements = frame.operands[2].column.texts
    let strides = frame.operands.map(\.stride)
    let source = texts.bytes
    let replacement = replacements.bytes
    var writer = TextWriter(count: frame.count, bytes: source.count)
    for row in 0..<frame.count {
      let range = texts.range(row &* strides[0])
      let text = texts.span(row &* strides[0])
      let part = parts.span(row &* strides[1])
      let to = replacements.range(row &* strides[2])
      var start = 0
      while !part.isEmpty, let found = Bytes.find(part, in: text, from: start) {
        writer.append(source, range.lowerBound + start..<range.lowerBound + found)
        writer.append(replacement, to)
        start = found + part.count
      }
      writer.append(source, range.lowerBound + start..<range.upperBound)
      writer.close()
    }
    return writer.values
  }

  /// The greatest length to which a text can be padded.
  static let maximumPadding: Int64 = 1000

  /// `lpad(text, length[, fill])` or `rpad`: filled up, or cut, to the length.
  static func pad(left: Bool) -> Kernel {
    Kernel(canFail: true) { frame in
      let texts = frame.operands[0].column.texts
      let lengths = frame.lanes(1)
      let fills = frame.operands.count > 2 ? frame.operands[2].column.texts : TextArray([" "])
      let fillStride = frame.operands.count > 2 ? frame.operands[2].stride : 0
      let bytes = texts.bytes
      var writer = TextWriter(count: frame.count, bytes: bytes.count)
      for row in 0..<frame.count {
        let length = lengths[row &* frame.operands[1].stride]
        if length > maximumPadding {
          frame.fail(row, .overflow)
          writer.close()
          continue
        }
        let place = row &* frame.operands[0].stride
        let text = texts.span(place)
        let wanted = Int(max(0, length))
        let kept = Bytes.offset(text, ofCharacter: wanted)
        let range = texts.range(place)
        if !left { writer.append(bytes, range.lowerBound..<range.lowerBound + kept) }
        let fill = fills.span(row &* fillStride)
        let fillRange = fills.range(row &* fillStride)
        let fillCount = Bytes.characters(fill)
        var missing = fillCount == 0 ? 0 : wanted - min(wanted, Bytes.characters(text))
        while missing > 0 {
          let taken = min(missing, fillCount)
          let end = fillRange.lowerBound + Bytes.offset(fill, ofCharacter: taken)
          writer.append(fills.bytes, fillRange.lowerBound..<end)
          missing -= taken
        }
        if left { writer.append(bytes, range.lowerBound..<range.lowerBound + kept) }
        writer.close()
      }
      return writer.values
    }
  }

  /// `split_part(text, separator, number)`: the field of a number from 1, empty when there is none.
  static let splitPart = Kernel { frame in
    let separators = frame.operands[1].column.texts
    let separatorStride = frame.operands[1].stride
    let numbers = frame.lanes(2)
    let numberStride = frame.operands[2].stride
    return frame.slices { text, row in
      let separator = separators.span(row &* separatorStride)
      var number = numbers[row &* numberStride]
      if number < 1 { return 0..<0 }
      var start = 0
      while true {
        let found = separator.isEmpty ? nil : Bytes.find(separator, in: text, from: start)
        if number == 1 { return start..<(found ?? text.count) }
        guard let found else { return 0..<0 }
        start = found + separator.count
        number -= 1
      }
    }
  }
}

extension KernelFrame {
  /// One lane for each row from the bytes of two texts.
  @inline(__always)
  fileprivate func twoTexts(_ body: (Span<UInt8>, Span<UInt8>) -> Int64) -> Column.Values {
    let first = operands[0].column.texts
    let second = operands[1].column.texts
    let firstStride = operands[0].stride
    let secondStride = operands[1].stride
    return .lanes(
      [Int64](capacity: count) { out in
        for row in 0..<count {
          out.append(body(first.span(row &* firstStride), second.span(row &* secondStride)))
        }
      })
  }
}
