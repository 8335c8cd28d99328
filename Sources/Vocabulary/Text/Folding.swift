/// What becomes of characters outside ASCII when texts are compared.
enum Folding {
  enum Image {
    /// One or two letters of ASCII; the second is 0 when there is none.
    case letters(UInt8, UInt8)
    case digit(UInt8)
    /// A Greek letter, by its name.
    case greek(String)
    /// As if it were not there: combining marks, soft hyphens.
    case nothing
    /// As a blank.
    case gap
    case apostrophe
    /// A letter of another script, kept as it is.
    case other
  }

  /// U+0100 to U+017F.
  private static let extended = Array(
    ("aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooo"
      + "eerrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)
  /// U+00C0 to U+00DF, where a dot is no letter; U+00E0 to U+00FF are the same in lower case.
  private static let latin = Array("aaaaaaeceeeeiiiidnooooo.ouuuuyts".utf8)

  private static let greek = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi",
    "chi", "psi", "omega",
  ]

  static func isGreek(_ scalar: UInt32) -> Bool {
    // U+03BC stands for "micro" far more often than for a letter of a word.
    scalar >= 0x370 && scalar <= 0x3FF && scalar != 0x3BC
  }

  static func image(of scalar: UInt32) -> Image {
    switch scalar {
    case 0xB5, 0x3BC: .letters(0x75, 0)
    case 0xB9: .digit(0x31)
    case 0xB2, 0xB3: .digit(UInt8(scalar - 0x80))
    case 0xAD, 0x300...0x36F, 0x200B...0x200D, 0xFEFF: .nothing
    case 0xC0...0xFF: letters(Int(scalar & 0x1F), of: scalar)
    case 0x80...0xBF: .gap
    case 0x100...0x17F: .letters(extended[Int(scalar) - 0x100], 0)
    case 0x2BC, 0x2018, 0x2019: .apostrophe
    case 0x391...0x3A9: .greek(greek[Int(scalar) - 0x391])
    case 0x3B1...0x3C9: .greek(greek[Int(scalar) - 0x3B1])
    case 0x2070, 0x2074...0x2079: .digit(UInt8(0x30 + scalar - 0x2070))
    case 0x2080...0x2089: .digit(UInt8(0x30 + scalar - 0x2080))
    case 0x2000...0x2BFF, 0x3000...0x303F, 0xFE00...0xFE6F, 0xFFFD: .gap
    default: .other
    }
  }

  private static func letters(_ place: Int, of scalar: UInt32) -> Image {
    switch scalar {
    case 0xDF: .letters(0x73, 0x73)
    case 0xFF: .letters(0x79, 0)
    case 0xDE, 0xFE: .letters(0x74, 0x68)
    case 0xD7, 0xF7: .gap
    default: .letters(latin[place], 0)
    }
  }

  /// The character at a position and the number of its bytes; a byte that begins none is U+FFFD.
  static func scalar(_ text: Span<UInt8>, _ position: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(text[position])
    let length =
      switch first {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard length > 1 else { return (length == 1 ? first : 0xFFFD, 1) }
    guard position + length <= text.count else { return (0xFFFD, 1) }
    var value = first & (0x7F >> UInt32(length))
    for index in 1..<length {
      let byte = UInt32(text[position + index])
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | byte & 0x3F
    }
    return (value, length)
  }
}
