/// What a character of a code may be that it does not look like.
enum OddCharacters {
  /// Spaces other than the ordinary one.
  static func isUnusualSpace(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Characters without any width: soft hyphen, joiners, marks of direction, byte order mark.
  static func isInvisible(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x034F, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF:
      true
    default: false
    }
  }

  /// C0 and C1 controls.
  static func isControl(_ scalar: UnicodeScalar) -> Bool {
    scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
  }

  /// A letter or sign of another script, or of typography, and what it looks like.
  ///
  /// Source: the pairs of Unicode's confusables.txt (UTS 39) that a keyboard or a word processor
  /// makes; µ and μ are left out, since both are written in units.
  static func lookAlike(_ scalar: UnicodeScalar) -> UnicodeScalar? {
    if 0xFF01...0xFF5E ~= scalar.value { return UnicodeScalar(scalar.value - 0xFEE0) }
    return pairs[scalar]
  }

  private static let pairs: [UnicodeScalar: UnicodeScalar] = {
    let groups: [(String, String)] = [
      ("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX"), ("аеорсухіјѕ", "aeopcyxijs"),
      ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"), ("ον", "ov"),
      // Quotation marks are left out: texts that are mapped as values have them.
      ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{2044}", "------/"),
    ]
    var pairs: [UnicodeScalar: UnicodeScalar] = [:]
    for (odd, plain) in groups {
      for (one, other) in zip(odd.unicodeScalars, plain.unicodeScalars) { pairs[one] = other }
    }
    return pairs
  }()

  /// Whether a look-alike stands where the other is meant: beside ASCII letters or digits, without
  /// any other letter of its own script.
  static func isMisplaced(in text: String) -> Bool {
    var hasPlain = false
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        hasPlain = hasPlain || scalar.properties.isAlphabetic || 48...57 ~= scalar.value
      } else if 0x0370...0x052F ~= scalar.value, lookAlike(scalar) == nil, scalar.value != 0x3BC {
        return false
      }
    }
    return hasPlain
  }

  /// How a code point is named in a message: `U+00A0`.
  static func name(_ scalar: UnicodeScalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension String {
  /// The text as it was most likely meant: ordinary spaces, nothing invisible, composed letters, no
  /// blanks at its ends.
  var cleaned: String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars where !OddCharacters.isInvisible(scalar) {
      scalars.append(OddCharacters.isUnusualSpace(scalar) ? " " : scalar)
    }
    var characters = String(scalars).composed[...]
    while let last = characters.last, last == " " || last == "\t" { characters.removeLast() }
    return String(characters.drop { $0 == " " || $0 == "\t" })
  }

  /// The text with every letter and accent that have a character of their own composed (NFC).
  var composed: String {
    guard !utf8.allSatisfy({ $0 < 0x80 }) else { return self }
    var text = ""
    for character in self {
      if character.unicodeScalars.count > 1, let one = String.composedLetters[character] {
        text.unicodeScalars.append(one)
      } else {
        text.append(character)
      }
    }
    return text
  }

  /// Composed letters of the Latin, Greek and Cyrillic scripts.
  ///
  /// Characters are equal when they are canonically equivalent, so that a decomposed one finds its
  /// composed form.
  private static let composedLetters: [Character: UnicodeScalar] = {
    var letters: [Character: UnicodeScalar] = [:]
    for block in [0xC0...0x24F, 0x386...0x4FF, 0x1E00...0x1FFF] as [ClosedRange<UInt32>] {
      for value in block {
        guard let scalar = UnicodeScalar(value), scalar.properties.isAlphabetic else { continue }
        let character = Character(scalar)
        if letters[character] == nil { letters[character] = scalar }
      }
    }
    return letters
  }()

  /// What the text was before UTF-8 was taken for ISO-8859-1 or windows-1252; `nil` when it does not
  /// look like it.
  var beforeMojibake: String? {
    var bytes: [UInt8] = []
    var isSuspect = false
    for scalar in unicodeScalars {
      guard let byte = String.windows1252[scalar] ?? UInt8(exactly: scalar.value) else {
        return nil
      }
      isSuspect = isSuspect || byte >= 0xC2
      bytes.append(byte)
    }
    guard isSuspect else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The characters of windows-1252 that stand where ISO-8859-1 has controls.
  private static let windows1252: [UnicodeScalar: UInt8] = {
    let characters = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ"
    return Dictionary(
      uniqueKeysWithValues: zip(characters.unicodeScalars, UInt8(0x80)...0x9F))
  }()
}
