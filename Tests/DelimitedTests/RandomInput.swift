/// A small generator of random numbers whose sequence depends on its seed alone (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}

extension SeededGenerator {
  /// Bytes out of an alphabet in which the special ones are frequent.
  mutating func dirtyBytes(_ count: Int) -> [UInt8] {
    let alphabet = Array("\"\",,\n\r\nab;é".utf8)
    return (0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &self)] }
  }

  /// A file as a program writes it, with quoted delimiters, line ends and quotes, in which each byte
  /// is lost, doubled or replaced by a quote with the probability given in thousandths.
  mutating func file(records: Int, fields: Int, faults: Int) -> [UInt8] {
    let lineEnd = Bool.random(using: &self) ? "\r\n" : "\n"
    var text = (0..<fields).map { "C\($0)" }.joined(separator: ",") + lineEnd
    for _ in 0..<records {
      text += (0..<fields).map { _ in field() }.joined(separator: ",") + lineEnd
    }
    if Bool.random(using: &self) { text.removeLast() }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      guard Int.random(in: 0..<1000, using: &self) < faults else {
        bytes.append(byte)
        continue
      }
      switch Int.random(in: 0..<4, using: &self) {
      case 0: break
      case 1: bytes.append(contentsOf: [byte, byte])
      case 2: bytes.append(34)
      default: bytes.append(contentsOf: [byte, 34])
      }
    }
    return bytes
  }

  private mutating func field() -> String {
    switch Int.random(in: 0..<12, using: &self) {
    case 0: ""
    case 1: "\"\""
    case 2: "\"a,b\""
    case 3: "\"a\nb\""
    case 4: "\"say \"\"hé\"\"\""
    case 5: "a\rb"
    case 6: "\"\"\"\""
    case 7: "\"x\r\ny\""
    case 8: String(repeating: "long ", count: Int.random(in: 0..<20, using: &self))
    default: String(UInt16.random(in: 0...UInt16.max, using: &self))
    }
  }
}
